import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Cidr, cidrOf, groupsOf, PrefixTable } from './prefix-table.ts'

describe('cidrOf', () => {
  test.each([
    ['198.51.100.0/24', { groups: [0xc633, 0x6400], bits: 24 }],
    ['0.0.0.0/0', { groups: [0, 0], bits: 0 }],
    ['203.0.113.7', { groups: [0xcb00, 0x7107], bits: 32 }],
    ['2001:db8::/32', { groups: [0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], bits: 32 }],
    ['::1', { groups: [0, 0, 0, 0, 0, 0, 0, 1], bits: 128 }],
  ])('%s', (text, cidr) => {
    expect(cidrOf(text)).toEqual(cidr)
  })

  test.each([
    '',
    '/',
    '/24',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/8.0',
    '10.0.0.1/8',
    '10.0.0/8',
    '2001:db8::/129',
    '2001:db8::1/64',
    '2001:db8::%eth0/64',
    'example.com/24',
  ])('refuses %p', (text) => {
    expect(cidrOf(text)).toBeNull()
  })
})

/** The obvious way: compare bit by bit with every network. */
function slowFind<T>(networks: readonly [Cidr, T][], groups: readonly number[]): T | undefined {
  const bitsOf = (of: readonly number[]): string =>
    of.map((group) => group.toString(2).padStart(16, '0')).join('')
  const holding = networks.filter(
    ([cidr]) =>
      cidr.groups.length === groups.length &&
      bitsOf(cidr.groups).slice(0, cidr.bits) === bitsOf(groups).slice(0, cidr.bits),
  )
  const longest = Math.max(...holding.map(([cidr]) => cidr.bits))
  return holding.find(([cidr]) => cidr.bits === longest)?.[1]
}

describe('PrefixTable', () => {
  test('finds what a comparison with every network finds', () => {
    // Few distinct bits, so that networks nest and addresses fall into them.
    const group = fc.constantFrom(0, 1, 0x8000, 0xffff)
    const address = fc.oneof(
      fc.array(group, { minLength: 2, maxLength: 2 }),
      fc.array(group, { minLength: 8, maxLength: 8 }),
    )
    const network = fc
      .tuple(address, fc.nat(128))
      .map(([groups, bits]) => ({ groups, bits: Math.min(bits, groups.length * 16) }))
    fc.assert(
      fc.property(fc.array(network, { maxLength: 12 }), address, (cidrs, groups) => {
        const networks = cidrs.map((cidr, i) => [cidr, i] as [Cidr, number])
        const table = new PrefixTable<number>()
        for (const [cidr, i] of networks) table.add(cidr, i)
        expect(table.find(groups)).toBe(slowFind(networks, groups))
      }),
      { seed: 2, numRuns: 500 },
    )
  })

  test.each([
    ['10.1.2.3', 'host'],
    ['10.1.2.4', 'office'],
    ['10.1.3.0', 'site'],
    ['10.2.0.0', undefined],
    ['2001:db8:40::1', 'v6'],
    ['2001:db8:41::1', undefined],
  ])('%s is in %p', (address, name) => {
    const table = new PrefixTable<string>()
    for (const [cidr, value] of [
      ['10.1.0.0/16', 'site'],
      ['10.1.2.3', 'host'],
      ['10.1.2.0/24', 'office'],
      ['10.1.2.0/24', 'late'],
      ['2001:db8:40::/48', 'v6'],
    ] as const) {
      table.add(cidrOf(cidr) as Cidr, value)
    }
    expect(table.find(groupsOf(address) as number[])).toBe(name)
  })
})
