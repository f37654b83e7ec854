import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { OutgoingRecord } from '../broker.ts'
import { recordBatches } from './record-batches.ts'

function record(partition: number, bytes: number, topic = 't'): OutgoingRecord {
  return { topic, partition, key: '', value: Buffer.alloc(bytes) }
}

test('little goes at once', () => {
  expect(recordBatches([record(0, 10), record(1, 10), record(0, 10)], 1_000)).toHaveLength(1)
  expect(recordBatches([], 1_000)).toEqual([])
})

test('a partition that is full begins a new request; other partitions have room of their own', () => {
  const sizes = (records: OutgoingRecord[]) =>
    recordBatches(records, 1_000).map((batch) => batch.length)
  expect(sizes([record(0, 500), record(0, 500)])).toEqual([1, 1])
  expect(sizes([record(0, 500), record(1, 500), record(0, 100)])).toEqual([3])
  expect(sizes([record(0, 500), record(0, 500, 'other')])).toEqual([2])
})

test('a record that is too large alone is refused, and says for which topic', () => {
  const refused = () => recordBatches([record(0, 10), record(0, 999, 'wide')], 1_000)
  expect(refused).toThrow(expect.objectContaining({ problem: 'too-large' }))
  expect(refused).toThrow(/topic wide/)
})

test('the key counts in bytes, a deletion has none but the key', () => {
  const wide = { ...record(0, 0), key: '漢'.repeat(300) }
  expect(() => recordBatches([wide], 1_000)).toThrow(/1000/)
  expect(recordBatches([{ ...wide, key: 'k'.repeat(300), value: null }], 1_000)).toHaveLength(1)
})

test('nothing is lost, nothing moves, and no partition has more than it may in one request', () => {
  const anyRecord = fc.record({
    topic: fc.constantFrom('a', 'b'),
    partition: fc.integer({ min: 0, max: 2 }),
    key: fc.string(),
    value: fc.option(fc.integer({ min: 0, max: 400 }).map((bytes) => Buffer.alloc(bytes))),
  })
  fc.assert(
    fc.property(fc.array(anyRecord), (records) => {
      const batches = recordBatches(records, 1_000)
      expect(batches.flat()).toEqual(records)
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0)
        const bytes = new Map<string, number>()
        for (const { topic, partition, key, value } of batch) {
          const id = `${topic} ${partition}`
          const size = Buffer.byteLength(key) + (value?.length ?? 0)
          bytes.set(id, (bytes.get(id) ?? 0) + size)
        }
        expect(Math.max(...bytes.values())).toBeLessThan(1_000)
      }
    }),
  )
})
