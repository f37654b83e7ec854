import type { DecidesRank, EventAction, LoggedEvent } from '@sekisho/event'
import type { VendorExplainer } from './form.ts'

/** Whether a line is one that counts as a login, and why. */
export interface Decision {
  readonly rank: DecidesRank
  /** A clause: `one factor was passed, which is not yet a login`. */
  readonly because: string
  /** The lines that decide where this one does not, in the vendor's words. */
  readonly decidedBy: readonly string[]
}

/** Says why an event has the rank it has, by what it tells of. */
export function decisionOf(event: Readonly<LoggedEvent>, explainer: VendorExplainer): Decision {
  const { decides, action } = event
  const because =
    decides === 'no'
      ? explainer.notALoginOf(event) || noLoginBecause(event)
      : loginBecause(event, decides)
  const isPartOfLogin = decides === 'unless' || (decides === 'no' && STEPS.has(action))
  const isNamed = event.userRaw !== ''
  const decidedBy = isPartOfLogin && isNamed ? explainer.decidingLinesOf(event) : []
  return { rank: decides, because, decidedBy }
}

/** What stands beside the line of a login. */
const STEPS: ReadonlySet<EventAction> = new Set([
  'vpn.negotiate',
  'vpn.login',
  'vpn.session.start',
  'auth.factor',
])

function loginBecause({ action, outcome }: LoggedEvent, rank: 'unless' | 'yes'): string {
  const isSession = action === 'vpn.session.start'
  if (outcome === 'failure') return 'it tells of a refusal, and every refusal counts'
  if (rank === 'yes')
    return isSession
      ? 'a session started, and for this way in no other line tells of the login'
      : 'it is the line that tells of a login that succeeded'
  return isSession
    ? 'a session started, which tells of a login only where no better line does'
    : 'a tunnel was agreed on, which tells of a login only where no better line does'
}

function noLoginBecause({ action, outcome }: LoggedEvent): string {
  const isRefusal = outcome === 'failure'
  switch (action) {
    case 'auth.factor':
      if (isRefusal) return 'a factor was refused; the refused login has a line of its own'
      return outcome === 'success'
        ? 'one factor was passed, which is not yet a login'
        : 'it tells of a step on the way to a login'
    case 'vpn.login':
      if (isRefusal) return 'it tells why a login was refused; the refusal has a line of its own'
      return 'it does not say whether the login succeeded'
    case 'vpn.connect':
    case 'vpn.negotiate':
    case 'auth.factor.sent':
    case 'unauthenticated.request':
      return 'it tells of a step before anybody has logged in'
    case 'vpn.session.start':
      return isRefusal
        ? 'a session could not start, which is no refusal of a login'
        : 'a session started after a login that has a line of its own'
    case 'vpn.session.update':
    case 'vpn.session.resume':
    case 'vpn.app':
      return 'it tells of a session that has begun before'
    case 'vpn.session.end':
    case 'vpn.logout':
      return 'it tells of the end of a session'
    case 'policy.check':
    case 'posture.check':
    case 'endpoint.state':
      return 'a condition was checked, which is no login'
    case 'auth.lockout':
    case 'auth.denied':
      return 'somebody was kept out, without a login that was tried'
    case 'other':
      return 'what its message means is not known, and what is not known is never a login'
    default:
      return `it tells of ${action}, which is no login at the VPN`
  }
}
