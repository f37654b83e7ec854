/** Another object that an object needs. */
export interface Reference {
  readonly type: string
  readonly id: string
  /** By which the object's own JSON names it. */
  readonly name: string
}

type SavedObjectType = keyof typeof MODEL_VERSIONS

/**
 * The oldest forms that have what is used here, so that every Kibana 9 can bring them up to its own; a newer form than its own it
 * refuses. Up to 10.0.0 versions name the release that last changed a type by the old way of migrations; above, `10.MODEL.0` names a
 * model of the type. A line without them would be run through every migration since Kibana 5.
 */
export const MODEL_VERSIONS = {
  'index-pattern': '8.0.0',
  search: '8.0.0',
  map: '8.4.0',
  // The second model brings a setting of controls, the third sections: neither is used.
  dashboard: '10.1.0',
} as const

/** The release whose way of keeping references and namespaces the objects follow: the last that changed it. */
export const CORE_MIGRATION_VERSION = '8.8.0'

export interface SavedObject {
  readonly type: SavedObjectType
  readonly id: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly references: readonly Reference[]
}

/** Objects as a file that Kibana imports: a line each, and one of details as Kibana writes it when it exports. */
export function savedObjectsFile(objects: readonly SavedObject[]): string {
  const details = {
    excludedObjects: [],
    excludedObjectsCount: 0,
    exportedCount: objects.length,
    missingRefCount: 0,
    missingReferences: [],
  }
  return linesOf([...objects.map(lineOf), details])
}

function lineOf({ type, id, attributes, references }: SavedObject): unknown {
  return {
    attributes,
    coreMigrationVersion: CORE_MIGRATION_VERSION,
    id,
    managed: false,
    references,
    type,
    typeMigrationVersion: MODEL_VERSIONS[type],
  }
}

/** NDJSON. */
export function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}

/** A query as Kibana keeps it. */
export function kql(query: string) {
  return { query, language: 'kuery' }
}
