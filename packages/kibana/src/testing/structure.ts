import { entriesOf, valuesOf } from './lines.ts'
import { type ReadLens, type ReadObject, type ReadPanel, savedObject } from './schemas.ts'

/** Columns of a dashboard's grid. */
const GRID_COLUMNS = 48

/** What is wrong with the form of a file of saved objects, one sentence each; and the objects when nothing is. */
export function readObjects(text: string): { objects: ReadObject[]; problems: string[] } {
  const entries = entriesOf(text)
  const read = entries.map((entry) => savedObject.safeParse(entry))
  const problems = read.flatMap(({ error }, i) =>
    (error?.issues ?? []).map(
      ({ path, message }) => `${String(entries[i]?.id)} ${path.join('.')}: ${message}`,
    ),
  )
  const objects = read.flatMap(({ data }) => (data === undefined ? [] : [data]))
  problems.push(...detailsProblems(text), ...repeated('object', objects.map(keyOf)))
  const keys = new Set(objects.map(keyOf))
  for (const object of objects) problems.push(...objectProblems(object, keys))
  return { objects, problems }
}

function keyOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type} ${id}`
}

function detailsProblems(text: string): string[] {
  const expected = {
    excludedObjects: [],
    excludedObjectsCount: 0,
    exportedCount: entriesOf(text).length,
    missingRefCount: 0,
    missingReferences: [],
  }
  const details = JSON.stringify(valuesOf(text).at(-1))
  return details === JSON.stringify(expected)
    ? []
    : [`details are not those of the file: ${details}`]
}

function repeated(what: string, names: readonly string[]): string[] {
  const twice = names.filter((name, i) => names.indexOf(name) !== i)
  return [...new Set(twice)].map((name) => `${what} ${name} is there twice`)
}

function objectProblems(object: ReadObject, keys: ReadonlySet<string>): string[] {
  const { id, references } = object
  const missing = references.filter((reference) => !keys.has(keyOf(reference)))
  const names = references.map(({ name }) => name)
  return [
    ...missing.map((reference) => `${id} refers to ${keyOf(reference)}, which is not in the file`),
    ...repeated(`reference of ${id}`, names),
    ...differences(`${id}: references`, names, namesUsedBy(object)),
    ...(object.type === 'dashboard' ? panelProblems(object.attributes.panelsJSON) : []),
    ...(object.type === 'map'
      ? repeated(
          'layer',
          object.attributes.layerListJSON.map((layer) => layer.id),
        )
      : []),
  ]
}

/** Names of references that the object's own JSON needs. */
function namesUsedBy(object: ReadObject): string[] {
  if (object.type === 'search') {
    return [object.attributes.kibanaSavedObjectMeta.searchSourceJSON.indexRefName]
  }
  if (object.type === 'map') {
    return object.attributes.layerListJSON.flatMap(({ sourceDescriptor }) =>
      sourceDescriptor.type === 'EMS_TMS' ? [] : [String(sourceDescriptor.indexPatternRefName)],
    )
  }
  if (object.type !== 'dashboard') return []
  const { panelsJSON, controlGroupInput } = object.attributes
  const controls = Object.keys(controlGroupInput.panelsJSON)
  return [
    ...panelsJSON.flatMap(namesUsedByPanel),
    ...controls.map((each) => `controlGroup_${each}:optionsListDataView`),
  ]
}

function namesUsedByPanel({ panelIndex, panelRefName, embeddableConfig }: ReadPanel): string[] {
  const names = panelRefName === undefined ? [] : [panelRefName]
  const layers = embeddableConfig.attributes?.state.datasourceStates.formBased.layers ?? {}
  names.push(...Object.keys(layers).map((layer) => `indexpattern-datasource-layer-${layer}`))
  return names.map((name) => `${panelIndex}:${name}`)
}

function differences(what: string, there: readonly string[], used: readonly string[]): string[] {
  return [
    ...used.filter((name) => !there.includes(name)).map((name) => `${what} lack ${name}`),
    ...there.filter((name) => !used.includes(name)).map((name) => `${what}: ${name} is not used`),
  ]
}

function panelProblems(panels: readonly ReadPanel[]): string[] {
  const outside = panels.filter(({ gridData: { x, w } }) => x + w > GRID_COLUMNS)
  const renamed = panels.filter(({ gridData, panelIndex }) => gridData.i !== panelIndex)
  const overlapping = panels.flatMap((one, i) =>
    panels.slice(i + 1).filter((other) => doOverlap(one.gridData, other.gridData)),
  )
  return [
    ...repeated(
      'panel',
      panels.map(({ panelIndex }) => panelIndex),
    ),
    ...outside.map(({ panelIndex }) => `panel ${panelIndex} stands over the edge`),
    ...renamed.map(({ panelIndex }) => `panel ${panelIndex} has another name on the grid`),
    ...overlapping.map(({ panelIndex }) => `panel ${panelIndex} overlaps another`),
    ...panels.flatMap(({ panelIndex, panelRefName, embeddableConfig: { attributes } }) => {
      if (attributes !== undefined) return lensProblems(panelIndex, attributes)
      return panelRefName === undefined ? [`panel ${panelIndex} shows nothing`] : []
    }),
  ]
}

function doOverlap(one: ReadPanel['gridData'], other: ReadPanel['gridData']): boolean {
  const isBeside = one.x + one.w <= other.x || other.x + other.w <= one.x
  const isAbove = one.y + one.h <= other.y || other.y + other.h <= one.y
  return !isBeside && !isAbove
}

/** Every column is ordered, shown, and ordered by one that is there; each layer has its data view. */
function lensProblems(panel: string, { references, state }: ReadLens): string[] {
  const { layers } = state.datasourceStates.formBased
  const problems = differences(
    `panel ${panel}: references`,
    references.map(({ name }) => name),
    Object.keys(layers).map((layer) => `indexpattern-datasource-layer-${layer}`),
  )
  for (const { columns, columnOrder } of Object.values(layers)) {
    const names = Object.keys(columns)
    const orders = Object.values(columns).flatMap(({ params }) => params.orderBy?.columnId ?? [])
    const unknown = orders.filter((order) => columns[order]?.isBucketed !== false)
    problems.push(
      ...differences(`panel ${panel}: columns in order`, columnOrder, names),
      ...differences(`panel ${panel}: columns shown`, shownColumns(state.visualization), names),
      ...unknown.map((order) => `panel ${panel} is ordered by ${order}, which is no value`),
    )
  }
  return problems
}

/** Texts at those keys of a visualization that name columns. */
function shownColumns(value: unknown, key = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => shownColumns(each, key))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, member]) => shownColumns(member, name))
  }
  const keys = ['accessors', 'columnId', 'metricAccessor', 'splitAccessor', 'xAccessor']
  return keys.includes(key) ? [String(value)] : []
}
