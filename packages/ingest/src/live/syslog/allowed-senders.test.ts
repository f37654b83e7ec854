import { expect, test } from '@jest/globals'
import { AllowedSenders, plainAddress } from './allowed-senders.ts'

test('senders are told by their networks, in either family', () => {
  const senders = new AllowedSenders(['192.0.2.0/24', '198.51.100.7', '2001:db8::/32'])
  const allowed = ['192.0.2.255', '198.51.100.7', '2001:db8:1::1']
  const others = ['192.0.3.0', '198.51.100.8', '2001:db9::1', '']
  for (const address of allowed) expect(senders.has(address)).toBe(true)
  for (const address of [...others, ...others]) expect(senders.has(address)).toBe(false)
})

test('without networks everybody may send; with none nobody', () => {
  expect(new AllowedSenders(null).has('192.0.2.1')).toBe(true)
  expect(new AllowedSenders([]).has('192.0.2.1')).toBe(false)
})

test('an IPv4 address is plain when it came to an IPv6 socket', () => {
  expect(plainAddress('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect(plainAddress('::ffff:c000:201')).toBe('::ffff:c000:201')
  expect(plainAddress('2001:db8::1')).toBe('2001:db8::1')
})
