// The lines of Pulse Secure logins of one person, as docs/formats tells of them.
import { ADDRESS, type LoginLine, START_MS } from './fortigate-login-lines.ts'

const SID = 'sid1c850d898df0d4b958fe065b4127e61c219eaec44b017f79'

/** What a line tells: its code, which only some forms carry, and its message. */
export type Told = readonly [code: string, message: string]

/** The forms that Pulse Secure writes the same event in. */
export const PULSE_FORMS: readonly (readonly [name: string, line: (told: Told) => LoginLine])[] = [
  [
    '9.1 standard',
    ([, message]) =>
      (second) =>
        `2026-03-14T${clock(second)}+00:00 10.80.1.5 PulseSecure: - - - 2026-03-14 ${clock(second)} - pcs - [${ADDRESS}] jdoe(Staff)[Role] - ${message}`,
  ],
  [
    '22.x standard',
    ([, message]) =>
      (second) =>
        `<134>1 2026-03-14T${clock(second)}+00:00 pcs PulseSecure: - - - 2026-03-14 ${clock(second)} - pcs - [${ADDRESS}] Default Network::jdoe(Staff)[Role][9f3291bdc6] - ${message}`,
  ],
  [
    'WELF',
    ([code, message]) =>
      (second) =>
        `<134>1 2026-03-14T${clock(second)}+00:00 10.80.1.5 PulseSecure: - - - id=firewall time="2026-03-14 ${clock(second)}" pri=6 fw=10.80.1.5 vpn=pcs ivs=Default Network user=jdoe realm="Staff" roles="Role" sessionID="9f3291bdc6" proto=auth src=${ADDRESS} dst= dstname= type=vpn op= arg="" result= sent= rcvd= agent="" duration= msg="${code}: ${message}"`,
  ],
  [
    'pipe',
    ([code, message]) =>
      (second) =>
        `<14>1 2026-03-14T${clock(second)}+00:00 pcs PulseSecure: - - - pcs | 2026-03-14 ${clock(second)} | ${code} | info | 10.80.1.5 |  | ${ADDRESS} | jdoe | Staff |  |  |  |  |  |  | ${message}`,
  ],
  [
    'older export',
    ([, message]) =>
      (second) =>
        `info - [${ADDRESS}] - jdoe(Staff)[Role] - 2026/03/14 ${clock(second)} - ${message}`,
  ],
]

function clock(second: number): string {
  return new Date(START_MS + second * 1000).toISOString().slice(11, 19)
}

export const FIRST: Told = [
  'AUT24326',
  `Primary authentication successful for jdoe/AD-Main from ${ADDRESS}`,
]
export const SECOND: Told = [
  'AUT24326',
  `Secondary authentication successful for jdoe/OTP-1 from ${ADDRESS}`,
]
export const AGENT: Told = [
  'AUT24414',
  `Agent login succeeded for jdoe/Staff (session:${SID}) from ${ADDRESS} with Pulse-Secure/22.7.4.`,
]
export const AGENT_WITHOUT_SESSION: Told = [
  'AUT24414',
  `Agent login succeeded for jdoe/Staff from ${ADDRESS}.`,
]
export const BROWSER: Told = [
  'AUT31504',
  `Login succeeded for jdoe/Staff (session:00000000) from ${ADDRESS} with Mozilla/5.0.`,
]
export const CREATED: Told = [
  'AUT32033',
  `Session created for user: [jdoe/Staff] from [${ADDRESS}] with primary auth-server type: [Active Directory], primary auth-server name: [AD-Main], secondary auth-server type: [Time based One-Time Password (TOTP) Server], secondary auth-servername: [OTP-1], secondary auth-server user: [jdoe], mac-address: [00-00-5e-00-53-2b].`,
]
export const STARTED: Told = [
  'NWC23464',
  `VPN Tunneling: Session started for user  (session: ${SID}) with IPv4 address 10.60.4.21, hostname LT-0417`,
]
export const CONNECTED: Told = [
  'NWC30477',
  'VPN Tunneling: User with IP 10.60.4.21 connected with ESP transport mode.',
]
export const ESTABLISHED: Told = ['AUT32051', 'Established connection with type: [ESP]']
/** What follows a login whose tunnel comes up. */
export const TUNNEL = [STARTED, CONNECTED, ESTABLISHED]
export const REFUSED: Told = [
  'AUT24327',
  `Primary authentication failed for jdoe/AD-Main from ${ADDRESS}`,
]
export const SECOND_REFUSED: Told = [
  'AUT24327',
  `Secondary authentication failed for jdoe/OTP-1 from ${ADDRESS}`,
]
export const FAILED: Told = [
  'AUT23457',
  'Login failed using auth server AD-Main (Active Directory).  Reason: Failed',
]
export const SECOND_FAILED: Told = [
  'AUT23457',
  'Login failed using auth server OTP-1 (Time based One-Time Password (TOTP) Server).  Reason: Failed',
]
export const FAILED_22: Told = [
  'AUT31985',
  "Login failed for 'Primary' authentication using auth server 'AD-Main' ('Active Directory'). Reason: 'Wrong Password'",
]
export const LOCKED: Told = [
  'AUT22675',
  `Login failed from ${ADDRESS} after 5 failed attempts. Subsequent attempts will be blocked for 2 minutes.`,
]
export const REJECTED: Told = [
  'AUT21051',
  `Login rejected from ${ADDRESS} for jdoe/Staff: IP restriction.`,
]
export const OLD_CLIENT: Told = [
  'AUT99999',
  "User jdoe denied access as the client version '9.1.3' is lower than the configured minimum '9.1.8'",
]
// Codes whose texts are our own: the code counts, whatever the words.
export const NO_CERTIFICATE: Told = ['AUT22679', 'The client certificate is missing.']
export const DISABLED: Told = ['AUT23355', 'The account of jdoe is disabled on the server.']
export const DIRECTORY: Told = ['AUT30835', 'The directory says that the password is incorrect.']
export const CODE_NOT_TAKEN: Told = ['AUT21073', 'The token server refused the code of jdoe.']

/** The same line as the device writes it of itself: only the message names the person and the address. */
export function asDevice(line: string): string {
  if (line.includes(' id=firewall '))
    return line
      .replace(`src=${ADDRESS}`, 'src=127.0.0.1')
      .replace('user=jdoe realm="Staff" roles="Role"', 'user=System realm="" roles=""')
  if (line.includes(' | '))
    return line.replace(`${ADDRESS} | jdoe | Staff`, '127.0.0.1 | System | ')
  return line
    .replace(`- [${ADDRESS}] `, '- [127.0.0.1] ')
    .replace('jdoe(Staff)[Role]', 'System()[]')
}
