import { type PulseMatch, pulseMatchOf } from './outcomes.ts'
import { type PulseReadings, type PulseRecord, READINGS_MAX } from './record.ts'
import { isWholeLogin, mayRefuse, repeatsName } from './witnesses.ts'

/** The reading of a line that counts, and its row. */
export interface PulseChoice {
  readonly record: PulseRecord
  readonly match: PulseMatch | null
}

/**
 * Chooses among the readings of a line, of which there must be one.
 *
 * Pulse Secure escapes nothing, so several readings mean that a text which somebody typed imitates the vendor's. Such
 * texts are the name, which stands before the message and may be repeated in it, and the client's program, which
 * stands last. A stranger types any name and is refused. Whoever holds a stolen password types a name that exists and
 * so imitates nothing, but any program. Two laws, the first before the second:
 *
 * 1. An imitation never becomes a login that succeeded. No account has a name that imitates, so a login, a passed
 *    factor or a session has the first header. Whether it is one shows at the end of the line, which a name does not
 *    reach: a login repeats its header's user, realm and address and ends with a dot behind the program
 *    (`isWholeLogin`), and no other reading may be what the device writes of a refusal (`mayRefuse`). All readings must
 *    have been weighed for that. What is left: a refusal of a new release, or a translated one, that ends with a dot and
 *    does not repeat its name.
 * 2. A stolen login is never lost: its line is an event, marked `recovered` and `imitated-line` like every line of
 *    several readings. A program that imitates one of the two refusals which the device ends with a dot, or whose own
 *    dot was cut off, cannot be told from a name and is read as that refusal.
 *
 * Where nobody was let in, a reading that tells of a refusal counts, else one whose words are known, else the first;
 * of several that whose message repeats the whole imitation as its user's name, as only the device's can, else the last.
 */
export function chosenOf(readings: PulseReadings): PulseChoice {
  const first = choiceOf(readings[0] as PulseRecord)
  if (readings.length === 1) return first
  const choices = [first, ...readings.slice(1).map(choiceOf)]
  const inside = insideIn(choices)
  const others = choices.filter((choice) => !isOfAccount(choice))
  if (inside === undefined) return refusalIn(others, choices) ?? first
  if (isToldBeforeName(inside)) return inside
  const areAllWeighed = placesOf(choices) < READINGS_MAX
  if (areAllWeighed && isBelieved(inside, others, choices)) return inside
  const refusal = refusalIn(others, choices) ?? others.at(-1)
  return refusal ?? (areAllWeighed ? inside : { record: inside.record, match: null })
}

/** The reading of the first header that tells of somebody inside: the one of a whole login, else the first. */
function insideIn(choices: readonly PulseChoice[]): PulseChoice | undefined {
  const all = choices.filter((choice) => isOfFirstHeader(choice, choices) && isOfAccount(choice))
  return all.find((choice) => isAccepted(choice) && isWholeLogin(choice.record)) ?? all[0]
}

/** True when nothing speaks against it that somebody is inside, as a reading tells. */
function isBelieved(
  inside: PulseChoice,
  others: readonly PulseChoice[],
  choices: readonly PulseChoice[],
): boolean {
  const isWhole = !isAccepted(inside) || isWholeLogin(inside.record)
  return isWhole && !others.some((other) => speaksAgainst(other, choices))
}

/** Places where the message may begin. */
function placesOf(choices: readonly PulseChoice[]): number {
  return new Set(choices.map(({ record }) => record.starts.message)).size
}

/** True where the message's code stands before the name, as in the pipe form: then nothing typed can touch it. */
function isToldBeforeName({ record, match }: PulseChoice): boolean {
  const { code, user } = record.starts
  return code >= 0 && code < user && match?.row.codes?.includes(record.code) === true
}

function choiceOf(record: PulseRecord): PulseChoice {
  return { record, match: pulseMatchOf(record.code, record.message) }
}

/** True for a reading in which no more of the line is header than in the first one. */
function isOfFirstHeader({ record }: PulseChoice, choices: readonly PulseChoice[]): boolean {
  const first = (choices[0] as PulseChoice).record
  return record.starts.realm === first.starts.realm && record.starts.roles === first.starts.roles
}

/** The last place where the message may begin. */
function lastPlaceOf(choices: readonly PulseChoice[]): number {
  return (choices.at(-1) as PulseChoice).record.starts.message
}

/** True for what tells that somebody was let in, or past a factor. */
function isAccepted({ match }: PulseChoice): boolean {
  if (match === null || match.row.outcome !== 'success') return false
  const { action, decides } = match.row
  const isLogin = action === 'vpn.login' || action === 'admin.login' || action === 'auth.factor'
  return isLogin || decides === 'unless'
}

/** True for what only somebody with an account does, whatever becomes of it. */
function isOfAccount(choice: PulseChoice): boolean {
  const action = choice.match?.row.action ?? ''
  return isAccepted(choice) || action.startsWith('vpn.session.') || action === 'vpn.logout'
}

/**
 * True when a reading may be the device's where another one tells of somebody inside. One that is not the last has
 * imitations in its message, which only the repeated name can explain; so it must have an imitation in its name, and
 * words that are known, or repeat that name to the letter.
 */
function speaksAgainst(choice: PulseChoice, choices: readonly PulseChoice[]): boolean {
  const { record, match } = choice
  const last = lastPlaceOf(choices)
  if (record.starts.message !== last) {
    if (isOfFirstHeader(choice, choices)) return false
    if (match === null && !repeatsName(record, last)) return false
  }
  if (match?.row.action === 'posture.check') return false
  return mayRefuse(match, record, repeatsName(record, last))
}

/** The reading that counts where nobody was let in, null when the words of none are known. */
function refusalIn(
  others: readonly PulseChoice[],
  choices: readonly PulseChoice[],
): PulseChoice | null {
  const known = others.filter(({ match }) => match !== null)
  const failed = known.filter(({ match }) => match?.row.outcome === 'failure')
  const weighed = failed.length > 0 ? failed : known
  return longestRepeating(weighed, choices) ?? lastInWords(weighed)
}

/** The reading whose message repeats its user's name with all imitations in it; one name may begin like another. */
function longestRepeating(
  weighed: readonly PulseChoice[],
  choices: readonly PulseChoice[],
): PulseChoice | null {
  const last = lastPlaceOf(choices)
  let longest: PulseChoice | null = null
  for (const choice of weighed) {
    const length = longest?.record.user.length ?? 0
    if (choice.record.user.length > length && repeatsName(choice.record, last)) longest = choice
  }
  return longest
}

/** The last one that fits its row's words, else the last one. */
function lastInWords(weighed: readonly PulseChoice[]): PulseChoice | null {
  return weighed.findLast(({ match }) => match?.words !== '') ?? weighed.at(-1) ?? null
}
