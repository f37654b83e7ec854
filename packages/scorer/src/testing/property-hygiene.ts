import { dayOf, dayTextOf } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import fc from 'fast-check'
import { type Property, propertyOf } from './property-definition.ts'
import { expectSameAlerts } from './property-difference.ts'
import { runBatch } from './run.ts'
import { worldArbitrary } from './world.ts'

/** Families of stage U: what they say hangs on the user's own lines and the profile of the organisation. */
const USER_FAMILIES = new Set(['U1', 'U2', 'S1', 'M1', 'T2'])

/** From so many days after an alerted login on, travel and failures no longer look back at it. */
const FORGOTTEN_DAYS = 2

/** What teaches nothing: a user, day and source network. */
interface Withheld {
  readonly userKey: string
  readonly day: number
  readonly prefix: string
}

function withheldBy(alerts: readonly Alert[]): Withheld[] {
  return alerts.flatMap(({ severity, family, source, userKey, timestampMs }) => {
    const isHigh = severity === 'high' || severity === 'critical'
    if (!isHigh || !USER_FAMILIES.has(family) || source === null) return []
    return [{ userKey, day: dayOf(timestampMs), prefix: source.prefix }]
  })
}

/** What else is withheld of the user: it must be the same with and without the lines that are taken out. */
function othersOf(alerts: readonly Alert[], stolen: Withheld): string {
  const texts = withheldBy(alerts)
    .filter(({ userKey }) => userKey === stolen.userKey)
    .filter(({ day, prefix }) => day !== stolen.day || prefix !== stolen.prefix)
    .map(({ day, prefix }) => `${day} ${prefix}`)
  return [...new Set(texts)].sort().join()
}

/** How many users hold two sessions at a time is counted from all sessions, alerted or not: what hangs on it is left out. */
function withoutConcurrency(alerts: readonly Alert[]): Alert[] {
  return alerts
    .filter(({ terms }) => !terms.some(({ name }) => name === 'concurrent_sessions'))
    .map((alert) => ({ ...alert, inputs: { ...alert.inputs, profile: '' } }))
}

/** Learning hygiene: a stolen login makes no later one look familiar. */
export const HYGIENE_PROPERTIES: readonly Property[] = [
  propertyOf({
    name: 'stolen-logins-teach-nothing',
    invariants: ['I15'],
    statement:
      'the lines of a user, day and source network with a high or critical alert of stage U change no login score of the user two or more days later, unless other lines are alerted without them; concurrent sessions apart',
    cases: 600,
    rules: ['T1', 'U2'],
    arbitrary: fc.tuple(worldArbitrary, fc.nat()),
    holds: ([attempts, pick], seen) => {
      const alerts = runBatch(attempts)
      const withheld = withheldBy(alerts)
      const stolen = withheld[pick % withheld.length]
      if (stolen === undefined) return
      const isStolen = ({ event, prefix }: Attempt) =>
        event.userKey === stolen.userKey &&
        prefix === stolen.prefix &&
        dayOf(event.timestampMs) === stolen.day
      const isLater = ({ family, userKey, timestampMs }: Alert) =>
        family === 'U2' &&
        userKey === stolen.userKey &&
        dayOf(timestampMs) >= stolen.day + FORGOTTEN_DAYS
      const without = runBatch(attempts.filter((attempt) => !isStolen(attempt)))
      if (othersOf(without, stolen) !== othersOf(alerts, stolen)) return
      const later = withoutConcurrency(alerts.filter(isLater))
      seen.add(later)
      expectSameAlerts(
        `without the lines of ${stolen.userKey} at ${stolen.prefix} on ${dayTextOf(stolen.day)}`,
        withoutConcurrency(without.filter(isLater)),
        later,
      )
    },
  }),
]
