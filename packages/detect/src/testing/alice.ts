import type { Attempt } from '@sekisho/event'
import { DEFAULT_CONFIG, type DetectConfig } from '../config.ts'
import { type LimitOverrides, limitsOf } from '../limits.ts'
import type { LoginContext, LoginTerm } from '../login-terms/login-term.ts'
import type { OrganisationProfile, Presence, SessionSpan, UserView } from '../user-view.ts'
import { profileOf } from './annotated.ts'
import {
  at,
  DAY,
  fakeUserView,
  HOME,
  type Known,
  lineAt,
  type TestNetwork,
} from './fake-user-view.ts'

/** A thousand user-days, all at one Japanese provider; 60 days old. */
export function japaneseProfile(said: Partial<OrganisationProfile> = {}): OrganisationProfile {
  return profileOf({
    firstDay: DAY - 60,
    userDays: 1000,
    networkUserDays: (asn) => (asn === HOME.place.asn ? 1000 : 0),
    countryShare: (country) => (country === 'JP' ? 1 : 0),
    ...said,
  })
}

/** Sixty days at home in Tokyo, with one laptop, one program, one gateway and one realm, at any time of the day. */
export const ALICE: Known = {
  profile: japaneseProfile(),
  vouched: [HOME],
  days: [[HOME, 60]],
  countries: ['JP'],
  devices: ['laptop'],
  knowsClient: (family) => family === 'forticlient',
  knowsGateway: (group) => group === 'gw-1',
  knowsRealm: (realm) => realm === 'staff',
  activeDaysBefore: () => 60,
  lastActiveDayBefore: (day) => day - 1,
  firstActiveDayBefore: (day) => day - 60,
  alwaysNamesDevice: () => true,
}

/** Alice, with something else known of her. */
export function aliceWith(known: Known = {}): UserView {
  return fakeUserView({ ...ALICE, ...known })
}

/** The default configuration with some limits changed. */
export function configWith(limits: LimitOverrides, more: Partial<DetectConfig> = {}): DetectConfig {
  return { ...DEFAULT_CONFIG, ...more, limits: limitsOf(limits) }
}

/** What a group of terms is asked about a login of alice's. */
export function contextOf(login: Attempt, known: Known = {}): LoginContext {
  const view = aliceWith({ ...known, lines: [login, ...(known.lines ?? [])] })
  const isVouched = view.isVouched(login.prefix, login.event.timestampMs)
  return { view, day: DAY, login, isVouched, activeDays: view.activeDaysBefore(DAY) }
}

/** Names of terms with their values in 1/1024 nat. */
export function valuesOf(terms: readonly LoginTerm[]): Record<string, number> {
  return Object.fromEntries(terms.map(({ name, units }) => [name, units]))
}

/** A presence in a network from one time to another; `08:00` alone is one login. */
export function presenceOf(
  network: TestNetwork,
  from: string,
  to: string = from,
  more: Partial<Presence> = {},
): Presence {
  const first = lineAt(from, network)
  const last = to === from ? first : lineAt(to, network, { attempt: 'session_end' })
  const { prefix, place } = first
  return { prefix, place, first, last, firstMs: at(from), lastMs: at(to), isLogin: true, ...more }
}

/** A session that ended. */
export function sessionOf(network: TestNetwork, from: string, to: string): SessionSpan {
  const attempt = lineAt(to, network, { attempt: 'session_end' })
  return { startMs: at(from), endMs: at(to), attempt }
}
