import { describe, expect, test } from '@jest/globals'
import type { ConsumedRecord, OutgoingRecord } from '@sekisho/bus'
import { Changelog, ChangelogError, ChangelogReader } from './changelog.ts'

const TOPIC = 'changelog'

/** A log as whoever restores reads it; `kept` says which records compaction has left. */
function readBack(records: readonly OutgoingRecord[], kept: (at: number) => boolean = () => true) {
  const reader = new ChangelogReader()
  records.forEach((record, offset) => {
    if (kept(offset)) reader.read({ ...record, offset, timestampMs: 0 } satisfies ConsumedRecord)
  })
  return reader
}

/** The last record of each key stands, as in a compacted topic. */
function compacted(records: readonly OutgoingRecord[]): OutgoingRecord[] {
  return records.filter(({ key }, at) => records.findLastIndex((other) => other.key === key) === at)
}

const text = (value: readonly Buffer[] | undefined) => Buffer.concat([...(value ?? [])]).toString()

describe('Changelog', () => {
  test('gives back a snapshot and the changes since then', () => {
    const log = new Changelog(TOPIC, 0)
    const records = [
      log.ownerRecord('one'),
      ...log.snapshotRecords(5, [Buffer.from('state'), Buffer.from(' of five')]),
      ...log.deltaRecords(7, Buffer.from('first')),
      ...log.deltaRecords(9, Buffer.alloc(0)),
      ...log.deltaRecords(12, Buffer.from('second')),
    ]
    const restored = readBack(records).result()
    expect(text(restored?.snapshot)).toBe('state of five')
    expect(restored?.deltas.map(String)).toEqual(['first', 'second'])
    expect([restored?.snapshotOffset, restored?.committedOffset]).toEqual([5, 12])
  })

  test('nothing was committed: nothing to restore from', () => {
    expect(readBack([new Changelog(TOPIC, 0).ownerRecord('one')]).result()).toBeNull()
  })

  test('a later snapshot takes the place of a longer one, before and after compaction', () => {
    const log = new Changelog(TOPIC, 0)
    const long = Buffer.alloc(1_300_000, 'a')
    const records = [
      ...log.snapshotRecords(5, [long]),
      ...log.deltaRecords(7, Buffer.from('old')),
      ...log.snapshotRecords(9, [Buffer.from('short')]),
      ...log.deltaRecords(10, Buffer.from('new')),
    ]
    for (const kept of [records, compacted(records)]) {
      const restored = readBack(kept).result()
      expect(text(restored?.snapshot)).toBe('short')
      expect(restored?.deltas.map(String)).toEqual(['new'])
    }
  })

  test('an owner goes on with the numbers of the one before', () => {
    const first = new Changelog(TOPIC, 0)
    const records = [
      ...first.snapshotRecords(1, [Buffer.from('s')]),
      ...first.deltaRecords(2, Buffer.from('a')),
    ]
    const reader = readBack(records)
    const restored = reader.result()
    if (restored === null) throw new Error('nothing was restored')
    const second = new Changelog(TOPIC, 0)
    second.continue(restored, reader.deltaPieces)
    const all = [...records, ...second.deltaRecords(3, Buffer.from('b'))]
    expect(readBack(all).result()?.deltas.map(String)).toEqual(['a', 'b'])
  })

  test.each([
    ['a piece of the snapshot', (at: number) => at !== 1],
    ['a change', (at: number) => at !== 3],
  ])('%s is missing: refused', (_what, kept) => {
    const log = new Changelog(TOPIC, 0)
    const records = [
      ...log.snapshotRecords(5, [Buffer.alloc(1_300_000)]),
      ...log.deltaRecords(7, Buffer.from('a')),
      ...log.deltaRecords(8, Buffer.from('b')),
    ]
    expect(() => readBack(records, kept).result()).toThrow(ChangelogError)
  })

  test('another format is refused', () => {
    const record = new Changelog(TOPIC, 0).snapshotRecords(1, [
      Buffer.from('s'),
    ])[0] as OutgoingRecord
    const value = Buffer.from(
      String(record.value?.toString('latin1')).replace(/"format":\d/, '"format":9'),
      'latin1',
    )
    expect(() => readBack([{ ...record, value }])).toThrow('format 9')
  })
})
