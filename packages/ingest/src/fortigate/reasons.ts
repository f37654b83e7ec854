import type { EventReason } from '@sekisho/event'

/**
 * Words inside the reason of a failed login, most telling first, and what they mean.
 * `permission_denied` is also what a wrong password gives, so it never means that a policy refused.
 */
const REASON_WORDS: readonly (readonly [word: string, reason: EventReason])[] = [
  ['unknown_user', 'user_unknown'],
  ['name_invalid', 'user_unknown'],
  ['permission_denied', 'denied'],
  ['passwd_invalid', 'denied'],
  ['authentication failed', 'denied'],
  ['cert', 'certificate'],
  ['expired', 'password_expired'],
  ['token', 'second_factor'],
  ['two_factor', 'second_factor'],
  ['two-factor', 'second_factor'],
  ['twofactor', 'second_factor'],
  ['lock', 'locked'],
  ['exceed_limit', 'locked'],
]

/** Reasons that were looked up; a gateway writes a handful, strangers none. */
const KNOWN_MAX = 1024
const known = new Map<string, EventReason>()

/** What the reason of a failed FortiGate login means: `other` when nobody knows. */
export function fortigateReasonOf(raw: string): EventReason {
  const reason = known.get(raw)
  if (reason !== undefined) return reason
  if (known.size >= KNOWN_MAX) known.clear()
  const found = foundReasonOf(raw.toLowerCase())
  known.set(raw, found)
  return found
}

function foundReasonOf(folded: string): EventReason {
  for (const [word, reason] of REASON_WORDS) if (folded.includes(word)) return reason
  return 'other'
}
