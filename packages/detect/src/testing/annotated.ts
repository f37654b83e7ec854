import {
  type Attempt,
  type AttemptOutcome,
  type AuthEvent,
  newLoggedEvent,
  type Place,
} from '@sekisho/event'
import type { AnnotatedAttempt, SourceView } from '../source-view.ts'

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
    isMisspelt: false,
    isHomeCountry: false,
    isCold: false,
    bruteForce: null,
    ...flags,
  }
}

/** A source network that holds these attempts and no others. */
export function viewOf(annotated: readonly AnnotatedAttempt[]): SourceView {
  const sorted = [...annotated].sort(
    (a, b) =>
      a.attempt.event.timestampMs - b.attempt.event.timestampMs ||
      (a.attempt.id < b.attempt.id ? -1 : 1),
  )
  const success = sorted.find(({ outcome }) => outcome === 'success')
  return {
    prefix: '203.0.113.0/24',
    attempts: (fromMs, toMs) =>
      sorted.filter(
        ({ attempt }) => attempt.event.timestampMs >= fromMs && attempt.event.timestampMs <= toMs,
      ),
    isCapped: () => false,
    firstSuccessMs: success === undefined ? null : success.attempt.event.timestampMs,
  }
}
