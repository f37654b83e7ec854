import { SOURCE_LIMITS } from './limits.ts'
import { failingUsersOf, type LoudestWindow, usersOf } from './loudest-window.ts'
import type { ClassedAttempt, SourceAttack } from './source-attack.ts'

/** Why the alert is medium at most, or null. */
export function severityCapOf(attack: SourceAttack, loudest: LoudestWindow): string | null {
  const example = (loudest.attempts.at(-1) as ClassedAttempt).annotated
  if (example.isCold) return 'the organisation has less than a week of history'
  const { networkClass } = example.attempt.place
  if (networkClass === 'hosting' || networkClass === 'anon' || networkClass === 'satellite')
    return null
  const failing = failingUsersOf(loudest).length
  const isVouchedPlace = attack.attempts.some(({ annotated }) => annotated.isVouched)
  const unknownShare = usersOf(loudest, 'unknown_user') / failing
  const isPopUp =
    !isVouchedPlace &&
    unknownShare < SOURCE_LIMITS.popUpUnknownShare &&
    usersOf(loudest, 'other_success') === 0
  return isPopUp
    ? 'few names are unknown and nobody strange got in: it could be a hotel or an event'
    : null
}

/** Spraying comes in rounds over one set of existing users; everything else is stuffing. */
export function isSpraying(attack: SourceAttack, loudest: LoudestWindow): boolean {
  const failing = failingUsersOf(loudest)
  const unknownShare = usersOf(loudest, 'unknown_user') / failing.length
  if (unknownShare >= SOURCE_LIMITS.sprayUnknownShareMax) return false
  const rounds = roundsOf(attack, new Set(failing))
  const repeated = rounds.filter((count) => count >= 2).length
  return (
    2 * repeated >= rounds.length && rounds.every((count) => count <= SOURCE_LIMITS.sprayRoundsMax)
  )
}

/** How often each failing user was tried, attempts less than half an hour apart being one round. */
export function roundsOf(attack: SourceAttack, failing: ReadonlySet<string>): number[] {
  const last = new Map<string, number>()
  const rounds = new Map<string, number>()
  for (const { userKey, annotated } of attack.attempts) {
    if (!failing.has(userKey)) continue
    const { timestampMs } = annotated.attempt.event
    const before = last.get(userKey)
    if (before === undefined || timestampMs - before >= SOURCE_LIMITS.sprayRoundGapMs) {
      rounds.set(userKey, (rounds.get(userKey) ?? 0) + 1)
    }
    last.set(userKey, timestampMs)
  }
  return [...rounds.values()]
}
