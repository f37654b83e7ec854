import type { PulseRow } from './row.ts'

/** `AUT21051` … `AUT21069`. */
function codesFrom(prefix: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${prefix}${first + index}`)
}

/**
 * Logins and their steps. Of rows that fit the same words the first counts.
 *
 * One login is up to six lines, one failure two: `decides` tells which one counts.
 */
export const PULSE_LOGIN_ROWS: readonly PulseRow[] = [
  // Primary authentication successful for r.haddad/AD-Main from 203.0.113.50
  {
    codes: ['AUT24326', 'AUT30684'],
    starts: ['Primary authentication successful'],
    action: 'auth.factor',
    outcome: 'success',
  },
  {
    codes: ['AUT24326', 'AUT30684'],
    starts: ['Secondary authentication successful'],
    action: 'auth.factor',
    outcome: 'success',
    factor: 'otp',
  },
  // Stands beside AUT23457, which decides.
  {
    codes: ['AUT24327', 'AUT30685'],
    starts: ['Primary authentication failed'],
    action: 'auth.factor',
    outcome: 'failure',
  },
  {
    codes: ['AUT24327', 'AUT30685'],
    starts: ['Secondary authentication failed'],
    action: 'auth.factor',
    outcome: 'failure',
    factor: 'otp',
    reason: 'second_factor',
  },
  // Login failed from 198.51.100.7 after 5 failed attempts. Subsequent attempts will be blocked for 2 minutes.
  {
    codes: ['AUT22675'],
    starts: ['Login failed from '],
    action: 'auth.lockout',
    outcome: 'failure',
    decides: 'yes',
    reason: 'locked',
  },
  // Login failed using auth server AD-Main (Active Directory).  Reason: Failed
  // Login failed for 'Primary' authentication using auth server 'ldap1' ('LDAP Server'). Reason: 'Short Password'
  {
    codes: ['AUT23457', 'AUT23458', 'AUT31985'],
    starts: ['Login failed'],
    action: 'vpn.login',
    outcome: 'failure',
    decides: 'yes',
  },
  // Agent login succeeded for r.haddad/Employees (session:sid1c85…) from 203.0.113.50 with Pulse-Secure/22.7.4.
  {
    codes: ['AUT24414'],
    starts: ['Agent login succeeded'],
    action: 'vpn.login',
    outcome: 'success',
    decides: 'yes',
  },
  // An interface for programs that administer the device; no host checker, no VPN.
  {
    codes: ['AUT24412'],
    starts: ['SOAP login succeeded'],
    action: 'admin.login',
    outcome: 'success',
    decides: 'yes',
    isAdmin: true,
  },
  // Login succeeded for vpnadm/Admin Users from 192.0.2.10 via management port.
  {
    codes: ['ADM22668', 'ADM22667', 'AUT31205'],
    starts: ['Login succeeded'],
    contains: 'via management port',
    action: 'admin.login',
    outcome: 'success',
    decides: 'yes',
    isAdmin: true,
  },
  {
    codes: ['AUT31504', 'AUT22670'],
    starts: ['Login succeeded'],
    action: 'vpn.login',
    outcome: 'success',
    decides: 'yes',
  },
  // Session created for user: [r.haddad/Employees] from [203.0.113.50] with primary auth-server type: [Radius Server], …
  {
    codes: ['AUT32033'],
    starts: ['Session created for user'],
    action: 'vpn.session.start',
    outcome: 'success',
    decides: 'unless',
  },
  // Login rejected from 198.51.100.7: the address, the realm or the role refuses.
  {
    codes: [
      ...codesFrom('AUT', 21051, 21069),
      ...['AUT22755', 'AUT22756', 'AUT22757', 'AUT22794', 'AUT22872'],
      ...['AUT24082', 'AUT24083', 'AUT24416', 'AUT24421'],
    ],
    starts: ['Login rejected from'],
    action: 'vpn.login',
    outcome: 'failure',
    decides: 'yes',
    reason: 'policy',
  },
  // User r.haddad denied access as the client version '9.1.3' is lower than the configured minimum '9.1.8'
  {
    starts: ['User '],
    contains: 'denied access as the client version',
    action: 'vpn.login',
    outcome: 'failure',
    decides: 'yes',
    reason: 'policy',
  },
  {
    codes: ['AUT21070', 'AUT21071'],
    starts: ['Next token required', 'New PIN required'],
    action: 'auth.factor',
    factor: 'otp',
  },
  // ACE (SecurID) refusals, for which no other line decides.
  {
    codes: codesFrom('AUT', 21073, 21081),
    action: 'auth.factor',
    outcome: 'failure',
    decides: 'yes',
    factor: 'otp',
    reason: 'second_factor',
  },
  // The client certificate is missing, invalid, unverified or revoked.
  {
    codes: ['AUT22679', 'AUT22680', 'AUT22682', 'AUT22952', 'AUT23156'],
    action: 'auth.factor',
    outcome: 'failure',
    decides: 'yes',
    factor: 'cert',
    reason: 'certificate',
  },
  { codes: ['AUT22681', 'AUT23216'], action: 'auth.factor', outcome: 'success', factor: 'cert' },
  // The account is disabled, locked out or expired on the server; stands beside AUT23457.
  {
    codes: ['AUT23355', 'AUT23356', 'AUT23357'],
    action: 'vpn.login',
    outcome: 'failure',
    reason: 'locked',
  },
  // Errors that the directory reports (clock skew, no such user, password incorrect); beside AUT23457.
  {
    codes: [...codesFrom('AUT', 30833, 30837), 'AUT30899', 'AUT24554'],
    action: 'auth.factor',
    outcome: 'failure',
  },
  { codes: ['SML31064'], action: 'auth.factor', outcome: 'success', factor: 'saml' },
  { codes: ['SML31067'], action: 'auth.factor', factor: 'saml' },
  { codes: ['SML31326'], action: 'auth.factor', outcome: 'failure', factor: 'saml' },
  // A login that was let past the one-time password.
  {
    codes: ['AUT31895'],
    action: 'auth.factor',
    outcome: 'success',
    factor: 'otp',
    indicator: 'factor-bypassed',
  },
]
