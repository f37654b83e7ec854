export interface Member {
  readonly id: string
  /** What it has had so far. */
  readonly partitions: readonly number[]
}

/**
 * Shares partitions among members so that their numbers differ by one at most and as many as possible stay where they
 * are. The outcome is the same in whatever order the members are given.
 * @param partitionCount partitions 0 to partitionCount - 1 are shared
 */
export function balancedShares(
  partitionCount: number,
  members: readonly Member[],
): ReadonlyMap<string, number[]> {
  const sorted = [...members].sort((left, right) => (left.id < right.id ? -1 : 1))
  const kept = keptPartitions(partitionCount, sorted)
  // Who has most keeps most: the larger shares go to those who had more.
  const byKept = [...sorted].sort((left, right) => sizeOf(kept, right) - sizeOf(kept, left))
  const smaller = Math.floor(partitionCount / Math.max(1, members.length))
  const largerShares = partitionCount - smaller * members.length
  const shares = new Map<string, number[]>()
  const free = new Set(Array.from({ length: partitionCount }, (_, partition) => partition))
  for (const [index, { id }] of byKept.entries()) {
    const quota = smaller + (index < largerShares ? 1 : 0)
    const share = (kept.get(id) ?? []).slice(0, quota)
    for (const partition of share) free.delete(partition)
    shares.set(id, share)
  }
  const left = [...free]
  for (const [index, { id }] of byKept.entries()) {
    const quota = smaller + (index < largerShares ? 1 : 0)
    const share = shares.get(id) ?? []
    share.push(...left.splice(0, quota - share.length))
    share.sort((one, other) => one - other)
  }
  return shares
}

/** Of two who say that they have the same partition, the first is believed. */
function keptPartitions(count: number, members: readonly Member[]): Map<string, number[]> {
  const taken = new Set<number>()
  const kept = new Map<string, number[]>()
  for (const { id, partitions } of members) {
    const own = partitions.filter(
      (partition) => partition >= 0 && partition < count && !taken.has(partition),
    )
    const unique = [...new Set(own)]
    for (const partition of unique) taken.add(partition)
    kept.set(id, unique)
  }
  return kept
}

function sizeOf(kept: ReadonlyMap<string, readonly number[]>, { id }: Member): number {
  return kept.get(id)?.length ?? 0
}
