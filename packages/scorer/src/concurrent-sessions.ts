import type { SessionSpan } from '@sekisho/detect'

/**
 * Sessions of one user in two networks at one time (A.2): one that ended on a day, and another that ended on it or on the
 * day before, from different source networks and different (number, country), together for at least `msMin`.
 */
export function hasConcurrentSessions(
  ended: readonly SessionSpan[],
  endedBefore: readonly SessionSpan[],
  msMin: number,
): boolean {
  const others = [...endedBefore, ...ended]
  return ended.some((a) => others.some((b) => isElsewhere(a, b) && overlapMsOf(a, b) >= msMin))
}

function isElsewhere({ attempt: a }: SessionSpan, { attempt: b }: SessionSpan): boolean {
  return (
    a.prefix !== b.prefix && (a.place.asn !== b.place.asn || a.place.country !== b.place.country)
  )
}

/** How long both sessions lasted at one time, ms; negative when they did not. */
function overlapMsOf(a: SessionSpan, b: SessionSpan): number {
  return Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs)
}
