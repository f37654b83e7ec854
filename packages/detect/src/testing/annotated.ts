import {
  type Attempt,
  type AttemptOutcome,
  type AuthEvent,
  newLoggedEvent,
  type Place,
} from '@sekisho/event'
import { DEFAULT_CONFIG, type DetectConfig } from '../config.ts'
import { PANE_MS } from '../limits.ts'
import type { AnnotatedAttempt, SourceView, VouchedLogin } from '../source-view.ts'
import type { OrganisationProfile } from '../user-view.ts'

const NO_EVENT: AuthEvent = {
  ...newLoggedEvent('fortigate'),
  action: 'vpn.login',
  outcome: 'failure',
  attempt: 'bad_credential',
  sourceAddress: '203.0.113.7',
  gateway: 'gw-1',
  decides: 'yes',
}

/** A home line in Tokyo. */
export const HOME_LINE: Place = {
  hasLocation: true,
  latitude: 35.68,
  longitude: 139.76,
  radiusKm: 50,
  country: 'JP',
  city: '',
  asn: 64500,
  asName: 'Network 64500',
  networkClass: 'residential',
  why: 'a test',
}

/** A refused login of `userKey` at an instant, with whatever else is said of it. */
export function attemptOf(
  userKey: string,
  timestampMs: number,
  said: Partial<AuthEvent> = {},
  place: Partial<Place> = {},
): Attempt {
  const event = { ...NO_EVENT, userRaw: userKey, userName: userKey, userKey, timestampMs, ...said }
  const id = `${userKey}@${timestampMs}/${event.attempt}/${event.sourceAddress}`
  return {
    id,
    event,
    prefix: '203.0.113.0/24',
    place: { ...HOME_LINE, ...place },
    line: { path: 'test', number: 1 },
    rawSha256: id,
  }
}

/** An attempt with nothing known of its user but what is said. */
export function annotatedOf(
  attempt: Attempt,
  outcome: AttemptOutcome,
  flags: Partial<AnnotatedAttempt> = {},
): AnnotatedAttempt {
  return {
    attempt,
    outcome,
    isVouched: false,
    knowsAsn: false,
    knowsCountry: false,
    knowsDevice: false,
    isKnown: false,
    isPerson: false,
    isHomeCountry: false,
    isCold: false,
    bruteForce: null,
    activeDays: 0,
    vouchedPrefixes: [],
    ...flags,
  }
}

/** An organisation of which nothing is known but what is said. */
export function profileOf(said: Partial<OrganisationProfile> = {}): OrganisationProfile {
  return {
    day: 0,
    hash: '',
    firstDay: 0,
    userDays: 0,
    networkUserDays: () => 0,
    countryShare: () => 0,
    isSharedEgress: () => false,
    hasSucceededFrom: () => false,
    concurrentShare: 0,
    ...said,
  }
}

/** What a source network is asked about besides its attempts. */
export interface SourceSaid {
  readonly config?: DetectConfig
  readonly profile?: OrganisationProfile
}

/**
 * A source network that holds these attempts and no others. As in the state, of the vouched logins of one user in one
 * pane from one address only the first is kept, and without its line.
 */
export function viewOf(
  annotated: readonly AnnotatedAttempt[],
  { config = DEFAULT_CONFIG, profile = profileOf() }: SourceSaid = {},
): SourceView {
  const sorted = [...annotated].sort(
    (a, b) => timeOf(a) - timeOf(b) || (a.attempt.id < b.attempt.id ? -1 : 1),
  )
  const attempts = sorted.filter((each) => !isVouchedLogin(each))
  const vouched = vouchedLoginsOf(sorted)
  const success = sorted.find(({ outcome }) => outcome === 'success')
  return {
    config,
    profile,
    prefix: '203.0.113.0/24',
    attempts: (fromMs, toMs) =>
      attempts.filter((each) => timeOf(each) >= fromMs && timeOf(each) <= toMs),
    vouchedLogins: (fromMs, toMs) =>
      vouched.filter(({ timestampMs }) => timestampMs >= fromMs && timestampMs <= toMs),
    isCapped: () => false,
    firstSuccessMs: success === undefined ? null : timeOf(success),
  }
}

function timeOf({ attempt }: AnnotatedAttempt): number {
  return attempt.event.timestampMs
}

function isVouchedLogin({ outcome, isVouched }: AnnotatedAttempt): boolean {
  return outcome === 'success' && isVouched
}

function vouchedLoginsOf(sorted: readonly AnnotatedAttempt[]): VouchedLogin[] {
  const first = new Map<string, VouchedLogin>()
  for (const annotated of sorted.filter(isVouchedLogin)) {
    const { userKey, sourceAddress, timestampMs } = annotated.attempt.event
    const key = JSON.stringify([userKey, sourceAddress, Math.floor(timestampMs / PANE_MS)])
    if (!first.has(key)) first.set(key, { userKey, address: sourceAddress, timestampMs })
  }
  return [...first.values()]
}
