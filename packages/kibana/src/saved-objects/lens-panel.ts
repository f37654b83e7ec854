import type { Chart } from '../description/panel.ts'
import { dataViewReference } from './data-view.ts'
import { bucketColumn, type LensColumn, valueColumn } from './lens-column.ts'
import { kql, type Reference } from './saved-object.ts'

const LAYER = 'layer'
const DATA_VIEW_REFERENCE = `indexpattern-datasource-layer-${LAYER}`

/** A panel of the dashboard that carries its whole chart, and what the dashboard has to refer to for it. */
export interface EmbeddedPanel {
  readonly type: string
  readonly config: Readonly<Record<string, unknown>>
  readonly references: readonly Reference[]
}

export function lensPanel(chart: Chart): EmbeddedPanel {
  const { id, dataView } = chart
  const buckets = chart.buckets.map((_, i) => `bucket-${i}`)
  const values = chart.values.map((_, i) => `value-${i}`)
  const [orderColumn] = values as [string]
  const columns: [string, LensColumn][] = [
    ...chart.buckets.map((b, i): [string, LensColumn] => [
      buckets[i] as string,
      bucketColumn(b, orderColumn),
    ]),
    ...chart.values.map((v, i): [string, LensColumn] => [values[i] as string, valueColumn(v)]),
  ]
  const layer = {
    columns: Object.fromEntries(columns),
    columnOrder: [...buckets, ...values],
    incompleteColumns: {},
    sampling: 1,
    ignoreGlobalFilters: false,
  }
  const reference = dataViewReference(dataView, DATA_VIEW_REFERENCE)
  const attributes = {
    title: '',
    description: '',
    type: 'lens',
    visualizationType: VISUALIZATIONS[chart.shape],
    references: [reference],
    state: {
      visualization: visualizationOf(chart.shape, buckets, values),
      query: kql(chart.query),
      filters: [],
      datasourceStates: { formBased: { layers: { [LAYER]: layer } } },
      internalReferences: [],
      adHocDataViews: {},
    },
  }
  return {
    type: 'lens',
    config: { attributes, enhancements: {} },
    references: [{ ...reference, name: `${id}:${DATA_VIEW_REFERENCE}` }],
  }
}

const VISUALIZATIONS: Readonly<Record<Chart['shape'], string>> = {
  number: 'lnsMetric',
  bars: 'lnsXY',
  table: 'lnsDatatable',
}

function visualizationOf(
  shape: Chart['shape'],
  buckets: readonly string[],
  values: readonly string[],
): unknown {
  if (shape === 'number') return { layerId: LAYER, layerType: 'data', metricAccessor: values[0] }
  if (shape === 'bars') return barsOf(buckets, values)
  const columns = [
    ...buckets.map((columnId) => ({ columnId, isTransposed: false, isMetric: false })),
    ...values.map((columnId) => ({ columnId, isTransposed: false, isMetric: true })),
  ]
  return { layerId: LAYER, layerType: 'data', columns }
}

function barsOf([time, split]: readonly string[], values: readonly string[]): unknown {
  const layer = {
    layerId: LAYER,
    layerType: 'data',
    seriesType: 'bar_stacked',
    position: 'top',
    showGridlines: false,
    xAccessor: time,
    accessors: values,
    ...(split === undefined ? {} : { splitAccessor: split }),
  }
  return {
    legend: { isVisible: true, position: 'right' },
    valueLabels: 'hide',
    preferredSeriesType: 'bar_stacked',
    layers: [layer],
  }
}
