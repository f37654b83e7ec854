import type { Attempt, AuthEvent } from '@sekisho/event'
import type { AlertDraft } from '../alert-draft.ts'
import { factorFatigue } from '../factor-fatigue.ts'
import {
  DAY,
  EVERYBODY,
  fakeUserView,
  HOME,
  HOSTING,
  type Known,
  lineAt,
  type TestNetwork,
} from './fake-user-view.ts'

/** A refused second factor. */
export function denied(time: string, from: TestNetwork = HOSTING): Attempt {
  return lineAt(time, from, { attempt: 'mfa_denied', outcome: 'failure' })
}

/** A login. */
export function login(time: string, from: TestNetwork, said: Partial<AuthEvent> = {}): Attempt {
  return lineAt(time, from, said)
}

/** Refusals in consecutive minutes of the hour of `09:00`. */
export function deniedTimes(count: number, from: TestNetwork = HOSTING): Attempt[] {
  return Array.from({ length: count }, (_, i) => denied(`9:0${i}`, from))
}

/** The alert about alice, who lives in Tokyo. */
export function fatigueAlertOf(known: Known): AlertDraft | undefined {
  const view = fakeUserView({ vouched: [HOME], countries: ['JP'], ...known })
  return factorFatigue(view, DAY, EVERYBODY)[0]?.draft
}

/** Its severity, or `none`. */
export function severityOf(known: Known): string {
  return fatigueAlertOf(known)?.severity ?? 'none'
}
