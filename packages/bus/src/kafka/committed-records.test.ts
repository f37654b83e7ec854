import { expect, test } from '@jest/globals'
import {
  committedRecords,
  type FetchedMessage,
  type FetchedPartition,
} from './committed-records.ts'

const ABORT = Buffer.from([0, 0, 0, 0])
const COMMIT = Buffer.from([0, 0, 0, 1])

/** A message that is a batch of its own; `producer` null: outside transactions. */
function message(
  offset: number,
  producer: string | null,
  key: Buffer = Buffer.from(`k${offset}`),
  isControlRecord = false,
): FetchedMessage {
  return {
    offset: String(offset),
    timestamp: '1700000000000',
    key,
    value: Buffer.from('v'),
    isControlRecord,
    batchContext: {
      firstOffset: String(offset),
      lastOffsetDelta: 0,
      producerId: producer ?? '-1',
      inTransaction: producer !== null,
    },
  }
}

function fetched(
  messages: FetchedMessage[],
  aborted: [producerId: string, firstOffset: number][] = [],
): FetchedPartition {
  const abortedTransactions = aborted.map(([producerId, firstOffset]) => ({
    producerId,
    firstOffset: String(firstOffset),
  }))
  return { partition: 3, highWatermark: '20', abortedTransactions, messages }
}

const offsets = (from: number, partition: FetchedPartition) =>
  committedRecords('t', from, partition).records.map(({ offset }) => offset)

test('a record carries where it is from, as numbers', () => {
  const { records, nextOffset, endOffset } = committedRecords('t', 4, fetched([message(5, null)]))
  expect(records).toEqual([
    {
      topic: 't',
      partition: 3,
      offset: 5,
      key: 'k5',
      value: Buffer.from('v'),
      timestampMs: 1_700_000_000_000,
    },
  ])
  expect([nextOffset, endOffset]).toEqual([6, 20])
})

test('a value does not keep the response it came in', () => {
  const response = Buffer.from('a whole response')
  const only = { ...message(0, null), value: response.subarray(2, 7) }
  const [record] = committedRecords('t', 0, fetched([only])).records
  expect(record?.value?.toString()).toBe('whole')
  response.fill(0)
  expect(record?.value?.toString()).toBe('whole')
})

test('deleted keys and records without a key are records', () => {
  const odd = [
    { ...message(0, null), value: null },
    { ...message(1, null), key: null },
  ]
  const { records } = committedRecords('t', 0, fetched(odd))
  expect(records.map(({ key, value }) => [key, value?.toString() ?? null])).toEqual([
    ['k0', null],
    ['', 'v'],
  ])
})

test('what stands before the offset asked for in its batch is left out', () => {
  expect(offsets(6, fetched([message(4, null), message(5, null), message(6, null)]))).toEqual([6])
})

test.each<[string, number, FetchedPartition, number[]]>([
  [
    'markers are no records, and committed transactions are',
    0,
    fetched([message(0, 'p'), message(1, 'p', COMMIT, true), message(2, null)]),
    [0, 2],
  ],
  [
    'an aborted transaction ends at its marker',
    0,
    fetched([message(0, 'p'), message(1, 'p', ABORT, true), message(2, 'p')], [['p', 0]]),
    [2],
  ],
  [
    'a commit marker of another producer does not end it',
    0,
    fetched([message(0, 'p'), message(1, 'q', COMMIT, true), message(2, 'p')], [['p', 0]]),
    [],
  ],
  [
    'records of one’s own key 0000 end nothing',
    0,
    fetched([message(0, 'p'), message(1, null, ABORT), message(2, 'p')], [['p', 0]]),
    [1],
  ],
  [
    'two that began before what was fetched',
    7,
    fetched(
      [message(7, 'q'), message(8, 'p'), message(9, null)],
      [
        ['p', 1],
        ['q', 2],
      ],
    ),
    [9],
  ],
  [
    'one that begins later does not hide what the same producer committed before',
    0,
    fetched([message(0, 'p'), message(1, 'p', COMMIT, true), message(2, 'p')], [['p', 2]]),
    [0],
  ],
  [
    'in whatever order they are listed',
    0,
    fetched(
      [message(0, 'p'), message(5, 'q'), message(6, 'r')],
      [
        ['q', 5],
        ['p', 0],
      ],
    ),
    [6],
  ],
])('%s', (_, from, partition, expected) => {
  expect(offsets(from, partition)).toEqual(expected)
})

test('the next offset lies behind everything, also behind what was compacted away', () => {
  const last = message(7, null)
  const batch = { ...last.batchContext, firstOffset: '5', lastOffsetDelta: 4 }
  const next = (from: number, messages: FetchedMessage[]) =>
    committedRecords('t', from, fetched(messages)).nextOffset
  expect(next(5, [{ ...last, batchContext: batch }])).toBe(10)
  expect(next(8, [{ ...last, batchContext: batch }])).toBe(10)
  expect(next(3, [message(3, 'p', COMMIT, true)])).toBe(4)
  expect(next(12, [])).toBe(12)
})
