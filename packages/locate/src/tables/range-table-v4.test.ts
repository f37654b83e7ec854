import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { idOfIpv4, RangeBuilderV4 } from './range-table-v4.ts'

type Range = readonly [start: number, end: number, id: number]

const tableOf = (ranges: readonly Range[]) => {
  const builder = new RangeBuilderV4()
  for (const [start, end, id] of ranges) builder.add(start, end, id)
  return builder.finish()
}

describe('IPv4 range table', () => {
  const table = tableOf([
    [0x01000000, 0x010000ff, 1],
    [0x01000100, 0x010001ff, 2],
    [0x01000200, 0x010002ff, 2],
    [0x05000000, 0x0500ffff, 3],
    [0xffffff00, 0xffffffff, 4],
  ])

  test.each([
    ['before the first range', 0x00ffffff, 0],
    ['at address zero', 0, 0],
    ['the first address', 0x01000000, 1],
    ['the last address', 0x010000ff, 1],
    ['the next range', 0x01000100, 2],
    ['the end of a merged range', 0x010002ff, 2],
    ['a gap', 0x01000300, 0],
    ['just before a range', 0x04ffffff, 0],
    ['a whole jump bucket', 0x05008000, 3],
    ['its last address', 0x0500ffff, 3],
    ['just behind it', 0x05010000, 0],
    ['the last address of all', 0xffffffff, 4],
  ])('%s', (_name, value, id) => {
    expect(idOfIpv4(table, value)).toBe(id)
  })

  test('merges neighbours of one id', () => {
    expect([...table.ids]).toEqual([0, 1, 2, 0, 3, 0, 4])
  })

  test('without ranges says nothing anywhere', () => {
    const empty = tableOf([])
    expect([0, 1, 0x80000000, 0xffffffff].map((value) => idOfIpv4(empty, value))).toEqual([
      0, 0, 0, 0,
    ])
  })

  test('agrees with a scan, also where ranges overlap (the earlier one stays)', () => {
    // Addresses around jump buckets and both ends of the space.
    const edge = fc.constantFrom(0, 0xffff, 0x10000, 0x1ffff, 0x7fff0000, 0xfffeffff, 0xffffff00)
    const address = fc.tuple(edge, fc.nat(255)).map(([base, more]) => base + more)
    const range = fc.tuple(address, fc.nat(400), fc.integer({ min: 1, max: 3 }))
    fc.assert(
      fc.property(fc.array(range, { maxLength: 10 }), fc.array(address), (drawn, wanted) => {
        const ranges = drawn
          .map(([start, more, id]): Range => [start, Math.min(0xffffffff, start + more), id])
          .sort(([a], [b]) => a - b)
        const built = tableOf(ranges)
        for (const value of wanted.map((each) => Math.min(each, 0xffffffff))) {
          const first = ranges.find(([start, end]) => start <= value && value <= end)
          expect(idOfIpv4(built, value)).toBe(first?.[2] ?? 0)
        }
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})
