export { clientOf, type ElasticsearchAccess } from './client.ts'
export {
  ElasticsearchDestination,
  type ElasticsearchSettings,
} from './elasticsearch-destination.ts'
export { ECS_FIELDS, type FieldType, OWN_FIELDS } from './fields.ts'
export {
  createRunningKey,
  runningPrivileges,
  type SetupOptions,
  setUpElasticsearch,
} from './setup.ts'
export { INDEX_PREFIX, indexOf, streamOf } from './targets.ts'
