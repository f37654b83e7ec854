import type { Client } from '@elastic/elasticsearch'
import type { Capabilities, FieldCapability } from './field-problems.ts'
import { queryOfKql } from './kql.ts'
import type { Reading } from './reading.ts'

/** What a server says of every field of an index pattern. A field of which its indices think differently is of no type. */
export async function askedCapabilities(client: Client, index: string): Promise<Capabilities> {
  // Kibana cannot use what stands inside of nested fields in charts, and leaves it out.
  const { fields } = await client.fieldCaps({ index, fields: '*', filters: '-metadata,-nested' })
  return new Map(
    Object.entries(fields).map(([path, types]): [string, FieldCapability] => {
      const of = Object.entries(types)
      return [
        path,
        {
          type: of.length === 1 ? String(of[0]?.[0]) : 'several types',
          isAggregatable: of.every(([, { aggregatable }]) => aggregatable),
          isSearchable: of.every(([, { searchable }]) => searchable),
        },
      ]
    }),
  )
}

/** Asks what Kibana will ask; what the answer lacks, one sentence each. */
export async function askedGaps(client: Client, reading: Reading): Promise<string[]> {
  const { where, index, query, uses, aggregations, gapsOf } = reading
  const shown = uses.filter(({ use }) => use === 'shown').map(({ field }) => field)
  const answer = await client.search({
    index,
    size: 1000,
    _source: false,
    fields: shown,
    query: queryOfKql(query),
    aggregations: aggregations as never,
  })
  const { hits } = answer.hits
  if (hits.length === 0) return [`${where}: no documents`]
  const unseen = shown.filter((field) => !hits.some((hit) => hit.fields?.[field] !== undefined))
  const gaps = [
    ...unseen.map((field) => `${field} is empty in every row`),
    ...gapsOf(answer.aggregations ?? {}),
  ]
  return gaps.map((gap) => `${where}: ${gap}`)
}
