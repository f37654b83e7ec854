import { fieldsOfKql, queryOfKql } from './kql.ts'
import { bucketsOf, type FieldUse, type Reading, type Use, usesIn } from './reading.ts'
import type { ReadColumn, ReadLens } from './schemas.ts'

/** The question that a chart with one layer asks: buckets in one another, values in the innermost. */
export function lensReading(where: string, index: string, { state }: ReadLens): Reading {
  const layers = Object.values(state.datasourceStates.formBased.layers)
  const [layer, ...more] = layers
  if (layer === undefined || more.length > 0)
    throw new Error(`${where} has ${layers.length} layers`)
  const columns = layer.columnOrder.map((id) => [id, layer.columns[id] as ReadColumn] as const)
  const buckets = columns.filter(([, { isBucketed }]) => isBucketed)
  const values = columns.filter(([, { isBucketed }]) => !isBucketed)
  const valueNames = values.map(([id]) => id)
  const innermost = Object.fromEntries(values.map(([id, column]) => [id, valueAggregation(column)]))
  const aggregations = buckets.reduceRight<Record<string, object>>((inner, [id, column]) => {
    return { [id]: { ...bucketAggregation(column), aggs: inner } }
  }, innermost)
  const bucketNames = buckets.map(([id]) => id)
  return {
    where,
    index,
    query: state.query.query,
    uses: [
      ...usesIn(fieldsOfKql(state.query.query), 'asked'),
      ...columns.flatMap(([, column]) => usesOf(column)),
    ],
    aggregations,
    gapsOf: (answer) => gapsIn(rowsOf(answer, bucketNames), valueNames),
  }
}

const USES: Readonly<Record<ReadColumn['operationType'], Use | null>> = {
  count: null,
  date_histogram: 'date',
  max: 'number',
  sum: 'number',
  terms: 'values',
  unique_count: 'values',
}

function usesOf({ operationType, dataType, sourceField, filter }: ReadColumn): FieldUse[] {
  const isLatest = operationType === 'max' && dataType === 'date'
  const use = isLatest ? 'date' : USES[operationType]
  const asked = usesIn(fieldsOfKql(filter?.query ?? ''), 'asked')
  return use === null ? asked : [{ field: sourceField, use }, ...asked]
}

function bucketAggregation({ operationType, sourceField: field, params }: ReadColumn): object {
  return operationType === 'date_histogram'
    ? { date_histogram: { field, calendar_interval: 'day', min_doc_count: 1 } }
    : { terms: { field, size: params.size } }
}

function valueAggregation({ operationType, sourceField: field, filter }: ReadColumn): object {
  if (operationType === 'count') return { filter: queryOfKql(filter?.query ?? '') }
  return operationType === 'unique_count'
    ? { cardinality: { field } }
    : { [operationType]: { field } }
}

type Row = Readonly<Record<string, unknown>>

function rowsOf(answer: Row, [bucket, ...inner]: readonly string[]): Row[] {
  if (bucket === undefined) return [answer]
  return bucketsOf(answer[bucket]).flatMap((each) => rowsOf(each, inner))
}

/** Each value must stand in some row, and be more than nothing. */
function gapsIn(rows: readonly Row[], values: readonly string[]): string[] {
  if (rows.length === 0) return ['no rows']
  return values
    .filter((name) => !rows.some((row) => numberOf(row[name]) > 0))
    .map((name) => `${name} is empty in every row`)
}

function numberOf(aggregation: unknown): number {
  const { value, doc_count: count } = aggregation as { value?: number | null; doc_count?: number }
  return value ?? count ?? 0
}
