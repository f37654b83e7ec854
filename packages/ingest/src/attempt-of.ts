import type {
  AttemptOutcome,
  AuthFactor,
  DecidesRank,
  EventAction,
  EventOutcome,
  EventReason,
} from '@sekisho/event'

/** What an attempt follows from. */
export interface Claim {
  readonly action: EventAction
  readonly outcome: EventOutcome
  readonly decides: DecidesRank
  readonly reason: EventReason
  readonly factor: AuthFactor
}

/**
 * What an event means to the rules.
 *
 * - A session that starts and may itself be the login (`decides` is `unless` or `yes`) is a `success`: gateways
 *   exist that write no other line of a login. Grouping keeps it from counting twice. Any other session start
 *   is `session_start`.
 * - The end of a session is `session_end`, also by a timeout, whose outcome is unknown.
 * - A failed second factor is `mfa_denied` beside the line that decides the login; it proves that the password
 *   is known. Other factor lines mean nothing alone, unless the vendor writes no other line for the failure
 *   (a missing certificate): then the login was refused by policy.
 */
export function attemptOf(claim: Claim): AttemptOutcome {
  const { action, outcome } = claim
  switch (action) {
    case 'vpn.login':
      if (outcome === 'success') return 'success'
      return outcome === 'failure' ? failureOf(claim.reason) : 'none'
    case 'vpn.session.start':
      if (outcome !== 'success') return 'none'
      return claim.decides === 'no' ? 'session_start' : 'success'
    case 'vpn.session.end':
    case 'vpn.logout':
      return outcome === 'failure' ? 'none' : 'session_end'
    case 'auth.lockout':
      return 'disabled_or_locked'
    case 'auth.factor':
      if (outcome !== 'failure') return 'none'
      if (claim.factor === 'otp') return 'mfa_denied'
      return claim.decides === 'yes' ? 'policy_denied' : 'none'
    case 'admin.login':
    case 'admin.logout':
    case 'admin.activity':
      return 'admin'
    default:
      return 'none'
  }
}

function failureOf(reason: EventReason): AttemptOutcome {
  switch (reason) {
    case 'user_unknown':
      return 'unknown_user'
    case 'locked':
      return 'disabled_or_locked'
    case 'password_expired':
      return 'expired_password'
    case 'second_factor':
      return 'mfa_denied'
    case 'certificate':
    case 'policy':
      return 'policy_denied'
    default:
      return 'bad_credential'
  }
}
