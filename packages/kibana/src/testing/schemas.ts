import { z } from 'zod'

/** A text that holds JSON as `JSON.stringify` writes it. */
function jsonOf<Inner extends z.ZodType>(inner: Inner) {
  return z
    .string()
    .transform((text, context) => {
      try {
        const value: unknown = JSON.parse(text)
        if (JSON.stringify(value) === text) return value
        context.addIssue('does not come back the same from JSON')
      } catch {
        context.addIssue('is no JSON')
      }
      return z.NEVER
    })
    .pipe(inner)
}

const text = z.string().min(1)
const anything = z.record(z.string(), z.unknown())
const query = z.strictObject({ query: z.string(), language: z.enum(['kuery', 'lucene']) })
const reference = z.strictObject({ type: text, id: text, name: text })
const references = z.array(reference)

const numberFormat = z.strictObject({
  id: z.literal('number'),
  params: z.strictObject({ pattern: text }),
})

const dataView = z.strictObject({
  title: text,
  name: text,
  timeFieldName: text,
  fields: jsonOf(z.array(z.unknown())),
  sourceFilters: jsonOf(z.array(z.unknown())),
  fieldAttrs: jsonOf(anything),
  fieldFormatMap: jsonOf(z.record(text, numberFormat)),
  runtimeFieldMap: jsonOf(anything),
})

const search = z.strictObject({
  title: text,
  description: z.string(),
  columns: z.array(text).min(1),
  sort: z.array(z.tuple([text, z.enum(['asc', 'desc'])])).min(1),
  grid: anything,
  hideChart: z.boolean(),
  kibanaSavedObjectMeta: z.strictObject({
    searchSourceJSON: jsonOf(
      z.strictObject({ query, filter: z.array(z.unknown()), indexRefName: text }),
    ),
  }),
})

const source = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('EMS_TMS') }),
  z.looseObject({
    type: z.literal('ES_SEARCH'),
    indexPatternRefName: text,
    geoField: text,
    sortField: text,
    tooltipProperties: z.array(text).min(1),
  }),
  z.looseObject({
    type: z.literal('ES_PEW_PEW'),
    indexPatternRefName: text,
    sourceGeoField: text,
    destGeoField: text,
  }),
])

const layer = z.looseObject({
  id: text,
  type: z.enum(['EMS_VECTOR_TILE', 'GEOJSON_VECTOR']),
  query: query.optional(),
  sourceDescriptor: source,
})

const map = z.strictObject({
  title: text,
  description: z.string(),
  layerListJSON: jsonOf(z.array(layer).min(1)),
  mapStateJSON: jsonOf(z.looseObject({ query, zoom: z.number() })),
  uiStateJSON: jsonOf(anything),
})

const column = z.looseObject({
  label: text,
  dataType: z.enum(['boolean', 'date', 'ip', 'number', 'string']),
  operationType: z.enum(['count', 'date_histogram', 'max', 'sum', 'terms', 'unique_count']),
  isBucketed: z.boolean(),
  sourceField: text,
  filter: query.optional(),
  params: z.looseObject({
    size: z.number().int().positive().optional(),
    orderBy: z.looseObject({ columnId: text }).optional(),
  }),
})

const lensLayer = z.looseObject({
  columns: z.record(text, column),
  columnOrder: z.array(text).min(1),
})

const lens = z.strictObject({
  title: z.string(),
  description: z.string(),
  type: z.literal('lens'),
  visualizationType: z.enum(['lnsMetric', 'lnsXY', 'lnsDatatable']),
  references,
  state: z.strictObject({
    visualization: anything,
    query,
    filters: z.array(z.unknown()),
    datasourceStates: z.strictObject({
      formBased: z.strictObject({ layers: z.record(text, lensLayer) }),
    }),
    internalReferences: references,
    adHocDataViews: anything,
  }),
})

const count = z.number().int().nonnegative()

const panel = z.strictObject({
  version: text,
  type: z.enum(['lens', 'map', 'search']),
  title: text,
  gridData: z.strictObject({ x: count, y: count, w: count.min(1), h: count.min(1), i: text }),
  panelIndex: text,
  panelRefName: text.optional(),
  embeddableConfig: z.strictObject({ attributes: lens.optional(), enhancements: anything }),
})

const control = z.strictObject({
  order: count,
  width: z.enum(['small', 'medium', 'large']),
  grow: z.boolean(),
  type: z.literal('optionsListControl'),
  explicitInput: z.looseObject({ id: text, fieldName: text, title: text }),
})

// Kibana refuses whatever else the first model of a dashboard has.
const dashboard = z.strictObject({
  title: text,
  description: z.string(),
  panelsJSON: jsonOf(z.array(panel).min(1).max(100)),
  optionsJSON: jsonOf(anything),
  timeRestore: z.boolean(),
  timeFrom: text,
  timeTo: text,
  refreshInterval: z.strictObject({ pause: z.boolean(), value: count }),
  controlGroupInput: z.strictObject({
    controlStyle: z.enum(['oneLine', 'twoLine']),
    chainingSystem: z.enum(['HIERARCHICAL', 'NONE']),
    panelsJSON: jsonOf(z.record(text, control)),
    ignoreParentSettingsJSON: jsonOf(anything),
  }),
  kibanaSavedObjectMeta: z.strictObject({ searchSourceJSON: jsonOf(anything) }),
})

function line<Type extends string, Attributes extends z.ZodType>(type: Type, of: Attributes) {
  return z.strictObject({
    type: z.literal(type),
    id: text,
    attributes: of,
    references,
    coreMigrationVersion: z.literal('8.8.0'),
    typeMigrationVersion: z.string().regex(/^(8|10)\.\d+\.\d+$/),
    managed: z.literal(false),
  })
}

/** A line of a file of saved objects, what stands as JSON in texts read too. */
export const savedObject = z.discriminatedUnion('type', [
  line('index-pattern', dataView),
  line('search', search),
  line('map', map),
  line('dashboard', dashboard),
])

export type ReadObject = z.infer<typeof savedObject>
export type ReadPanel = z.infer<typeof panel>
export type ReadLens = z.infer<typeof lens>
export type ReadColumn = z.infer<typeof column>
export type ReadReference = z.infer<typeof reference>
export type ReadLayer = z.infer<typeof layer>
