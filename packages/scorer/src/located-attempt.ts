import type { SortableAttempt } from '@sekisho/bus'
import type { DetectConfig } from '@sekisho/detect'
import { type Attempt, type AuthEvent, type Locator, prefixOf } from '@sekisho/event'

/** Outcomes that the rules read; everything else is parsed and counted only. */
const SCORED = new Set<AuthEvent['attempt']>([
  'success',
  'bad_credential',
  'unknown_user',
  'disabled_or_locked',
  'expired_password',
  'mfa_denied',
  'policy_denied',
  'session_start',
  'session_end',
  'session_move',
])

/** True for events that the scorer reads: a person, an address and an outcome that means something. */
export function isScored(event: AuthEvent): boolean {
  return event.userKey !== '' && event.sourceAddress !== '' && SCORED.has(event.attempt)
}

/** Says where the client of an attempt was, and whose account it is in this tenant. */
export function locatedAttempt(
  { id, event, line, rawSha256 }: SortableAttempt,
  locator: Locator,
  config: DetectConfig,
): Attempt {
  const userKey = userKeyIn(config, event)
  return {
    id,
    event: userKey === event.userKey ? event : { ...event, userKey },
    prefix: prefixOf(event.sourceAddress),
    place: locator.locate(event.sourceAddress),
    line,
    rawSha256,
  }
}

/** The tenant's own `@suffix` taken off, and realms that are directories of their own kept apart (A.0). */
function userKeyIn({ identity }: DetectConfig, event: AuthEvent): string {
  const at = event.userKey.lastIndexOf('@')
  const isOwn = at > 0 && identity.stripSuffixes.includes(event.userKey.slice(at + 1))
  const key = isOwn ? event.userKey.slice(0, at) : event.userKey
  return identity.separateRealms.includes(event.realm) ? `${event.realm}/${key}` : key
}
