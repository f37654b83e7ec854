import { describe, expect, test } from '@jest/globals'
import { prefixOf } from '@sekisho/event'
import fc from 'fast-check'
import { prefixKeyOf, prefixTextOf } from './prefix-key.ts'

fc.configureGlobal({ seed: 20_261_122 })

const byte = fc.integer({ min: 0, max: 255 })
const ipv4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'))
const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))
const ipv6 = fc
  .array(group, { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((each) => each.toString(16)).join(':'))

describe('the key of a source network', () => {
  test('stands for the network that the address is in', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (address) => {
        const prefix = prefixOf(address)
        const key = prefixKeyOf(address)
        expect(Number.isSafeInteger(key)).toBe(true)
        expect(prefixKeyOf(prefix)).toBe(key)
        expect(prefixTextOf(key)).toBe(key === 0 ? '' : prefix)
        expect(key === 0).toBe(prefix === '' || prefix === '0.0.0.0/24')
      }),
    )
  })

  test('is another one for another network', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), fc.oneof(ipv4, ipv6), (a, b) => {
        expect(prefixKeyOf(a) === prefixKeyOf(b)).toBe(prefixOf(a) === prefixOf(b))
      }),
    )
  })

  test.each([
    ['192.0.2.7', 0xc00002, '192.0.2.0/24'],
    ['255.255.255.255', 0xffffff, '255.255.255.0/24'],
    ['2001:db8:7:1::5', 2 ** 48 + 0x20010db80007, '2001:db8:7::/48'],
    ['::1', 2 ** 48, '::/48'],
  ])('%s', (address, key, text) => {
    expect([prefixKeyOf(address), prefixTextOf(key)]).toEqual([key, text])
  })

  test.each(['', 'localhost', '1.2.3', '1.2.3.4.5', 'gg::', '/24'])('%j has none', (text) => {
    expect(prefixKeyOf(text)).toBe(0)
  })
})
