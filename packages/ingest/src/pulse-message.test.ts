import { expect, test } from '@jest/globals'
import {
  assignedIn,
  clientIn,
  deviceIn,
  durationIn,
  sessionIn,
  subjectOf,
  userAgentIn,
} from './pulse-message.ts'

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
  ['x', ''],
])('the session of %j', (message, session) => {
  expect(sessionIn(message)).toBe(session)
})

test('program, device and duration', () => {
  expect(userAgentIn('Login succeeded for a/R from 192.0.2.1 with Mozilla/5.0 (X).')).toBe(
    'Mozilla/5.0 (X)',
  )
  expect(userAgentIn("Session resumed from user agent 'Pulse/22.7' (session:1)")).toBe('Pulse/22.7')
  expect(userAgentIn('Login succeeded for a with b/R from 192.0.2.1.')).toBe('')
  expect(deviceIn('x, mac-address: [00-00-5e-00-53-2b].')).toBe('00-00-5e-00-53-2b')
  expect(deviceIn('x with IPv4 address 10.0.0.1, hostname LT-0417')).toBe('LT-0417')
  expect(deviceIn('x')).toBe('')
  expect(durationIn('Closed connection to 10.0.0.1 after 4210 seconds, with')).toBe(4210)
  expect(durationIn('Closed after a few seconds')).toBe(-1)
})
