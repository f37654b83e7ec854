import type { PulseRow } from './row.ts'

/** Policies, limits, administration, and signs of attack. */
export const PULSE_OTHER_ROWS: readonly PulseRow[] = [
  {
    codes: ['AUT23277', 'AUT30615'],
    starts: ['Testing '],
    contains: 'realm restrictions failed',
    action: 'policy.check',
    outcome: 'failure',
  },
  {
    codes: ['AUT23278', 'AUT30616'],
    contains: 'realm restrictions successfully passed',
    action: 'policy.check',
    outcome: 'success',
  },
  {
    codes: ['AUT30544'],
    starts: ['User chose to decline'],
    action: 'policy.check',
    outcome: 'failure',
  },
  {
    codes: ['AUT30544'],
    starts: ['User chose to proceed'],
    action: 'policy.check',
    outcome: 'success',
  },
  { codes: ['AUT30544'], action: 'policy.check' },
  // The licence's number of concurrent users is exceeded; a login only where somebody is turned away.
  {
    codes: ['AUT31085', 'AUT24417', 'AUT23551'],
    contains: 'is not allowed to login',
    action: 'vpn.login',
    outcome: 'failure',
    reason: 'policy',
  },
  { codes: ['AUT31085', 'AUT24417', 'AUT23551'], action: 'device.alert', outcome: 'failure' },
  { codes: ['AUT31666', 'AUT31667'], action: 'risk.vendor' },
  // A one-time password is registered, locked or unlocked; passwords are changed: daily business, no sign by itself.
  {
    codes: ['USR31399', 'USR31400', 'USR31401', 'USR31402', 'USR22898', 'USR24630'],
    action: 'account.change',
  },
  // User Accounts modified. Removed jdoe …
  {
    codes: ['ADM20716'],
    starts: ['User Accounts modified'],
    action: 'account.change',
    indicator: 'account-changed',
  },
  // Noise of browsers and scanners, never a failed login.
  {
    codes: ['AUT20920'],
    starts: ['Connection from '],
    contains: 'not authenticated yet',
    action: 'unauthenticated.request',
  },
  {
    codes: ['AUT31556'],
    starts: ['Unauthenticated request url'],
    action: 'unauthenticated.request',
  },
  { codes: ['SYS32026'], action: 'indicator', indicator: 'path-traversal' },
  // The integrity scan: no sign of anything when it counts no file (`pulse-secure/signs.ts`).
  {
    codes: ['SYS32039', 'SYS32040', 'SYS32041', 'SYS32042'],
    contains: 'Newly Detected Files',
    action: 'indicator',
    indicator: 'integrity-scan',
  },
  {
    codes: ['ADM20599'],
    contains: 'log has been cleared',
    action: 'indicator',
    indicator: 'log-cleared',
  },
  // Syslog server 192.0.2.77 removed from Events logs
  {
    codes: ['ADM20600', 'ADM20601'],
    starts: ['Syslog server'],
    contains: ' removed from ',
    action: 'config.change',
    indicator: 'log-target-changed',
  },
  {
    codes: ['ADM20600', 'ADM20601'],
    starts: ['Syslog server'],
    contains: ' added to ',
    action: 'config.change',
    indicator: 'log-target-changed',
  },
  // Recovery tokens and super administrator sessions; which code tells of a failure is not known.
  {
    codes: ['ADM24511', 'ADM23451', 'ADM23452', 'ADM23453'],
    action: 'admin.login',
    isAdmin: true,
    indicator: 'recovery-access',
  },
  {
    codes: ['AUT24604', 'AUT24605', 'AUT31487', 'AUT24563'],
    action: 'vpn.connect',
    outcome: 'failure',
  },
]
