import type { AuthEvent, Place } from '@sekisho/event'
import type { AlertDraft } from '../alert-draft.ts'
import { sourceReuse } from '../source-reuse.ts'
import type { AnnotatedAttempt } from '../source-view.ts'
import { annotatedOf, attemptOf, type SourceSaid, viewOf } from './annotated.ts'
import { at, DAY, EVERYBODY } from './fake-user-view.ts'

const SUCCESS: Partial<AuthEvent> = { attempt: 'success', outcome: 'success' }
const HOSTING: Partial<Place> = {
  networkClass: 'hosting',
  country: 'NL',
  asn: 64510,
  asName: 'Network 64510',
}

/** A success that counts in every respect, with something else about it. */
export function success(
  user: string,
  time: string,
  flags: Partial<AnnotatedAttempt> = {},
  place: Partial<Place> = {},
  said: Partial<AuthEvent> = {},
): AnnotatedAttempt {
  const attempt = attemptOf(user, at(time), { ...SUCCESS, ...said }, { ...HOSTING, ...place })
  const known = { isKnown: true, isPerson: true, activeDays: 3 }
  return annotatedOf(attempt, 'success', { ...known, vouchedPrefixes: [`${user}'s`], ...flags })
}

/** What the rule says of a source network with these attempts. */
export function reuseAlertOf(
  annotated: readonly AnnotatedAttempt[],
  said: SourceSaid = {},
  day = DAY,
): AlertDraft | undefined {
  return sourceReuse(viewOf(annotated, said), day, [], EVERYBODY)[0]
}
