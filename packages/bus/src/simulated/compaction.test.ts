import { expect, test } from '@jest/globals'
import { type CompactionLimits, compact } from './compaction.ts'
import { PartitionLog } from './log.ts'

const LIMITS: CompactionLimits = {
  beforeOffset: Number.POSITIVE_INFINITY,
  nowMs: 1_000,
  lagMs: 0,
  deleteRetentionMs: 500,
}

/** Entries of one log, each written at its offset in ms: `k` is a value of key k, `-k` deletes it. */
function logOf(...entries: string[]): PartitionLog {
  const log = new PartitionLog('t', 0)
  for (const entry of entries) {
    const key = entry.replace('-', '')
    log.append([{ key, value: entry === key ? Buffer.from(key) : null }], log.endOffset)
  }
  return log
}

const kept = (log: PartitionLog) =>
  log
    .read(0, 100)
    .records.map(({ offset, key, value }) => `${offset}${value === null ? '-' : ''}${key}`)
    .join(' ')

test.each<[name: string, entries: string[], limits: Partial<CompactionLimits>, expected: string]>([
  ['the last value of a key stays', ['a', 'b', 'a', 'c', 'a'], {}, '1b 3c 4a'],
  ['not behind the limit', ['a', 'a', 'a', 'a'], { beforeOffset: 2 }, '1a 2a 3a'],
  ['nothing that is young', ['a', 'a', 'a', 'a'], { nowMs: 10, lagMs: 9 }, '1a 2a 3a'],
  ['a deletion stays for a while', ['a', 'b', '-a'], {}, '1b 2-a'],
  ['a value after a deletion', ['a', '-a', 'a'], {}, '2a'],
])('%s', (_, entries, limits, expected) => {
  const log = logOf(...entries)
  compact(log, { ...LIMITS, ...limits })
  expect(kept(log)).toBe(expected)
  expect(log.endOffset).toBe(entries.length)
})

test('a deletion goes when its time is over, counted from the first compaction that met it', () => {
  const log = logOf('a', 'b', '-a')
  for (const [nowMs, expected] of [
    [9_000, '1b 2-a'],
    [9_499, '1b 2-a'],
    [9_500, '1b'],
  ] as const) {
    compact(log, { ...LIMITS, nowMs })
    expect(kept(log)).toBe(expected)
  }
})

test('an aborted value takes the place of none, and an open one is not touched', () => {
  const log = logOf('a')
  const value = Buffer.from('x')
  log.appendOpen('aborted', [{ key: 'a', value }], 0)
  log.end('aborted', false, 0)
  log.append([{ key: 'b', value }], 0)
  log.appendOpen('open', [{ key: 'b', value }], 0)
  log.append([{ key: 'b', value }], 0)
  compact(log, LIMITS)
  expect(kept(log)).toBe('0a 3b')
  log.end('open', true, 0)
  compact(log, LIMITS)
  expect(kept(log)).toBe('0a 5b')
  expect(log.entries.filter(({ isControl }) => isControl)).toHaveLength(2)
  compact(log, { ...LIMITS, nowMs: 5_000 })
  expect(log.entries.filter(({ isControl }) => isControl)).toHaveLength(0)
  expect(log.read(6, 10)).toMatchObject({ records: [], nextOffset: 7 })
})
