import type { Bucket, Chart, Place, Value } from './panel.ts'
import { LAST_WORDS, MATERIAL_WORDS } from './words.ts'

/** These count every document: what was taken back and what is too weak for an alert says something of the data too. */
const EVERYTHING = ''

const PROVISIONAL: Value = {
  what: 'count',
  label: 'Provisional',
  where: 'sekisho.state: provisional',
}
const RETRACTED: Value = { what: 'count', label: 'Retracted', where: 'sekisho.state: retracted' }
const LATE: Value = { what: 'count', label: 'Late', where: 'sekisho.late_beyond_horizon: true' }
const EVIDENCE: Value = { what: 'sum', label: 'Lines', field: 'sekisho.evidence_total' }
const DOCUMENTS: Value = { what: 'count', label: 'Alerts and signals' }

const OVER_TIME: Bucket = { by: 'time', label: 'Time', field: '@timestamp' }

function number(id: string, title: string, x: number, query: string, value: Value): Chart {
  const place = { x, y: 60, w: 12, h: 6 }
  return {
    id,
    title,
    shape: 'number',
    dataView: LAST_WORDS,
    query,
    buckets: [],
    values: [value],
    place,
  }
}

function bars(id: string, title: string, place: Place, split: Bucket, value: Value): Chart {
  const common = { shape: 'bars', query: EVERYTHING, place } as const
  return {
    id,
    title,
    ...common,
    dataView: LAST_WORDS,
    buckets: [OVER_TIME, split],
    values: [value],
  }
}

/** Whether the data are such that alerts can be trusted: late, taken back, not final yet, and made by what. */
export const DATA_QUALITY_CHARTS: readonly Chart[] = [
  number(
    'provisional',
    'Provisional: may still change',
    0,
    'sekisho.state: provisional',
    DOCUMENTS,
  ),
  number(
    'retracted',
    'Retracted: late lines took them back',
    12,
    'sekisho.state: retracted',
    DOCUMENTS,
  ),
  number(
    'late',
    'Changed by lines beyond the horizon',
    24,
    'sekisho.late_beyond_horizon: true',
    DOCUMENTS,
  ),
  number('evidence', 'Log lines that alerts rest on', 36, EVERYTHING, EVIDENCE),
  bars(
    'states',
    'States over time',
    { x: 0, y: 66, w: 24, h: 12 },
    {
      by: 'value',
      label: 'State',
      field: 'sekisho.state',
      size: 3,
    },
    DOCUMENTS,
  ),
  {
    ...bars(
      'words',
      'Material words over time',
      { x: 24, y: 66, w: 24, h: 12 },
      {
        by: 'value',
        label: 'Kind: only an alert makes Kibana alert',
        field: 'event.kind',
        size: 2,
      },
      { what: 'count', label: 'Words' },
    ),
    dataView: MATERIAL_WORDS,
  },
  {
    id: 'gateway-quality',
    title: 'Data quality by gateway',
    shape: 'table',
    dataView: LAST_WORDS,
    query: EVERYTHING,
    buckets: [{ by: 'value', label: 'Gateway', field: 'observer.name', size: 15 }],
    values: [DOCUMENTS, PROVISIONAL, RETRACTED, LATE, EVIDENCE],
    place: { x: 0, y: 78, w: 24, h: 12 },
  },
  {
    id: 'versions',
    title: 'Made by which rules, configuration and geolocation',
    shape: 'table',
    dataView: LAST_WORDS,
    query: EVERYTHING,
    buckets: [
      { by: 'value', label: 'Rule', field: 'rule.id', size: 15 },
      { by: 'value', label: 'Version', field: 'rule.version', size: 3 },
      { by: 'value', label: 'Configuration', field: 'sekisho.inputs.config', size: 3 },
      { by: 'value', label: 'Geolocation', field: 'sekisho.inputs.geo', size: 3 },
    ],
    values: [DOCUMENTS],
    place: { x: 24, y: 78, w: 24, h: 12 },
  },
]
