import { INDEX_PREFIX, streamOf } from '@sekisho/alert-sink/elasticsearch'

/** Documents that panels and searches read, as Kibana names a set of indices. */
export interface KibanaDataView {
  readonly id: string
  readonly title: string
  readonly name: string
  readonly timeField: string
}

/** One document for each alert: what counts alerts reads this. */
export const LAST_WORDS: KibanaDataView = {
  id: 'sekisho-last-words',
  title: `${INDEX_PREFIX}-*`,
  name: 'Sekisho: last words on alerts',
  timeField: '@timestamp',
}

/** One document for each material word on an alert: what happened to alerts, and what the detection rule reads. */
export const MATERIAL_WORDS: KibanaDataView = {
  id: 'sekisho-material-words',
  title: streamOf('*'),
  name: 'Sekisho: material words on alerts',
  timeField: '@timestamp',
}

export const DATA_VIEWS: readonly KibanaDataView[] = [LAST_WORDS, MATERIAL_WORDS]

/** Alerts that stand. Signals, which are too weak for an alert, and what was taken back are left out. */
export const STANDING = 'event.kind: alert and not sekisho.state: retracted'
