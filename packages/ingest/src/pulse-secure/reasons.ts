import type { AuthFactor, EventReason } from '@sekisho/event'
import { between } from './message.ts'

/** Words inside the text after `Reason:`, most telling first. Localised reasons fit none of them. */
const REASON_WORDS: readonly (readonly [word: string, reason: EventReason])[] = [
  ['certificate', 'certificate'],
  ['ip denied', 'policy'],
  ['no roles', 'policy'],
  ['realm', 'policy'],
  ['host checker', 'policy'],
  ['expired', 'password_expired'],
  ['disabled', 'locked'],
  ['lock', 'locked'],
  ['unknown user', 'user_unknown'],
  ['no such user', 'user_unknown'],
  ['token', 'second_factor'],
  ['password', 'denied'],
  ['failed', 'denied'],
]

/** The text after `Reason:` without quotes, or `reason code 3`; `''` when the message gives neither. */
export function reasonTextIn(message: string): string {
  const at = message.lastIndexOf('Reason:')
  if (at < 0) {
    const code = message.lastIndexOf('reason code ')
    return code < 0 ? '' : message.slice(code).trim()
  }
  const text = message.slice(at + 7).trim()
  return text.startsWith("'") && text.endsWith("'") && text.length > 1 ? text.slice(1, -1) : text
}

/**
 * What the failure of a login means. A refusal by the second server (`for 'Secondary' authentication`, or a server
 * of one-time passwords, which is always the second) comes after the password was right.
 */
export function pulseReasonOf(message: string, reasonText: string): EventReason {
  const isSecondary = message.includes("'Secondary'") || message.includes('(TOTP)')
  if (isSecondary) return 'second_factor'
  const folded = reasonText.toLowerCase()
  for (const [word, reason] of REASON_WORDS) if (folded.includes(word)) return reason
  return 'other'
}

/** Types of authentication servers, as the device names them. */
const SERVER_FACTORS: readonly (readonly [type: string, factor: AuthFactor])[] = [
  ['One-Time Password', 'otp'],
  ['ACE Server', 'otp'],
  ['Certificate Server', 'cert'],
  ['SAML', 'saml'],
  ['Local Authentication', 'password'],
  ['LDAP Server', 'password'],
  ['Active Directory', 'password'],
  ['Radius Server', 'password'],
]

function factorOfServer(type: string): AuthFactor {
  return SERVER_FACTORS.find(([name]) => type.includes(name))?.[1] ?? ''
}

/**
 * The strongest factor that a message tells of: the second server's where a session was created with two, else
 * the first's, else that of the server named in parentheses.
 */
export function factorIn(message: string): AuthFactor {
  const second = between(message, 'secondary auth-server type: [', ']')
  const first = between(message, 'primary auth-server type: [', ']')
  if (first !== '' || second !== '') return factorOfServer(second) || factorOfServer(first)
  const server = message.indexOf('auth server ')
  const reason = message.lastIndexOf('Reason:')
  return server < 0 ? '' : factorOfServer(message.slice(server, reason < 0 ? undefined : reason))
}
