import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DenseMap } from './dense-map.ts'

fc.configureGlobal({ seed: 20_261_123 })

test('is a map', () => {
  const step = fc.record({
    key: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5000 })),
    value: fc.option(fc.integer({ min: 1, max: 0xffffffff })),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const map = new DenseMap()
      const model = new Map<number, number>()
      for (const { key, value } of steps) {
        if (value === null) {
          map.delete(key)
          model.delete(key)
        } else {
          expect(map.exchange(key, value)).toBe(model.get(key) ?? 0)
          model.set(key, value)
        }
      }
      expect(map.size).toBe(model.size)
      expect([...map.sortedKeys()]).toEqual([...model.keys()].sort((a, b) => a - b))
      for (const { key } of steps) expect(map.get(key)).toBe(model.get(key) ?? 0)
      expect(map.get(1_000_000)).toBe(0)
    }),
  )
})
