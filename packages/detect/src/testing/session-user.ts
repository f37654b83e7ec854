import type { Attempt, AuthEvent } from '@sekisho/event'
import type { AlertDraft } from '../alert-draft.ts'
import { sessionTheft } from '../session-theft.ts'
import {
  CARRIER,
  DAY,
  EVERYBODY,
  fakeUserView,
  HOME,
  type Known,
  lineAt,
  type TestNetwork,
} from './fake-user-view.ts'

/** A line of session 7, a login unless it says something else. */
export function used(time: string, from: TestNetwork, said: Partial<AuthEvent> = {}): Attempt {
  return lineAt(time, from, { sessionId: '7', ...said })
}

/** Alerts about alice, who lives in Tokyo and has a phone. */
export function sessionAlertsOf(known: Known, day = DAY): AlertDraft[] {
  const view = fakeUserView({
    vouched: [HOME],
    days: [
      [HOME, 5],
      [CARRIER, 2],
    ],
    ...known,
  })
  return sessionTheft(view, day, EVERYBODY).map(({ draft }) => draft)
}
