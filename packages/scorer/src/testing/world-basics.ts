import { DAY_MS, HOUR_MS } from '@sekisho/detect'
import type { AttemptOutcome } from '@sekisho/event'
import fc from 'fast-check'
import { NETWORKS, type Sketch, WORLD_DAY } from './world-sketch.ts'

/** Days of the longest world; most happen in the first two weeks. */
const WORLD_DAYS_MAX = 21
const WORLD_DAYS = 14

/** Everybody who works in the test world. */
export const PEOPLE = ['aoki', 'berg', 'chiba', 'doi', 'endo', 'fuji'] as const

/** Somebody who worked here half a year before the world begins. */
export const DORMANT = 'gama'

/** Somebody who has never logged in. */
export const NEWCOMER = 'hara'

const USER_AGENTS = ['', 'FortiClient/7.0.1 (Windows 10)', 'Pulse-Secure/9.1.11 (Windows 10)']

/** The device and client program of a person; some have none that the lines name. */
function equipmentOf(user: string): Pick<Sketch, 'deviceId' | 'userAgent' | 'realm'> {
  const number = user.charCodeAt(0)
  return {
    deviceId: number % 2 === 0 ? '' : `device-${user}`,
    userAgent: USER_AGENTS[number % USER_AGENTS.length],
    realm: number % 3 === 0 ? 'Staff' : '',
  }
}

/** Equipment that is the person's own, nobody's, or somebody else's. */
export const equipmentArbitrary = (
  user: string,
): fc.Arbitrary<Pick<Sketch, 'deviceId' | 'userAgent' | 'realm'>> =>
  fc.constantFrom({}, equipmentOf(user), {
    deviceId: 'device-other',
    userAgent: 'curl/8.5.0',
    realm: 'Admins',
  })

/** Times that crowd around midnight, whole hours and each other. */
export const timeArbitrary = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: WORLD_DAYS - 1 }) },
      { weight: 1, arbitrary: fc.integer({ min: WORLD_DAYS, max: WORLD_DAYS_MAX - 1 }) },
    ),
    fc.oneof(
      fc.constantFrom(
        0,
        1,
        60_000,
        119_000,
        121_000,
        DAY_MS - 1,
        DAY_MS - 60_000,
        DAY_MS - 120_000,
      ),
      fc.integer({ min: 0, max: 23 }).map((hour) => hour * HOUR_MS),
      fc.integer({ min: 0, max: DAY_MS / 1000 - 1 }).map((second) => second * 1000),
    ),
  )
  .map(([day, ms]) => (WORLD_DAY + day) * DAY_MS + ms)

const outcomeArbitrary = fc.oneof(
  { weight: 6, arbitrary: fc.constant<AttemptOutcome>('success') },
  { weight: 5, arbitrary: fc.constant<AttemptOutcome>('bad_credential') },
  { weight: 1, arbitrary: fc.constant<AttemptOutcome>('mfa_denied') },
  { weight: 1, arbitrary: fc.constant<AttemptOutcome>('disabled_or_locked') },
  { weight: 1, arbitrary: fc.constantFrom<AttemptOutcome>('session_end', 'session_move') },
)

/** Any line at all. */
export const sketchArbitrary: fc.Arbitrary<Sketch> = fc
  .record({
    user: fc.constantFrom(...PEOPLE),
    network: fc.integer({ min: 0, max: NETWORKS - 1 }),
    host: fc.integer({ min: 1, max: 3 }),
    timestampMs: timeArbitrary,
    outcome: outcomeArbitrary,
    gateway: fc.integer({ min: 1, max: 2 }),
    session: fc.integer({ min: 0, max: 2 }),
    isOwnEquipment: fc.boolean(),
  })
  .map(({ isOwnEquipment, ...sketch }) => ({
    ...sketch,
    ...(isOwnEquipment ? equipmentOf(sketch.user) : {}),
  }))

/** A working day's login of an honest user, two weeks or three: the history that makes attacks stand out. */
export function habitOf(user: string, network: number, isLong: boolean): Sketch[] {
  return Array.from({ length: isLong ? WORLD_DAYS_MAX : WORLD_DAYS }, (_, day) => ({
    user,
    network,
    host: 1,
    timestampMs: (WORLD_DAY + day) * DAY_MS + 8 * HOUR_MS + network * 1000,
    outcome: 'success' as const,
    gateway: 1,
    session: 0,
    ...equipmentOf(user),
  }))
}

/** Logins long before the world: of the dormant user, and so many of the organisation that a month of history is there. */
export function earlierLogins(hasHistory: boolean, dormantDays: number | null): Sketch[] {
  const login = (user: string, daysBefore: number): Sketch => ({
    user,
    network: 0,
    host: 1,
    timestampMs: (WORLD_DAY - daysBefore) * DAY_MS + 8 * HOUR_MS,
    outcome: 'success',
    gateway: 1,
    session: 0,
  })
  return [
    ...(dormantDays === null ? [] : [login(DORMANT, 250), login(DORMANT, dormantDays)]),
    ...(hasHistory ? [login('aoki', 50), login('aoki', 25)] : []),
  ]
}
