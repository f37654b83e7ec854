import { barsChart, numberChart, tableChart, top } from './chart-shapes.ts'
import type { Chart, Value } from './panel.ts'
import { DATA_QUALITY_CHARTS } from './quality-charts.ts'
import { STANDING } from './words.ts'

const GRAVE_QUERY = 'sekisho.severity: (high or critical)'

const ALERTS: Value = { what: 'count', label: 'Alerts' }
const GRAVE: Value = { what: 'count', label: 'High or critical', where: GRAVE_QUERY }
const HIGHEST_RISK: Value = { what: 'max', label: 'Highest risk', field: 'event.risk_score' }
const LATEST: Value = { what: 'max', label: 'Last alert', field: '@timestamp' }
const USERS: Value = { what: 'unique_count', label: 'Users', field: 'related.user' }
const NETWORKS: Value = {
  what: 'unique_count',
  label: 'Source networks',
  field: 'sekisho.source.prefix',
}

/** Every chart of the dashboard. The map and the table of grave alerts are panels of their own kinds. */
export const CHARTS: readonly Chart[] = [
  numberChart('alerts', 'Alerts', { x: 0, y: 0 }, STANDING, ALERTS),
  numberChart('grave', 'High or critical', { x: 12, y: 0 }, `${STANDING} and ${GRAVE_QUERY}`, {
    ...ALERTS,
    label: 'High or critical',
  }),
  numberChart('users-concerned', 'Users concerned', { x: 24, y: 0 }, STANDING, USERS),
  numberChart('networks-concerned', 'Networks concerned', { x: 36, y: 0 }, STANDING, NETWORKS),
  barsChart(
    'timeline',
    'Alerts by severity over time',
    { x: 24, y: 6, w: 24, h: 18 },
    { query: STANDING, split: top('Severity', 'sekisho.severity', 4), values: [ALERTS] },
  ),
  tableChart(
    'rules',
    'Top rules',
    { x: 0, y: 24, w: 24, h: 12 },
    {
      query: STANDING,
      buckets: [top('Rule', 'rule.id'), top('Name', 'rule.name', 1)],
      values: [ALERTS, GRAVE, HIGHEST_RISK],
    },
  ),
  tableChart(
    'users',
    'Top users',
    { x: 24, y: 24, w: 24, h: 12 },
    {
      query: STANDING,
      buckets: [top('User', 'user.id')],
      values: [ALERTS, GRAVE, HIGHEST_RISK, LATEST],
    },
  ),
  tableChart(
    'source-addresses',
    'Source addresses',
    { x: 0, y: 36, w: 16, h: 12 },
    {
      query: STANDING,
      buckets: [top('Address', 'source.ip')],
      values: [ALERTS, USERS, HIGHEST_RISK],
    },
  ),
  tableChart(
    'source-operators',
    'Operators of source networks',
    { x: 16, y: 36, w: 16, h: 12 },
    {
      query: STANDING,
      buckets: [top('AS', 'source.as.number'), top('Operator', 'source.as.organization.name', 1)],
      values: [ALERTS, USERS],
    },
  ),
  tableChart(
    'source-countries',
    'Source countries',
    { x: 32, y: 36, w: 16, h: 12 },
    {
      query: STANDING,
      buckets: [
        top('Country', 'source.geo.country_iso_code'),
        top('Kind of network', 'sekisho.source.network_class', 5),
      ],
      values: [ALERTS, USERS],
    },
  ),
  tableChart(
    'gateways',
    'Gateways',
    { x: 0, y: 48, w: 24, h: 12 },
    {
      query: STANDING,
      buckets: [top('Gateway', 'observer.name'), top('Product', 'observer.product', 1)],
      values: [ALERTS, GRAVE, USERS],
    },
  ),
  tableChart(
    'terms',
    'What added to scores',
    { x: 24, y: 48, w: 24, h: 12 },
    {
      query: STANDING,
      buckets: [top('Term', 'sekisho.term_names')],
      values: [ALERTS, HIGHEST_RISK],
    },
  ),
  ...DATA_QUALITY_CHARTS,
]
