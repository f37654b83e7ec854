/** What a field has to be good for. */
export type Use = 'asked' | 'date' | 'line' | 'number' | 'point' | 'shown' | 'values'

export interface FieldUse {
  readonly field: string
  readonly use: Use
}

/** A question that Kibana will ask of Elasticsearch for a panel, a search, a layer, a control or a rule. */
export interface Reading {
  readonly where: string
  /** The data view's indices. */
  readonly index: string
  /** KQL: documents that it is about. */
  readonly query: string
  readonly uses: readonly FieldUse[]
  readonly aggregations: Readonly<Record<string, object>>
  /** Checks the answer: what it lacks, one sentence each. */
  readonly gapsOf: (aggregations: Readonly<Record<string, unknown>>) => string[]
}

export function usesIn(fields: readonly string[], use: Use): FieldUse[] {
  return fields.map((field) => ({ field, use }))
}

/** Buckets of an aggregation of an answer. */
export function bucketsOf(aggregation: unknown): Record<string, unknown>[] {
  return (aggregation as { buckets: Record<string, unknown>[] }).buckets
}
