import { describe, expect, test } from '@jest/globals'
import { BrokerError, type ConsumedRecord } from '../broker.ts'
import { KafkaPartitionReader } from './partition-reader.ts'

function record(offset: number, bytes = 10): ConsumedRecord {
  return {
    topic: 't',
    partition: 0,
    offset,
    key: '',
    value: Buffer.alloc(bytes),
    timestampMs: 0,
  }
}

/** Records from..to-1, fetched from `from`. */
function batch(from: number, to: number, { endOffset = to, bytes = 10 } = {}) {
  const records = Array.from({ length: to - from }, (_, index) => record(from + index, bytes))
  return [from, { records, nextOffset: to, endOffset }] as const
}

function newReader() {
  const calls: string[] = []
  const reader = new KafkaPartitionReader('t', 0, {
    wake: () => calls.push('wake'),
    beginning: async () => 42,
    commit: async (nextOffset) => {
      calls.push(`commit ${nextOffset}`)
    },
  })
  return { reader, calls }
}

const offsetsOf = (records: readonly ConsumedRecord[]) => records.map(({ offset }) => offset)

describe('positions', () => {
  test('nothing is wanted before a seek, nor taken', async () => {
    const { reader } = newReader()
    expect(reader.wanted()).toBeNull()
    reader.accept(...batch(0, 3))
    expect(await reader.take(10, 0)).toEqual([])
    expect(reader.lag).toBe(0)
  })

  test('what was fetched from elsewhere than where the reader is is thrown away', async () => {
    const { reader } = newReader()
    reader.seek(10)
    reader.accept(...batch(0, 3))
    reader.accept(...batch(11, 13))
    expect(reader.wanted()).toBe(10)
    reader.accept(...batch(10, 12))
    reader.accept(...batch(10, 12))
    expect(offsetsOf(await reader.take(10, 0))).toEqual([10, 11])
    expect(reader.wanted()).toBe(12)
  })

  test('a seek drops what waits', async () => {
    const { reader, calls } = newReader()
    reader.seek(0)
    reader.accept(...batch(0, 3))
    reader.seek(1)
    expect(await reader.take(10, 0)).toEqual([])
    reader.accept(...batch(1, 3))
    expect(offsetsOf(await reader.take(10, 0))).toEqual([1, 2])
    expect(calls.filter((call) => call === 'wake')).toHaveLength(3)
  })

  test('an offset before all is the first', () => {
    const { reader } = newReader()
    reader.seek(-5)
    expect(reader.wanted()).toBe(0)
  })

  test('the lag counts from the next record to take to the end', async () => {
    const { reader } = newReader()
    reader.seek(0)
    reader.accept(...batch(0, 4, { endOffset: 10 }))
    expect(reader.lag).toBe(10)
    await reader.take(3, 0)
    expect(reader.lag).toBe(7)
    await reader.take(3, 0)
    expect(reader.lag).toBe(6)
    reader.accept(4, { records: [], nextOffset: 10, endOffset: 10 })
    expect(reader.lag).toBe(0)
  })
})

describe('back-pressure', () => {
  test('nothing more is wanted while a mebibyte waits', async () => {
    const { reader, calls } = newReader()
    reader.seek(0)
    reader.accept(...batch(0, 10, { bytes: 100_000 }))
    expect(reader.wanted()).toBe(10)
    reader.accept(...batch(10, 11, { bytes: 100_000 }))
    expect(reader.wanted()).toBeNull()
    calls.length = 0
    await reader.take(1, 0)
    expect(reader.wanted()).toBe(11)
    expect(calls).toEqual(['wake'])
  })
})

describe('waiting', () => {
  test('a take is woken by records', async () => {
    const { reader } = newReader()
    reader.seek(0)
    const waiting = reader.take(10, 60_000)
    reader.accept(...batch(0, 1))
    expect(offsetsOf(await waiting)).toEqual([0])
  })

  test('a take is woken by the revocation, and gives nothing from then on', async () => {
    const { reader, calls } = newReader()
    reader.seek(0)
    reader.accept(...batch(0, 1))
    await reader.take(1, 0)
    const waiting = reader.take(10, 60_000)
    reader.revoke()
    expect(await waiting).toEqual([])
    reader.accept(...batch(1, 5))
    expect(reader.wanted()).toBeNull()
    expect(await reader.take(10, 60_000)).toEqual([])
    await reader.commit(5)
    expect(calls).not.toContain('commit 5')
  })

  test('a failure is thrown until something is read again', async () => {
    const { reader } = newReader()
    reader.seek(0)
    const waiting = reader.take(10, 60_000)
    reader.fail(new BrokerError('no-topic', 'topic t does not exist'))
    await expect(waiting).rejects.toMatchObject({ problem: 'no-topic' })
    await expect(reader.take(10, 60_000)).rejects.toMatchObject({ problem: 'no-topic' })
    reader.accept(0, { records: [], nextOffset: 0, endOffset: 0 })
    expect(await reader.take(10, 0)).toEqual([])
  })
})

test('the beginning and commits are those of the surroundings', async () => {
  const { reader, calls } = newReader()
  expect(await reader.beginning()).toBe(42)
  await reader.commit(7)
  expect(calls).toEqual(['commit 7'])
})
