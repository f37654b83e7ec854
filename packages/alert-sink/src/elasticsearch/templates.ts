import { ECS_FIELDS, type FieldType, OWN_FIELDS } from './fields.ts'
import { INDEX_PREFIX, streamOf } from './targets.ts'

/** Above those that come with Elasticsearch and its integrations (100 to 250). */
const PRIORITY = 300

/** A keyword that is longer is stored and not indexed. */
const KEYWORD_LENGTH_MAX = 1024

interface Mapping {
  type?: string
  ignore_above?: number
  ignore_malformed?: boolean
  dynamic?: boolean
  properties?: Record<string, Mapping>
}

export interface TemplateOptions {
  readonly replicas: number
  /** Of the data stream, as Elasticsearch says it: `400d`. */
  readonly retention: string
}

/** Bodies of component templates, by name. */
export function componentTemplates({ replicas }: TemplateOptions) {
  return {
    'sekisho-ecs': { template: { mappings: mappingsOf(ECS_FIELDS) } },
    'sekisho-fields': { template: { mappings: mappingsOf(OWN_FIELDS) } },
    'sekisho-settings': {
      template: {
        settings: {
          number_of_shards: 1,
          number_of_replicas: replicas,
          codec: 'best_compression',
        },
      },
    },
  }
}

/** Bodies of index templates, by name: of the last words, and of the stream of material words. */
export function indexTemplates({ retention }: TemplateOptions) {
  const composed_of = ['sekisho-ecs', 'sekisho-fields', 'sekisho-settings']
  return {
    [INDEX_PREFIX]: { index_patterns: [`${INDEX_PREFIX}-*`], composed_of, priority: PRIORITY },
    'logs-sekisho.alert': {
      index_patterns: [streamOf('*')],
      composed_of,
      priority: PRIORITY,
      data_stream: {},
      template: { lifecycle: { data_retention: retention } },
    },
  }
}

/** Mappings of fields by path. What nobody named is stored and not indexed, so that no document can add fields. */
export function mappingsOf(fields: Readonly<Record<string, FieldType>>): Mapping {
  const root: Mapping = { dynamic: false, properties: {} }
  for (const [path, type] of Object.entries(fields)) {
    let at = root
    for (const name of path.split('.')) {
      at.properties ??= {}
      at.properties[name] ??= {}
      at = at.properties[name]
    }
    Object.assign(at, mappingOf(type))
  }
  return root
}

function mappingOf(type: FieldType): Mapping {
  if (type === 'keyword') return { type, ignore_above: KEYWORD_LENGTH_MAX }
  // An address that a gateway wrote wrong must not cost the alert.
  if (type === 'ip') return { type, ignore_malformed: true }
  return { type }
}
