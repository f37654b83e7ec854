import { expect, test } from '@jest/globals'
import { assignedIn, clientIn } from './addresses.ts'
import {
  bytesIn,
  durationIn,
  hostNameIn,
  macAddressIn,
  sessionIn,
  subjectOf,
  userAgentIn,
} from './message.ts'

test.each([
  ['Agent login succeeded for jdoe/Realm from 198.51.100.7.', 'jdoe', 'Realm'],
  [
    'Login succeeded for host/pc-17/Machines (session:1f9e20b7) from 198.51.100.7.',
    'host/pc-17',
    'Machines',
  ],
  ['Session created for user: [jdoe/Realm (MAC)] from [198.51.100.7] with', 'jdoe', 'Realm (MAC)'],
  ['Session:[9f3291bdc6] for user:[jdoe] with roles:[Staff] deleted.', 'jdoe', ''],
  ['Remote address for user jdoe/Realm changed from 192.0.2.1 to 192.0.2.2.', 'jdoe', 'Realm'],
  ['jdoe/Realm logged out from IP (192.0.2.1) because', 'jdoe', 'Realm'],
  ["User jdoe denied access as the client version 'v' is lower", 'jdoe', ''],
  ['Session timed out for jdoe/Realm (session:1f9e20b7) due to inactivity', 'jdoe', 'Realm'],
  ['Connection from IP 192.0.2.1 not authenticated yet', '', ''],
  ['VPN Tunneling: Session started for user with IPv4 address 10.0.0.1', '', ''],
])('the person of %j', (message, user, realm) => {
  expect(subjectOf(message)).toEqual({ user, realm })
})

test.each([
  ['Agent login succeeded for a/R from 198.51.100.7 with X from 192.0.2.1.', false, '198.51.100.7'],
  ['Primary authentication failed for a from 192.0.2.1/S from 198.51.100.7', true, '198.51.100.7'],
  ['Connection from IP 198.51.100.7 not authenticated yet', true, '198.51.100.7'],
  ['Session created for user: [a/R] from [2001:DB8::7] with', false, '2001:db8::7'],
  ['Login rejected from 198.51.100.7 for a from 192.0.2.1/R.', true, '198.51.100.7'],
  ['Login failed from 198.51.100.7 after 5 failed attempts from 192.0.2.1.', true, '198.51.100.7'],
  [
    'Connection from IP 198.51.100.7 not authenticated yet (URL=/ from 192.0.2.1)',
    true,
    '198.51.100.7',
  ],
  [
    'Unauthenticated request url /a from 192.0.2.1 came from IP 198.51.100.7.',
    true,
    '198.51.100.7',
  ],
  ['logged out from IP (198.51.100.7) because', false, '198.51.100.7'],
  ['Logout from pc-17', false, ''],
  ['from 999.1.1.1', false, ''],
])('the client of %j', (message, isLast, address) => {
  expect(clientIn(message, isLast)).toBe(address)
})

test.each([
  ['Session started for user with IPv4 address 10.60.4.21, hostname LT-0417', '10.60.4.21'],
  ['Session started for user with IP 10.60.4.21, hostname LT-0417', '10.60.4.21'],
  ['User with IP 10.60.4.21 connected with ESP transport mode.', '10.60.4.21'],
  ['Key Exchange number 3 occured for user with NCIP 10.60.4.21', '10.60.4.21'],
  ['IP address cannot be allocated to user', ''],
])('the assigned address of %j', (message, address) => {
  expect(assignedIn(message)).toBe(address)
})

test.each([
  ['x (session:sid1c85)', 'sid1c85'],
  ['x (session: sid1c85) with', 'sid1c85'],
  ['x (session:00000000) y', ''],
  [':Client connection done for sid1c85, reason code 3', 'sid1c85'],
  ['x', ''],
])('the session of %j', (message, session) => {
  expect(sessionIn(message)).toBe(session)
})

test.each([
  ['Login succeeded for a/R from 192.0.2.1 with Mozilla/5.0 (X).', 'Mozilla/5.0 (X)'],
  ["Session resumed from user agent 'Pulse/22.7' (session:1)", 'Pulse/22.7'],
  ["Session resumed from user agent 'O'Neil' (session:1)", "O'Neil"],
  ["Session resumed from user agent 'cut sho", 'cut sho'],
  ['Login succeeded for a with b/R from 192.0.2.1.', ''],
])('the program of %j', (message, userAgent) => {
  expect(userAgentIn(message)).toBe(userAgent)
})

test("the client's device", () => {
  expect(macAddressIn('x, mac-address: [00-00-5e-00-53-2b].')).toBe('00-00-5e-00-53-2b')
  expect(macAddressIn("on host 'LT' address '00-00-5e-00-53-2b'")).toBe('00-00-5e-00-53-2b')
  expect(macAddressIn('x')).toBe('')
  expect(hostNameIn('x with IPv4 address 10.0.0.1, hostname LT-0417')).toBe('LT-0417')
  expect(hostNameIn('x, hostname LT-0417, y')).toBe('LT-0417')
  expect(hostNameIn('x')).toBe('')
})

test.each([
  ['Closed connection to 10.0.0.1 after 4210 seconds, with 5 bytes read', 4210, 5, -1],
  [
    'Closed connection to h port 4 after 0 seconds, with 6236 bytes read (in 10 chunks) and 3542 bytes written (in 2)',
    0,
    6236,
    3542,
  ],
  ['Closed after a few seconds, with many bytes read and 1e9 bytes written', -1, -1, -1],
  ['after 1234567890123456 seconds', -1, -1, -1],
])('seconds and bytes of %j', (message, seconds, received, sent) => {
  expect(durationIn(message)).toBe(seconds)
  expect(bytesIn(message)).toEqual({ received, sent })
})
