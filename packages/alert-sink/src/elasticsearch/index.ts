export { clientOf, type ElasticsearchAccess } from './client.ts'
export {
  ElasticsearchDestination,
  type ElasticsearchSettings,
} from './elasticsearch-destination.ts'
export { ECS_FIELDS, type FieldType, OWN_FIELDS } from './fields.ts'
export {
  type Installed,
  type InstalledOptions,
  type InstalledState,
  isSetUp,
} from './installed.ts'
export { deleteBefore, monthsBefore } from './months.ts'
export { fingerprintOf } from './pinned-authority.ts'
export {
  checkPrivileges,
  createRunningKey,
  invalidateOlderKeys,
  type PrivilegeReport,
  runningPrivileges,
} from './privileges.ts'
export { type SetupOptions, setUpElasticsearch } from './setup.ts'
export { INDEX_PREFIX, indexOf, indexPartOf, streamOf } from './targets.ts'
