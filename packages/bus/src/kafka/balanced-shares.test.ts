import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { balancedShares, type Member } from './balanced-shares.ts'

test.each<[string, number, Member[], Record<string, number[]>]>([
  ['one member has all', 3, [{ id: 'a', partitions: [] }], { a: [0, 1, 2] }],
  [
    'a newcomer gets half, the other keeps its first ones',
    4,
    [
      { id: 'a', partitions: [0, 1, 2, 3] },
      { id: 'b', partitions: [] },
    ],
    { a: [0, 1], b: [2, 3] },
  ],
  [
    'who stays keeps all and takes what is left',
    5,
    [
      { id: 'a', partitions: [1] },
      { id: 'c', partitions: [0, 4] },
    ],
    { a: [1, 3], c: [0, 2, 4] },
  ],
  [
    'of two that claim one partition the first is believed',
    2,
    [
      { id: 'a', partitions: [1] },
      { id: 'b', partitions: [1] },
    ],
    { a: [1], b: [0] },
  ],
  [
    'more members than partitions',
    1,
    [
      { id: 'a', partitions: [] },
      { id: 'b', partitions: [0] },
    ],
    { a: [], b: [0] },
  ],
  ['partitions that do not exist', 1, [{ id: 'a', partitions: [-1, 7, 0, 0] }], { a: [0] }],
  ['nothing to share', 0, [{ id: 'a', partitions: [2] }], { a: [] }],
])('%s', (_, count, members, expected) => {
  expect(Object.fromEntries(balancedShares(count, members))).toEqual(expected)
})

const anyMembers = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1 }),
    partitions: fc.array(fc.integer({ min: -1, max: 15 }), { maxLength: 16 }),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
)

test('every partition has one owner, shares differ by one, and the order of members is nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 14 }), anyMembers, (count, members) => {
      const shares = balancedShares(count, members)
      const all = [...shares.values()].flat().sort((one, other) => one - other)
      expect(all).toEqual(Array.from({ length: count }, (_, partition) => partition))
      const sizes = [...shares.values()].map((share) => share.length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      expect(balancedShares(count, [...members].reverse())).toEqual(shares)
    }),
  )
})

test('sharing again among the same members moves nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 14 }), anyMembers, (count, members) => {
      const shares = balancedShares(count, members)
      const owners = [...shares].map(([id, partitions]) => ({ id, partitions }))
      expect(balancedShares(count, owners)).toEqual(shares)
    }),
  )
})
