import type { Client } from '@elastic/elasticsearch'
import { INDEX_PREFIX } from './targets.ts'

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/

/** A month of a tenant, and nothing that happens to be called alike. */
const MONTH_INDEX = new RegExp(`^${INDEX_PREFIX}-[a-z0-9_.]+-(\\d{4})\\.(\\d{2})$`)

/**
 * Indices of last words on alerts of earlier months, of every tenant.
 * @param month `2026-03`; itself not among them
 * @throws RangeError when that is no month; errors of the client
 */
export async function monthsBefore(client: Client, month: string): Promise<string[]> {
  if (!MONTH.test(month)) throw new RangeError(`${JSON.stringify(month)} is no month like 2026-03`)
  const indices = await client.indices.get({ index: `${INDEX_PREFIX}-*`, expand_wildcards: 'all' })
  return Object.keys(indices)
    .filter((name) => {
      const [, year, monthOfYear] = MONTH_INDEX.exec(name) ?? []
      return year !== undefined && `${year}-${monthOfYear}` < month
    })
    .sort()
}

/**
 * Deletes those for good, one by one; the stream has a retention of its own.
 * @param month `2026-03`; itself kept
 * @returns names of the indices that were deleted
 * @throws RangeError when that is no month; errors of the client
 */
export async function deleteBefore(client: Client, month: string): Promise<string[]> {
  const names = await monthsBefore(client, month)
  for (const index of names) await client.indices.delete({ index })
  return names
}
