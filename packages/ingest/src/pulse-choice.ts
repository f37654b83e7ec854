import { type PulseMatch, pulseMatchOf } from './pulse-outcomes.ts'
import type { PulseReadings, PulseRecord } from './pulse-record.ts'

/** The reading of a line that counts, and its row. */
export interface PulseChoice {
  readonly record: PulseRecord
  readonly match: PulseMatch | null
}

/**
 * Chooses among the readings of a line, of which there must be one.
 *
 * Several readings mean that a stranger's text imitates the vendor's. A name that does so belongs to a login that
 * failed, since no account has it, and stands before the vendor's words: so the last reading that tells of a failure
 * counts, else the last one whose words are known and tell of no login, else the first. An imitation never becomes a
 * login that succeeded; the price is that a client whose program's name imitates a failure hides its success, which
 * no reader of the line can tell apart. Such events are marked `recovered`.
 */
export function chosenOf(readings: PulseReadings): PulseChoice {
  let chosen = choiceOf(readings[0] as PulseRecord)
  if (readings.length === 1) return chosen
  let chosenRank = rankOf(chosen.match)
  for (let index = 1; index < readings.length; index++) {
    const choice = choiceOf(readings[index] as PulseRecord)
    const rank = rankOf(choice.match)
    if (rank === 0 || rank < chosenRank) continue
    chosen = choice
    chosenRank = rank
  }
  return chosen
}

function choiceOf(record: PulseRecord): PulseChoice {
  return { record, match: pulseMatchOf(record.code, record.message) }
}

/** How far a reading is to be believed; one that fits its row's words more than one that has only the code. */
function rankOf(match: PulseMatch | null): number {
  if (match === null || isLogin(match)) return 0
  return (match.row.outcome === 'failure' ? 3 : 1) + (match.words === '' ? 0 : 1)
}

function isLogin({ row }: PulseMatch): boolean {
  if (row.outcome !== 'success') return false
  return row.action === 'vpn.login' || row.action === 'admin.login' || row.decides === 'unless'
}
