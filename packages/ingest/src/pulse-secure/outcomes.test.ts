import { expect, test } from '@jest/globals'
import { isAdminLine } from './admin.ts'
import { type PulseMatch, pulseMatchOf } from './outcomes.ts'
import type { PulseRecord } from './record.ts'

const USER: PulseRecord = {
  wallMs: 0,
  node: '',
  virtualSystem: '',
  user: 'jdoe',
  realm: 'Employees',
  roles: 'Staff',
  sessionId: '',
  address: '',
  userAgent: '',
  code: '',
  message: '',
  starts: {
    time: 0,
    node: -1,
    virtualSystem: -1,
    user: -1,
    realm: -1,
    roles: -1,
    sessionId: -1,
    address: -1,
    userAgent: -1,
    code: -1,
    message: -1,
  },
}

test.each([
  ['', 'Agent login succeeded for', 'vpn.login'],
  ['AUT24414', 'Words of another release', 'vpn.login'],
  ['AUT24414', 'Logout from', 'vpn.login'],
  ['AUT99999', 'Logout from', 'vpn.logout'],
  ['ADM100', 'User Access log has been cleared.', 'indicator'],
  ['', 'User chose to go', undefined],
  ['', 'Agent login', undefined],
  ['', ' Logout from', undefined],
  ['', '', undefined],
])('code %j and words %j', (code, message, action) => {
  expect(pulseMatchOf(code, message)?.row.action).toBe(action)
})

test.each([
  ['AUT30544', 'User chose to proceed', 'success'],
  ['AUT30544', 'User chose to decline', 'failure'],
  ['AUT30544', 'Words in another language', undefined],
  ['AUT31085', 'jdoe is not allowed to login', 'failure'],
])('code %j has the outcome of the words %j', (code, message, outcome) => {
  expect(pulseMatchOf(code, message)?.row.outcome).toBe(outcome)
})

test.each([
  ['AUT23355', 'locked'],
  ['AUT23356', 'locked'],
  ['AUT23357', 'locked'],
  ['AUT21052', 'policy'],
  ['AUT23156', 'certificate'],
  ['AUT21075', 'second_factor'],
])('the code %j alone gives the reason %j', (code, reason) => {
  expect(pulseMatchOf(code, 'x')?.row.reason).toBe(reason)
})

test.each([
  ['its code', { code: 'AUT23458' }, 'Login failed', true],
  [
    'its code whatever the realm',
    { code: 'AUT23457', realm: 'Admin Users' },
    'Login failed',
    false,
  ],
  ['the letters of its code', { code: 'ADM100' }, 'Login failed', true],
  [
    'an unknown code and the realm',
    { code: 'AUT99999', realm: 'Admin Users' },
    'Logout from',
    true,
  ],
  ['the realm', { realm: 'Admin Users' }, 'Login failed', true],
  ['a role', { roles: '.Read-Only Administrators' }, 'Logout from', true],
  ['the words', {}, 'SOAP login succeeded', true],
  ['nothing', {}, 'Login succeeded', false],
  ['a role that only looks so', { roles: 'v2.Administrators' }, 'Logout from', false],
])('an administrator is told by %s', (_name, fields, message, isAdmin) => {
  const record = { ...USER, ...fields }
  const match = pulseMatchOf(record.code, message) as PulseMatch
  expect(isAdminLine(record, match)).toBe(isAdmin)
})
