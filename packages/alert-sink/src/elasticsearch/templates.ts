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

/** What is not given is left out. */
export type SomeTemplateOptions = Partial<TemplateOptions>

const COMPONENTS = ['sekisho-ecs', 'sekisho-fields', 'sekisho-settings']

/** Fields whose members belong together, each in its own element of a list; and all below them. */
const NESTED_FIELDS = fieldsWhere((path) => nestedRootOf(path) !== undefined)

/** Bodies of component templates, by name, in the form in which the server gives them back. */
export function componentTemplates({ replicas }: SomeTemplateOptions) {
  const plainFields = fieldsWhere((path) => nestedRootOf(path) === undefined)
  return {
    'sekisho-ecs': { template: { mappings: mappingsOf(ECS_FIELDS) } },
    'sekisho-fields': { template: { mappings: mappingsOf(plainFields) } },
    'sekisho-settings': {
      template: {
        settings: {
          index: {
            number_of_shards: 1,
            ...(replicas === undefined ? {} : { number_of_replicas: replicas }),
            codec: 'best_compression',
          },
        },
      },
    },
  }
}

/**
 * Bodies of index templates, by name: of the last words, and of the stream of material words. Lists of terms and of evidence are
 * nested in the first only: Kibana's rules and tables, which read the stream, show no nested fields.
 */
export function indexTemplates({ retention }: SomeTemplateOptions) {
  const common = { composed_of: COMPONENTS, priority: PRIORITY }
  const plain = Object.entries(NESTED_FIELDS).filter(([, type]) => type !== 'nested')
  return {
    [INDEX_PREFIX]: {
      ...common,
      index_patterns: [`${INDEX_PREFIX}-*`],
      template: { mappings: mappingsOf(NESTED_FIELDS) },
    },
    'logs-sekisho.alert': {
      ...common,
      index_patterns: [streamOf('*')],
      data_stream: {},
      template: {
        mappings: mappingsOf(Object.fromEntries(plain)),
        ...(retention === undefined ? {} : { lifecycle: { data_retention: retention } }),
      },
    },
  }
}

function fieldsWhere(holds: (path: string) => boolean): Record<string, FieldType> {
  return Object.fromEntries(Object.entries(OWN_FIELDS).filter(([path]) => holds(path)))
}

/** The nested field that a field is or stands below. */
function nestedRootOf(path: string): string | undefined {
  const names = path.split('.')
  const ancestors = names.map((_, i) => names.slice(0, i + 1).join('.'))
  return ancestors.find((each) => OWN_FIELDS[each] === 'nested')
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
