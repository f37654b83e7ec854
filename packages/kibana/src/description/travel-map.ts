import type { KibanaDataView } from './words.ts'
import { LAST_WORDS, STANDING } from './words.ts'

/** A layer of the map: places of documents as points, or lines from one place of a document to another. */
export type MapLayer = {
  readonly id: string
  readonly label: string
  readonly dataView: KibanaDataView
  /** KQL. */
  readonly query: string
  readonly color: string
} & (
  | { readonly draws: 'points'; readonly field: string; readonly shown: readonly string[] }
  | { readonly draws: 'lines'; readonly from: string; readonly to: string }
)

/** Whatever rule speaks: a graver one may have taken the place of T1. */
const TRAVEL = `${STANDING} and sekisho.travel.distance_km: *`
const FROM = 'sekisho.travel.from.location'
const TO = 'sekisho.travel.to.location'

/** From bottom to top. */
export const MAP_LAYERS: readonly MapLayer[] = [
  {
    id: 'travel',
    label: 'Travel of one user',
    dataView: LAST_WORDS,
    query: TRAVEL,
    color: '#6A0DAD',
    draws: 'lines',
    from: FROM,
    to: TO,
  },
  {
    id: 'travel-from',
    label: 'Travel: active here before',
    dataView: LAST_WORDS,
    query: TRAVEL,
    color: '#54B399',
    draws: 'points',
    field: FROM,
    shown: [
      'message',
      'user.name',
      'sekisho.travel.from.city_name',
      'sekisho.travel.from.country_iso_code',
      'sekisho.travel.from.radius_km',
      'sekisho.travel.from.last',
    ],
  },
  {
    id: 'sources',
    label: 'Sources of alerts',
    dataView: LAST_WORDS,
    query: STANDING,
    color: '#D6604D',
    draws: 'points',
    field: 'source.geo.location',
    shown: [
      'message',
      'rule.name',
      'sekisho.severity',
      'user.name',
      'source.ip',
      'source.as.organization.name',
      'source.geo.city_name',
      'source.geo.country_iso_code',
      'sekisho.source.radius_km',
    ],
  },
]
