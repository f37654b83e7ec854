import type { PulseRow } from './row.ts'

/** Tunnels and sessions. Of rows that fit the same words the first counts. */
export const PULSE_SESSION_ROWS: readonly PulseRow[] = [
  // VPN Tunneling: Session started for user  (session: sid1c85…) with IPv4 address 10.60.4.21, hostname LT-0417
  {
    codes: ['NWC23464', 'NWC20752'],
    starts: ['VPN Tunneling: Session started', 'Network Connect: Session started'],
    action: 'vpn.session.start',
    outcome: 'success',
  },
  {
    codes: ['NWC23465', 'NWC20753'],
    starts: ['VPN Tunneling: Session ended', 'Network Connect: Session ended'],
    action: 'vpn.session.end',
    outcome: 'success',
  },
  {
    codes: ['NWC23466', 'NWC20754', 'NWC31000', 'NWC32180'],
    starts: ['VPN Tunneling: '],
    contains: 'cannot be allocated',
    action: 'vpn.session.start',
    outcome: 'failure',
  },
  // VPN Tunneling: User with IP 10.60.4.21 connected with ESP transport mode.  (not the start of the session)
  // VPN Tunneling: r.haddad/Employees : Session failover attempted with IP 10.60.4.21
  {
    codes: ['NWC30477', 'ERR23467'],
    starts: ['VPN Tunneling: ', 'Network Connect: '],
    action: 'vpn.session.update',
  },
  // Established connection with type: [ESP]; Key Exchange number 3 occurred for user with NCIP 10.60.4.21
  {
    codes: ['AUT32051', 'NWC23508', 'NWC24328', 'NWC32001', 'NWC32164', 'NWC32185'],
    starts: [
      'Established connection with type',
      'Key Exchange number',
      'Transport mode switched',
      ':Client connection done',
      'Client connection done',
    ],
    action: 'vpn.session.update',
  },
  // Closed connection to fileserver port 445 after 12 seconds, …: an access record (`pulse-secure/event.ts` tells it from
  // the tunnel's own end by the port).
  {
    codes: ['NWC30993'],
    starts: ['Closed connection to'],
    action: 'vpn.session.end',
    outcome: 'success',
  },
  // Session:[9f3291bdc6] for user:[r.haddad] with roles:[Staff] deleted. Bandwidth consumed [88213] bytes
  {
    codes: ['AUT31829'],
    starts: ['Session:['],
    contains: 'deleted',
    action: 'vpn.session.end',
    outcome: 'success',
  },
  {
    codes: ['AUT22673', 'AUT24415', 'ADM22671'],
    starts: ['Logout from'],
    action: 'vpn.logout',
    outcome: 'success',
  },
  // Session timed out for r.haddad/Employees (session:sid1c85…) due to inactivity (last access at 08:12:40 2026/03/14).
  {
    codes: ['AUT22886', 'AUT20915', 'AUT20914', 'ADM22818'],
    starts: ['Session timed out', 'Max session timeout'],
    action: 'vpn.session.end',
  },
  // r.haddad/Employees logged out from IP (203.0.113.50) because user started new session from IP (198.51.100.7).
  {
    codes: ['AUT23574', 'AUT22674', 'AUT24567', 'ADM22672'],
    contains: 'because user started new session',
    action: 'vpn.session.end',
  },
  // Deleted by a policy, terminated, forced off by an administrator.
  { codes: ['AUT23523', 'AUT23181', 'ADM23534'], action: 'vpn.session.end' },
  {
    codes: ['EAM24460', 'AUT30505'],
    starts: ['Session resumed from user agent', 'Session migrated'],
    action: 'vpn.session.resume',
    outcome: 'success',
  },
  {
    codes: ['AUT24751', 'AUT24752', 'EAM30446'],
    starts: ['Session extended'],
    action: 'vpn.session.update',
    outcome: 'success',
  },
  // Remote address for user r.haddad/Employees changed from 203.0.113.50 to 198.51.100.7. Access denied.
  {
    codes: ['AUT20918', 'ADM22894'],
    starts: ['Remote address for user'],
    contains: 'Access denied',
    action: 'vpn.session.update',
    outcome: 'failure',
  },
  {
    codes: ['AUT20919'],
    starts: ['Remote address for user'],
    contains: 'changed from',
    action: 'vpn.session.update',
    outcome: 'success',
    attempt: 'session_move',
  },
  {
    codes: ['AUT24803', 'AUT22923'],
    starts: ['Host Checker policy'],
    contains: ' passed',
    action: 'posture.check',
    outcome: 'success',
  },
  {
    codes: ['AUT24804', 'AUT22925'],
    starts: ['Host Checker policy'],
    contains: ' failed',
    action: 'posture.check',
    outcome: 'failure',
  },
  // Timed out.
  { codes: ['AUT22927'], action: 'posture.check' },
  {
    starts: ['Host Checker Compliance Result'],
    contains: "['Compliant']",
    action: 'posture.check',
    outcome: 'success',
  },
  { starts: ['Host Checker Compliance Result'], action: 'posture.check', outcome: 'failure' },
]
