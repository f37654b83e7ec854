import { fieldsOfKql } from './kql.ts'
import { lensReading } from './lens-reading.ts'
import { bucketsOf, type Reading, usesIn } from './reading.ts'
import type { ReadLayer, ReadObject, ReadReference } from './schemas.ts'

/** Every reading of a file of saved objects whose form is right. */
export function readingsOf(objects: readonly ReadObject[]): Reading[] {
  const titles = new Map(
    objects.flatMap((each) =>
      each.type === 'index-pattern' ? [[each.id, each.attributes.title] as const] : [],
    ),
  )
  function indexOf(references: readonly ReadReference[], name: string): string {
    const id = references.find((each) => each.name === name)?.id
    return titles.get(id ?? '') ?? `no data view for ${name}`
  }
  return objects.flatMap((object) => {
    if (object.type === 'search') return [searchReading(object, indexOf)]
    if (object.type === 'map') return mapReadings(object, indexOf)
    if (object.type === 'dashboard') return dashboardReadings(object, indexOf)
    return object.type === 'index-pattern' ? [dataViewReading(object)] : []
  })
}

type IndexOf = (references: readonly ReadReference[], name: string) => string
type ReadOf<Type extends ReadObject['type']> = Extract<ReadObject, { type: Type }>

const NO_AGGREGATIONS = { aggregations: {}, gapsOf: () => [] }

function dataViewReading({ id, attributes }: ReadOf<'index-pattern'>): Reading {
  const { timeFieldName, fieldFormatMap } = attributes
  const formatted = usesIn(Object.keys(fieldFormatMap), 'number')
  const uses = [...usesIn([timeFieldName], 'date'), ...formatted]
  return { where: `data view ${id}`, index: attributes.title, query: '', uses, ...NO_AGGREGATIONS }
}

function searchReading(search: ReadOf<'search'>, indexOf: IndexOf): Reading {
  const { columns, sort, kibanaSavedObjectMeta } = search.attributes
  const { query, indexRefName } = kibanaSavedObjectMeta.searchSourceJSON
  return {
    where: `search ${search.id}`,
    index: indexOf(search.references, indexRefName),
    query: query.query,
    uses: [
      ...usesIn(fieldsOfKql(query.query), 'asked'),
      ...usesIn(columns, 'shown'),
      ...usesIn(
        sort.map(([field]) => field),
        'values',
      ),
    ],
    ...NO_AGGREGATIONS,
  }
}

function mapReadings(map: ReadOf<'map'>, indexOf: IndexOf): Reading[] {
  return map.attributes.layerListJSON.flatMap((layer) => {
    const { sourceDescriptor } = layer
    if (sourceDescriptor.type === 'EMS_TMS') return []
    const index = indexOf(map.references, sourceDescriptor.indexPatternRefName)
    const query = layer.query?.query ?? ''
    const asked = usesIn(fieldsOfKql(query), 'asked')
    const common = { where: `layer ${layer.id}`, index, query }
    const { uses, aggregations, gapsOf } = drawn(sourceDescriptor)
    return [{ ...common, uses: [...asked, ...uses], aggregations, gapsOf }]
  })
}

type Drawn = Pick<Reading, 'aggregations' | 'gapsOf' | 'uses'>

/** Points need places; lines need documents with both ends, which Kibana groups by tiles of both. */
function drawn(source: Exclude<ReadLayer['sourceDescriptor'], { type: 'EMS_TMS' }>): Drawn {
  if (source.type === 'ES_SEARCH') {
    const { geoField, sortField, tooltipProperties } = source
    return {
      uses: [
        ...usesIn([geoField], 'point'),
        ...usesIn([sortField], 'values'),
        ...usesIn(tooltipProperties, 'shown'),
      ],
      aggregations: { tiles: tilesOf(geoField) },
      gapsOf: ({ tiles }) => (bucketsOf(tiles).length > 0 ? [] : ['no points']),
    }
  }
  const { sourceGeoField, destGeoField } = source
  return {
    uses: usesIn([sourceGeoField, destGeoField], 'line'),
    aggregations: { tiles: { ...tilesOf(destGeoField), aggs: { from: tilesOf(sourceGeoField) } } },
    gapsOf: ({ tiles }) =>
      bucketsOf(tiles).some(({ from }) => bucketsOf(from).length > 0) ? [] : ['no lines'],
  }
}

function tilesOf(field: string) {
  return { geotile_grid: { field, precision: 5 } }
}

function dashboardReadings(dashboard: ReadOf<'dashboard'>, indexOf: IndexOf): Reading[] {
  const { attributes, references } = dashboard
  const panels = attributes.panelsJSON.flatMap(({ panelIndex, embeddableConfig }) => {
    const lens = embeddableConfig.attributes
    if (lens === undefined) return []
    const [layer] = Object.keys(lens.state.datasourceStates.formBased.layers)
    const name = `${panelIndex}:indexpattern-datasource-layer-${layer}`
    return [lensReading(`panel ${panelIndex}`, indexOf(references, name), lens)]
  })
  const controls = Object.entries(attributes.controlGroupInput.panelsJSON).map(
    ([id, { explicitInput }]): Reading => ({
      where: `control ${id}`,
      index: indexOf(references, `controlGroup_${id}:optionsListDataView`),
      query: '',
      uses: usesIn([explicitInput.fieldName], 'values'),
      aggregations: { options: { terms: { field: explicitInput.fieldName } } },
      gapsOf: ({ options }) => (bucketsOf(options).length > 0 ? [] : ['no options']),
    }),
  )
  return [...panels, ...controls]
}
