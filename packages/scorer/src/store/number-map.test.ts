import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { NumberMap } from './number-map.ts'

fc.configureGlobal({ seed: 20_261_122 })

type Step = readonly [what: 'set' | 'add' | 'delete', key: number, value: number]

/** Steps over few keys, so that they meet, of which some are wide and some share their low halves. */
function stepsOver(keys: fc.Arbitrary<number>): fc.Arbitrary<Step[]> {
  const what = fc.constantFrom('set' as const, 'set' as const, 'add' as const, 'delete' as const)
  return fc.array(fc.tuple(what, keys, fc.integer({ min: 1, max: 1000 })), { maxLength: 400 })
}

const narrow = fc.oneof(
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 1, max: 40 }).map((n) => n * 65_536),
  fc.integer({ min: 0xfffffff0, max: 0xffffffff }),
)
const wide = fc.oneof(
  narrow,
  fc.integer({ min: 0, max: 40 }).map((n) => 2 ** 48 + n),
  fc.integer({ min: 1, max: 40 }).map((n) => n * 2 ** 32),
  fc.integer({ min: Number.MAX_SAFE_INTEGER - 20, max: Number.MAX_SAFE_INTEGER }),
)

test.each([
  ['narrow', narrow],
  ['wide', wide],
])('a map of %s keys is a map', (_, keys) => {
  fc.assert(
    fc.property(stepsOver(keys), (steps) => {
      const map = new NumberMap()
      const model = new Map<number, number>()
      for (const [what, key, value] of steps) {
        if (what === 'delete') {
          map.delete(key)
          model.delete(key)
        } else {
          const next = what === 'add' ? (model.get(key) ?? 0) + value : value
          if (what === 'add') map.add(key, value)
          else expect(map.exchange(key, value)).toBe(model.get(key) ?? 0)
          model.set(key, next)
        }
        expect(map.get(key)).toBe(model.get(key) ?? 0)
      }
      expect(map.size).toBe(model.size)
      expect([...map.sortedKeys()]).toEqual([...model.keys()].sort((a, b) => a - b))
      const entries = new Map<number, number>()
      map.forEach((key, value) => {
        entries.set(key, value)
      })
      expect(entries).toEqual(model)
      for (const [, key] of steps) expect(map.has(key)).toBe(model.has(key))
    }),
  )
})

test('ten thousand keys, of which half go again', () => {
  const map = new NumberMap()
  for (let key = 1; key <= 10_000; key++) map.exchange(key, 2 * key)
  for (let key = 1; key <= 10_000; key += 2) map.delete(key)
  expect(map.size).toBe(5000)
  for (let key = 1; key <= 10_000; key++) expect(map.get(key)).toBe(key % 2 === 0 ? 2 * key : 0)
  expect(map.byteLength).toBe(12 * 16_384)
})
