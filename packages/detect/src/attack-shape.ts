import { isShown, type ShownAttempt } from './classed-attempts.ts'
import type { Limits } from './limits.ts'
import { type AttackWindow, failingUsersOf, usersOf } from './loudest-window.ts'
import type { SourceAttack } from './source-attack.ts'

/** Why the alert is medium at most, or null. */
export function severityCapOf(
  attack: SourceAttack,
  loudest: AttackWindow,
  { common, source }: Limits,
): string | null {
  const example = (loudest.attempts.findLast(isShown) as ShownAttempt).annotated
  if (example.isCold)
    return `the organisation has less than ${common.coldStartDays} days of history`
  const { networkClass } = example.attempt.place
  if (networkClass === 'hosting' || networkClass === 'anon' || networkClass === 'satellite')
    return null
  const failing = failingUsersOf(loudest).length
  const isVouchedPlace = attack.attempts.some(
    ({ outcomeClass }) => outcomeClass === 'vouched_success' || outcomeClass === 'vouched_failure',
  )
  const unknownShare = usersOf(loudest, 'unknown_user') / failing
  const isPopUp =
    !isVouchedPlace &&
    unknownShare < source.popUpUnknownShare &&
    usersOf(loudest, 'other_success') === 0
  return isPopUp
    ? 'few names are unknown and nobody strange got in: it could be a hotel or an event'
    : null
}

/** Spraying comes in rounds over one set of existing users; everything else is stuffing. */
export function isSpraying(
  attack: SourceAttack,
  loudest: AttackWindow,
  { sprayUnknownShareMax, sprayRoundsMax, sprayRoundGapMs }: Limits['source'],
): boolean {
  const failing = failingUsersOf(loudest)
  const unknownShare = usersOf(loudest, 'unknown_user') / failing.length
  if (unknownShare >= sprayUnknownShareMax) return false
  const rounds = roundsOf(attack, new Set(failing), sprayRoundGapMs)
  const repeated = rounds.filter((count) => count >= 2).length
  return 2 * repeated >= rounds.length && rounds.every((count) => count <= sprayRoundsMax)
}

/**
 * How often each failing user was tried, attempts less than `roundGapMs` apart being one round. The user's own logins
 * from a network that vouches for them are nobody's rounds.
 */
export function roundsOf(
  attack: SourceAttack,
  failing: ReadonlySet<string>,
  roundGapMs: number,
): number[] {
  const last = new Map<string, number>()
  const rounds = new Map<string, number>()
  for (const { userKey, timestampMs } of attack.attempts.filter(isShown)) {
    if (!failing.has(userKey)) continue
    const before = last.get(userKey)
    if (before === undefined || timestampMs - before >= roundGapMs) {
      rounds.set(userKey, (rounds.get(userKey) ?? 0) + 1)
    }
    last.set(userKey, timestampMs)
  }
  return [...rounds.values()]
}
