import type { KibanaDataView } from './words.ts'

/** A place on the dashboard's grid of 48 columns. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** What documents are grouped by. */
export type Bucket =
  | { readonly by: 'time'; readonly label: string; readonly field: string }
  | {
      readonly by: 'value'
      readonly label: string
      readonly field: string
      /** How many values, the most frequent first. */
      readonly size: number
    }

/** What is computed of the documents of a group. */
export type Value =
  | {
      readonly what: 'count'
      readonly label: string
      /** Of these documents only, as KQL. */
      readonly where?: string
    }
  | {
      readonly what: 'sum' | 'max' | 'unique_count'
      readonly label: string
      readonly field: string
    }

/** A panel of the dashboard that Kibana's Lens draws. */
export interface Chart {
  readonly id: string
  readonly title: string
  /** `number` has one value and no bucket; `bars` a time, perhaps what splits the bars, and one value. */
  readonly shape: 'number' | 'bars' | 'table'
  readonly dataView: KibanaDataView
  /** KQL. */
  readonly query: string
  readonly buckets: readonly Bucket[]
  readonly values: readonly [Value, ...Value[]]
  readonly place: Place
}

/** Rows of single documents. */
export interface DocumentSearch {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly dataView: KibanaDataView
  /** KQL. */
  readonly query: string
  readonly columns: readonly string[]
}
