import { expect, test } from '@jest/globals'
import { pulseMatchOf } from './outcomes.ts'
import type { PulseRecord } from './record.ts'
import { isWholeLogin, mayRefuse, repeatsName } from './witnesses.ts'

function recordOf(fields: Partial<PulseRecord>): PulseRecord {
  return {
    wallMs: 0,
    node: '',
    virtualSystem: '',
    user: 'jdoe',
    realm: 'R (MAC)',
    roles: '',
    sessionId: '',
    address: '198.51.100.7',
    userAgent: '',
    code: '',
    message: '',
    ...fields,
    starts: {
      time: 0,
      node: 0,
      virtualSystem: 0,
      user: 40,
      realm: 0,
      roles: 0,
      sessionId: 0,
      address: 0,
      userAgent: 0,
      code: 0,
      message: 100,
    },
  }
}

test.each([
  ['Agent login succeeded for jdoe/R (MAC) (session:sid1) from 198.51.100.7 with A.', true],
  ['Login succeeded for jdoe/R (MAC) from 198.51.100.7 with A.', true],
  [
    'Session created for user: [jdoe/R (MAC)] from [198.51.100.7] with primary auth-server type: [T].',
    true,
  ],
  ['Agent login succeeded for jdoe/R (MAC) from 198.51.100.7 with A', false],
  ['Agent login succeeded for jdoe/R (MAC) from 198.51.100.7.', false],
  ['Agent login succeeded for jdoe/R (MAC) from 192.0.2.1 with A.', false],
  ['Agent login succeeded for ceo/R (MAC) from 198.51.100.7 with A.', false],
  ['Agent login succeeded for jdoe/R from 198.51.100.7 with A.', false],
  ['Agent login succeeded for x jdoe/R (MAC) x from 198.51.100.7 with A.', false],
  ['Words, and for jdoe/R (MAC) from 198.51.100.7 with A.', false],
])('%j of jdoe at 198.51.100.7 is a whole login: %s', (message, isWhole) => {
  expect(isWholeLogin(recordOf({ message }))).toBe(isWhole)
})

test.each([
  ['another way to write the address', { address: '2001:DB8::7' }, '2001:db8:0::7', true],
  ['no address in the header', { address: '' }, '198.51.100.7', false],
  ['nobody in the header', { user: '' }, '198.51.100.7', false],
])('a whole login with %s: %s', (_name, fields, from, isWhole) => {
  const record = recordOf(fields)
  const message = `Login succeeded for ${record.user}/R (MAC) from ${from} with A.`
  expect(isWholeLogin({ ...record, message })).toBe(isWhole)
})

test.each([
  ['x', 'failed for x)[] - y/AD from', 120, false],
  ['x)[] - y', 'failed for x)[] - y/AD from', 118, true],
  ['x)[] - y', 'failed for x)[] - y/AD from )[] - ', 140, false],
  ['x)[] - y', 'failed for x)[] - y  /AD from', 118, true],
  ['x)[] - y', 'failed for user: [x)[] - y/AD]', 118, true],
  ['x)[] - y', 'failed for zx)[] - y/AD from', 118, false],
  ['x)[] - y', 'x)[] - y/AD is away', 107, true],
  ['', 'failed for /AD from', 100, false],
])('the name %j is repeated in %j up to %d: %s', (user, message, last, isRepeated) => {
  expect(repeatsName(recordOf({ user, message }), last)).toBe(isRepeated)
})

test.each([
  [
    'Login failed from 198.51.100.7 after 5 failed attempts. Subsequent attempts will be blocked for 2 minutes.',
    true,
  ],
  [
    'Login failed from 192.0.2.1 after 5 failed attempts. Subsequent attempts will be blocked for 2 minutes.',
    false,
  ],
  ['Login failed from 198.51.100.7 after 5 failed attempts. Blocked for 2 minutes.', false],
  ['Login rejected from 198.51.100.7 for x/R.', true],
  ['Login rejected from 192.0.2.1 for x/R.', false],
  ['Login rejected from here for x/R.', true],
  ['Login failed using auth server AD.  Reason: Failed', true],
  ['Login failed using auth server AD.  Reason: Failed.', false],
  ["Login failed for 'Primary' authentication. Reason: 'Wrong Password'.", false],
  ['Login failed using auth server AD.  Reason: The server is away', true],
  ['Login failed using auth server AD.  Reason: The server is away.', false],
  ['Login failed', true],
  ['Login failed.', false],
  ['Primary authentication failed for x/AD from 192.0.2.1', true],
  ['Primary authentication failed for x/AD from 192.0.2.1.', false],
  ['The account is locked', true],
  ['The account cannot be used', true],
  ['The account is locked.', false],
  ['Knot, another note and nothing.', false],
  ['Words.', false],
])('%j may be a refusal of 198.51.100.7: %s', (message, isRefusal) => {
  const match = pulseMatchOf('', message)
  expect(mayRefuse(match, recordOf({ message }), false)).toBe(isRefusal)
  if (message.endsWith('.') && !message.includes('192.0.2.1') && isRefusal)
    expect(mayRefuse(match, recordOf({ message }), true)).toBe(true)
})

test('an address behind the name proves nothing', () => {
  const message =
    'Login failed from 192.0.2.1 after 5 failed attempts. Subsequent attempts will be blocked for 2 minutes.'
  const record = recordOf({ message })
  const welf = { ...record, starts: { ...record.starts, address: 80 } }
  const match = pulseMatchOf('', message)
  expect([mayRefuse(match, record, false), mayRefuse(match, welf, false)]).toEqual([false, true])
})
