import { barsChart, numberChart, tableChart, top } from './chart-shapes.ts'
import type { Chart, Value } from './panel.ts'
import { MATERIAL_WORDS } from './words.ts'

/** These count every document: what was taken back and what is too weak for an alert says something of the data too. */
const EVERYTHING = ''

const IS_PROVISIONAL = 'sekisho.state: provisional'
const IS_RETRACTED = 'sekisho.state: retracted'
const IS_LATE = 'sekisho.late_beyond_horizon: true'

const FOUND: Value = { what: 'count', label: 'Alerts and signals' }
const PROVISIONAL: Value = { what: 'count', label: 'Provisional', where: IS_PROVISIONAL }
const RETRACTED: Value = { what: 'count', label: 'Retracted', where: IS_RETRACTED }
const LATE: Value = { what: 'count', label: 'Late', where: IS_LATE }
const EVIDENCE: Value = { what: 'sum', label: 'Lines', field: 'sekisho.evidence_total' }

/** Whether the data are such that alerts can be trusted: late, taken back, not final yet, and made by what. */
export const DATA_QUALITY_CHARTS: readonly Chart[] = [
  numberChart('provisional', 'Provisional: may change', { x: 0, y: 60 }, IS_PROVISIONAL, FOUND),
  numberChart('retracted', 'Retracted: taken back', { x: 12, y: 60 }, IS_RETRACTED, FOUND),
  numberChart('late', 'Changed by lines beyond the horizon', { x: 24, y: 60 }, IS_LATE, FOUND),
  numberChart('evidence', 'Log lines as evidence', { x: 36, y: 60 }, EVERYTHING, EVIDENCE),
  barsChart(
    'states',
    'States over time',
    { x: 0, y: 66, w: 24, h: 12 },
    { query: EVERYTHING, split: top('State', 'sekisho.state', 3), values: [FOUND] },
  ),
  barsChart(
    'words',
    'Material words over time; those of the kind alert make Kibana alert',
    { x: 24, y: 66, w: 24, h: 12 },
    {
      dataView: MATERIAL_WORDS,
      query: EVERYTHING,
      split: top('Kind', 'event.kind', 2),
      values: [{ what: 'count', label: 'Words' }],
    },
  ),
  tableChart(
    'gateway-quality',
    'Data quality by gateway',
    { x: 0, y: 78, w: 24, h: 12 },
    {
      query: EVERYTHING,
      buckets: [top('Gateway', 'observer.name')],
      values: [FOUND, PROVISIONAL, RETRACTED, LATE, EVIDENCE],
    },
  ),
  tableChart(
    'versions',
    'Made by which rules, configuration and geolocation',
    { x: 24, y: 78, w: 24, h: 12 },
    {
      query: EVERYTHING,
      buckets: [
        top('Rule', 'rule.id'),
        top('Version', 'rule.version', 3),
        top('Configuration', 'sekisho.inputs.config', 3),
        top('Geolocation', 'sekisho.inputs.geo', 3),
      ],
      values: [FOUND],
    },
  ),
]
