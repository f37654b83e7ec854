import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { idOfIpv6, RangeBuilderV6, type RangeTableV6 } from './range-table-v6.ts'

type Range = readonly [start: bigint, end: bigint, id: number]

const tableOf = (ranges: readonly Range[]): RangeTableV6 => {
  const builder = new RangeBuilderV6()
  for (const [start, end, id] of ranges) builder.add(start, end, id)
  return builder.finish()
}

const idAt = (table: RangeTableV6, upper: bigint): number =>
  idOfIpv6(table, Number(upper >> 32n), Number(upper & 0xffffffffn))

const LAST = (1n << 64n) - 1n

describe('IPv6 range table', () => {
  const table = tableOf([
    [0x2001_0db8_0000_0000n, 0x2001_0db8_0000_ffffn, 1],
    [0x2001_0db8_0001_0000n, 0x2001_0db8_0001_0000n, 2],
    [0x2400_0000_0000_0000n, 0x2402_ffff_ffff_ffffn, 3],
    [LAST, LAST, 4],
  ])

  test.each([
    ['zero', 0n, 0],
    ['just before the first range', 0x2001_0db7_ffff_ffffn, 0],
    ['its first network', 0x2001_0db8_0000_0000n, 1],
    ['its last network', 0x2001_0db8_0000_ffffn, 1],
    ['a range of one network', 0x2001_0db8_0001_0000n, 2],
    ['a gap in the same group', 0x2001_0db8_0001_0001n, 0],
    ['a gap in a later group', 0x2001_0db9_0000_0000n, 0],
    ['a range over many groups, its start', 0x2400_0000_0000_0000n, 3],
    ['its middle', 0x2401_1234_5678_9abcn, 3],
    ['its end', 0x2402_ffff_ffff_ffffn, 3],
    ['just behind it', 0x2403_0000_0000_0000n, 0],
    ['the last network of all', LAST, 4],
  ])('%s', (_name, upper, id) => {
    expect(idAt(table, upper)).toBe(id)
  })

  test('without ranges says nothing anywhere', () => {
    const empty = tableOf([])
    expect([0n, 1n << 63n, LAST].map((upper) => idAt(empty, upper))).toEqual([0, 0, 0])
  })

  test('agrees with a scan, also where ranges overlap (the earlier one stays)', () => {
    const half = fc.constantFrom(0n, 1n, 2n, 0x8000_0000n, 0xffff_fffen, 0xffff_ffffn)
    const upper = fc.tuple(half, half).map(([high, low]) => (high << 32n) + low)
    const range = fc.tuple(upper, upper, fc.integer({ min: 1, max: 3 }))
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), fc.array(upper), (drawn, wanted) => {
        const ranges = drawn
          .map(([a, b, id]): Range => (a < b ? [a, b, id] : [b, a, id]))
          .sort(([a], [b]) => (a < b ? -1 : 1))
        const built = tableOf(ranges)
        for (const value of wanted) {
          const first = ranges.find(([start, end]) => start <= value && value <= end)
          expect(idAt(built, value)).toBe(first?.[2] ?? 0)
        }
      }),
      { seed: 4, numRuns: 300 },
    )
  })
})
