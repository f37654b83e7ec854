import type { DocumentSearch } from './panel.ts'
import { LAST_WORDS, MATERIAL_WORDS, STANDING } from './words.ts'

export const GRAVE_ALERTS: DocumentSearch = {
  id: 'sekisho-grave-alerts',
  title: 'Sekisho: high and critical alerts that stand',
  description:
    'What to look at first: alerts of high and critical severity that were not taken back.',
  dataView: LAST_WORDS,
  query: `${STANDING} and sekisho.severity: (high or critical)`,
  columns: [
    'sekisho.severity',
    'event.risk_score',
    'rule.name',
    'message',
    'user.name',
    'source.ip',
    'observer.name',
    'sekisho.state',
  ],
}

export const SEARCHES: readonly DocumentSearch[] = [
  GRAVE_ALERTS,
  {
    id: 'sekisho-retractions',
    title: 'Sekisho: alerts that were taken back',
    description:
      'Late lines changed what an alert rested on. Close what was opened for it; `sekisho.superseded_by` is the event after which it was no longer true, where that is known.',
    dataView: LAST_WORDS,
    query: 'sekisho.state: retracted',
    columns: [
      'sekisho.severity',
      'rule.name',
      'message',
      'user.name',
      'sekisho.alert.id',
      'sekisho.superseded_by',
      'sekisho.late_beyond_horizon',
    ],
  },
  {
    id: 'sekisho-one-user',
    title: "Sekisho: one user's alerts",
    description:
      'Every material word on alerts about a user, signals included. Put the key of the user in place of the star: user.id: "lena.hofmann".',
    dataView: MATERIAL_WORDS,
    query: 'user.id: *',
    columns: [
      'user.id',
      'sekisho.severity',
      'sekisho.state',
      'rule.name',
      'message',
      'source.ip',
      'source.geo.country_iso_code',
      'source.as.organization.name',
      'observer.name',
    ],
  },
]
