import type { Bucket, Chart, Place, Value } from './panel.ts'
import { LAST_WORDS } from './words.ts'

type Of = Pick<Chart, 'query' | 'values'> & Partial<Pick<Chart, 'buckets' | 'dataView'>>

/** How many rows a table shows. */
const ROWS = 15

/** The most frequent values of a field. */
export function top(label: string, field: string, size = ROWS): Bucket {
  return { by: 'value', label, field, size }
}

const OVER_TIME: Bucket = { by: 'time', label: 'Time', field: '@timestamp' }

/** One number. Four stand in a row. */
export function numberChart(
  id: string,
  title: string,
  { x, y }: Pick<Place, 'x' | 'y'>,
  query: string,
  value: Value,
): Chart {
  return chart(id, title, 'number', { x, y, w: 12, h: 6 }, { query, values: [value] })
}

/** Bars over time, split by the values of a field. */
export function barsChart(
  id: string,
  title: string,
  place: Place,
  { split, ...of }: Omit<Of, 'buckets'> & { readonly split: Bucket },
): Chart {
  return chart(id, title, 'bars', place, { ...of, buckets: [OVER_TIME, split] })
}

export function tableChart(id: string, title: string, place: Place, of: Of): Chart {
  return chart(id, title, 'table', place, of)
}

function chart(id: string, title: string, shape: Chart['shape'], place: Place, of: Of): Chart {
  return { id, title, shape, dataView: LAST_WORDS, buckets: [], ...of, place }
}
