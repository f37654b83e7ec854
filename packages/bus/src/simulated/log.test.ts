import { expect, test } from '@jest/globals'
import { PartitionLog } from './log.ts'

const kv = (...keys: string[]) => keys.map((key) => ({ key, value: Buffer.from(key) }))
const newLog = () => new PartitionLog('t', 0)
const seen = (log: PartitionLog, from = 0, max = 100) =>
  log.read(from, max).records.map(({ offset, key }) => `${offset}${key}`)

test('markers take offsets, readers stop at the oldest open transaction', () => {
  const log = newLog()
  log.append(kv('a'), 0)
  log.appendOpen('one', kv('b', 'c'), 0)
  log.append(kv('d'), 0)
  log.appendOpen('two', kv('e'), 0)
  expect(seen(log)).toEqual(['0a'])
  expect([log.stableOffset, log.endOffset]).toEqual([1, 5])
  log.end('two', false, 0)
  expect(seen(log)).toEqual(['0a'])
  log.end('one', true, 0)
  expect(seen(log)).toEqual(['0a', '1b', '2c', '3d'])
  expect(log.read(0, 100)).toMatchObject({ nextOffset: 7, endOffset: 7 })
})

test('what one reads on from is behind what is not given out', () => {
  const log = newLog()
  log.append(kv('a'), 0)
  log.appendOpen('one', kv('x', 'y'), 0)
  log.end('one', false, 0)
  log.append(kv('b', 'c'), 0)
  expect(log.read(0, 1)).toMatchObject({ nextOffset: 4 })
  expect(seen(log, 1, 1)).toEqual(['4b'])
  expect(seen(log, 2)).toEqual(['4b', '5c'])
  expect(seen(log, 99)).toEqual([])
})

test('a producer writes transaction after transaction, each with its own outcome', () => {
  const log = newLog()
  for (const [key, isCommitted] of [
    ['a', true],
    ['x', false],
    ['b', true],
  ] as const) {
    log.appendOpen('one', kv(key), 0)
    log.end('one', isCommitted, 0)
  }
  expect(seen(log)).toEqual(['0a', '4b'])
})

test('a batch that comes again is known, one that is left out is a fault', () => {
  const log = newLog()
  expect([0, 0, 1, 0, 1, 2].map((sequence) => log.isNext('p', sequence))).toEqual([
    true,
    false,
    true,
    false,
    false,
    true,
  ])
  expect(log.isNext('q', 0)).toBe(true)
  expect(() => log.isNext('p', 4)).toThrow(RangeError)
})

test('a reader is woken when there is something for it', () => {
  const log = newLog()
  const woken: number[] = []
  log.append(kv('a'), 0)
  log.whenReadable(0, () => woken.push(0))
  log.whenReadable(1, () => woken.push(1))
  const giveUp = log.whenReadable(1, () => woken.push(2))
  expect(woken).toEqual([0])
  giveUp()
  log.appendOpen('one', kv('b'), 0)
  expect(woken).toEqual([0])
  log.end('one', false, 0)
  log.append(kv('c'), 0)
  expect(woken).toEqual([0, 1])
})

test('the head can be deleted, but nothing of an open transaction', () => {
  const log = newLog()
  log.append(kv('a', 'b', 'c'), 0)
  log.appendOpen('one', kv('d'), 0)
  log.deleteBefore(2)
  expect([log.startOffset, ...seen(log)]).toEqual([2, '2c'])
  log.deleteBefore(99)
  log.end('one', true, 0)
  expect([log.startOffset, ...seen(log)]).toEqual([3, '3d'])
  log.deleteBefore(1)
  expect(log.startOffset).toBe(3)
})

test('what was written does not change with the buffer of who wrote it', () => {
  const log = newLog()
  const value = Buffer.from('a')
  log.append([{ key: 'k', value }], 0)
  value[0] = 0
  expect(log.read(0, 1).records[0]?.value?.toString()).toBe('a')
})
