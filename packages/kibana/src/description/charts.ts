import type { Bucket, Chart, Place, Value } from './panel.ts'
import { DATA_QUALITY_CHARTS } from './quality-charts.ts'
import { LAST_WORDS, STANDING } from './words.ts'

const ALERTS: Value = { what: 'count', label: 'Alerts' }
const HIGHEST_RISK: Value = { what: 'max', label: 'Highest risk', field: 'event.risk_score' }
const USERS: Value = { what: 'unique_count', label: 'Users', field: 'related.user' }
const GRAVE: Value = {
  what: 'count',
  label: 'High or critical',
  where: 'sekisho.severity: (high or critical)',
}

/** How many rows a table shows. */
const ROWS = 15

function top(label: string, field: string, size = ROWS): Bucket {
  return { by: 'value', label, field, size }
}

function number(id: string, title: string, x: number, query: string, value: Value): Chart {
  const place = { x, y: 0, w: 12, h: 6 }
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

function table(
  id: string,
  title: string,
  place: Place,
  buckets: readonly Bucket[],
  values: Chart['values'],
): Chart {
  return {
    id,
    title,
    shape: 'table',
    dataView: LAST_WORDS,
    query: STANDING,
    buckets,
    values,
    place,
  }
}

/** Every chart of the dashboard. The map and the table of grave alerts are panels of their own kinds. */
export const CHARTS: readonly Chart[] = [
  number('alerts', 'Alerts', 0, STANDING, ALERTS),
  number('grave', 'High or critical', 12, `${STANDING} and sekisho.severity: (high or critical)`, {
    ...ALERTS,
    label: 'High or critical',
  }),
  number('users-concerned', 'Users concerned', 24, STANDING, USERS),
  number('sources-concerned', 'Source networks concerned', 36, STANDING, {
    what: 'unique_count',
    label: 'Source networks',
    field: 'sekisho.source.prefix',
  }),
  {
    id: 'timeline',
    title: 'Alerts by severity over time',
    shape: 'bars',
    dataView: LAST_WORDS,
    query: STANDING,
    buckets: [
      { by: 'time', label: 'Time', field: '@timestamp' },
      top('Severity', 'sekisho.severity', 4),
    ],
    values: [ALERTS],
    place: { x: 24, y: 6, w: 24, h: 18 },
  },
  table(
    'rules',
    'Top rules',
    { x: 0, y: 24, w: 24, h: 12 },
    [top('Rule', 'rule.id'), top('Name', 'rule.name', 1)],
    [ALERTS, GRAVE, HIGHEST_RISK],
  ),
  table(
    'users',
    'Top users',
    { x: 24, y: 24, w: 24, h: 12 },
    [top('User', 'user.id')],
    [ALERTS, GRAVE, HIGHEST_RISK, { what: 'max', label: 'Last alert', field: '@timestamp' }],
  ),
  table(
    'source-addresses',
    'Source addresses',
    { x: 0, y: 36, w: 16, h: 12 },
    [top('Address', 'source.ip')],
    [ALERTS, USERS, HIGHEST_RISK],
  ),
  table(
    'source-networks',
    'Source networks by operator',
    { x: 16, y: 36, w: 16, h: 12 },
    [top('AS', 'source.as.number'), top('Operator', 'source.as.organization.name', 1)],
    [ALERTS, USERS],
  ),
  table(
    'source-countries',
    'Source countries',
    { x: 32, y: 36, w: 16, h: 12 },
    [
      top('Country', 'source.geo.country_iso_code'),
      top('Kind of network', 'sekisho.source.network_class', 5),
    ],
    [ALERTS, USERS],
  ),
  table(
    'gateways',
    'Gateways',
    { x: 0, y: 48, w: 24, h: 12 },
    [top('Gateway', 'observer.name'), top('Product', 'observer.product', 1)],
    [ALERTS, GRAVE, USERS],
  ),
  table(
    'terms',
    'What added to scores',
    { x: 24, y: 48, w: 24, h: 12 },
    [top('Term', 'sekisho.term_names')],
    [ALERTS, HIGHEST_RISK],
  ),
  ...DATA_QUALITY_CHARTS,
]
