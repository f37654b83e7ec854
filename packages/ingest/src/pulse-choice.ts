import { type PulseMatch, pulseMatchOf } from './pulse-outcomes.ts'
import type { PulseReadings, PulseRecord } from './pulse-record.ts'
import { isWholeLogin, mayRefuse, repeatsNameUpTo } from './pulse-witnesses.ts'

/** The reading of a line that counts, and its row. */
export interface PulseChoice {
  readonly record: PulseRecord
  readonly match: PulseMatch | null
}

/**
 * Chooses among the readings of a line, of which there must be one.
 *
 * Pulse Secure escapes nothing, so several readings mean that a text which somebody typed imitates the vendor's. Such
 * texts are the name, which stands before the message and may be repeated in it, and the program of the client, which
 * stands last. A stranger types any name and gets a refusal; whoever holds a stolen password types a name that exists,
 * which imitates nothing, but any program. Two laws, the first before the second:
 *
 * 1. An imitation never becomes a login that succeeded. No account has a name that imitates, so only the first header
 *    can be that of a login, a passed factor or a session. Whether it is shows in the line's end, which a name cannot
 *    reach: a login with a program repeats the header's user, realm and address and ends with a dot behind the program
 *    (`isWholeLogin`), and no later reading may be what a device writes of a refusal (`mayRefuse`).
 * 2. A stolen login is never lost: the line is an event, and marked `recovered` as all lines of several readings are.
 *    A program that imitates a refusal which really ends with a dot, or a success that was cut off, cannot be told from
 *    a name, and reads as that refusal. The other lines of the same login, which name no program, still tell of it.
 *
 * Where nobody was let in, the reading counts whose message repeats the whole imitation as its own user's name, which
 * only the device's does; else the last one that tells of a refusal, else the last one whose words are known.
 */
export function chosenOf(readings: PulseReadings): PulseChoice {
  const first = choiceOf(readings[0] as PulseRecord)
  if (readings.length === 1) return first
  const choices = [first, ...readings.slice(1).map(choiceOf)]
  const login = choices.find((choice) => isOfFirstHeader(choice, first) && isAccepted(choice))
  if (login === undefined) return refusedOf(choices) ?? first
  const isLogin = isWholeLogin(login.record) && !choices.some((other) => speaksAgainst(other, login, choices))
  return (isLogin ? null : refusedOf(choices)) ?? login
}

function choiceOf(record: PulseRecord): PulseChoice {
  return { record, match: pulseMatchOf(record.code, record.message) }
}

/** True for a reading that has no more of the line in its user's name than the first one has. */
function isOfFirstHeader(choice: PulseChoice, first: PulseChoice): boolean {
  return choice.record.starts.realm === first.record.starts.realm
}

