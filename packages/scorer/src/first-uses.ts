/** Something that was used on a day (a network, a prefix, a device), with the time of its first use, epoch ms. */
export interface FirstUse {
  readonly key: string
  readonly firstMs: number
}

/** Collects first uses from uses that come in time order; empty keys are left out. In order of first use. */
export function firstUsesOf(
  uses: Iterable<readonly [key: string, timestampMs: number]>,
): readonly FirstUse[] {
  const found: FirstUse[] = []
  const seen = new Set<string>()
  for (const [key, firstMs] of uses) {
    if (key === '' || seen.has(key)) continue
    seen.add(key)
    found.push({ key, firstMs })
  }
  return found
}

/** First use of a key, epoch ms, or null. */
export function firstUseMsOf(uses: readonly FirstUse[], key: string): number | null {
  for (const use of uses) if (use.key === key) return use.firstMs
  return null
}
