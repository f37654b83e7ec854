import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type BytePage, newBytePage } from './byte-page.ts'
import { ByteSource } from './byte-source.ts'
import { PAYLOAD_BYTES_MAX, type RowKeys, RowLog, type RowRef } from './row-log.ts'

fc.configureGlobal({ seed: 20_261_122 })

type Step =
  | { readonly what: 'append'; readonly key: number; readonly length: number }
  | { readonly what: 'replace' | 'kill'; readonly row: number; readonly length: number }
  | { readonly what: 'deleteKey'; readonly key: number }

interface Row {
  readonly key: number
  ref: RowRef
  text: string
}

const keys = fc.integer({ min: 1, max: 5 })
const lengths = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 1, arbitrary: fc.integer({ min: 20_000, max: PAYLOAD_BYTES_MAX }) },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ what: fc.constant('append' as const), key: keys, length: lengths }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom('replace' as const, 'kill' as const),
      row: fc.nat({ max: 99 }),
      length: lengths,
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('deleteKey' as const), key: keys }) },
)

/** A log and the rows that must be in it. */
class Model {
  readonly log: RowLog
  rows: Row[] = []
  readonly #factor: number
  #count = 0

  constructor(keys: RowKeys) {
    this.log = new RowLog(keys)
    this.#factor = keys === 'wide' ? 2 ** 40 : 1
  }

  take(next: Step): void {
    if (next.what === 'deleteKey') {
      if (this.#factor !== 1) return
      const key = next.key * this.#factor
      this.log.deleteKey(key)
      this.rows = this.rows.filter((row) => row.key !== key)
      return
    }
    if (next.what === 'append') {
      const key = next.key * this.#factor
      const text = this.#payloadOf(next.length)
      this.rows.push({ key, text, ref: this.log.append(key, pageOf(text), text.length) })
      return
    }
    const row = this.rows[next.row % Math.max(1, this.rows.length)]
    if (row === undefined) return
    if (next.what === 'kill') {
      this.log.kill(row.ref)
      this.rows = this.rows.filter((other) => other !== row)
      return
    }
    const text = this.#payloadOf(next.length)
    row.ref = this.log.replace(row.key, row.ref, pageOf(text), text.length)
    row.text = text
  }

  /** A payload that no other one begins with, as long as it is. */
  #payloadOf(length: number): string {
    return `${this.#count++};`.padEnd(length, '.')
  }
}

function pageOf(text: string): BytePage {
  const page = newBytePage(4 * Math.ceil(text.length / 4))
  page.bytes.write(text)
  return page
}

/** Payloads of a key, from the newest row: of a row that was replaced only as many bytes as it now needs are its own. */
function readOf(log: RowLog, key: number): { ref: RowRef; bytes: Buffer }[] {
  const rows: { ref: RowRef; bytes: Buffer }[] = []
  for (let ref = log.first(key); ref !== 0; ref = log.next(ref)) {
    const at = log.payloadAt(ref)
    rows.push({ ref, bytes: log.page(ref).bytes.subarray(at, at + log.payloadLength(ref)) })
  }
  return rows
}

function expectAs(log: RowLog, rows: readonly Row[]): void {
  const byKey = Map.groupBy(rows, ({ key }) => key)
  for (const [key, members] of byKey) {
    const read = new Map(readOf(log, key).map(({ ref, bytes }) => [ref, bytes]))
    expect([...read.keys()].sort()).toEqual(members.map(({ ref }) => ref).sort())
    for (const { ref, text } of members) {
      expect(read.get(ref)?.subarray(0, text.length).toString()).toBe(text)
    }
  }
}

describe.each<RowKeys>(['dense', 'wide'])('a log by %s keys', (kind) => {
  test('keeps every row of every key until it is killed, and what a snapshot of it gives back', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.array(step, { maxLength: 20 }),
        (steps, more) => {
          const model = new Model(kind)
          for (const each of steps) model.take(each)
          expectAs(model.log, model.rows)
          const restored = RowLog.restore(kind, new ByteSource([...model.log.save()]))
          expectAs(restored, model.rows)
          expect([...restored.sortedKeys()]).toEqual([...model.log.sortedKeys()])
          expect(restored.byteLength).toBe(model.log.byteLength)
          for (const each of more) model.take(each)
          expectAs(model.log, model.rows)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('rows of a key come newest first', () => {
  const log = new RowLog('dense')
  const refs = ['one', 'two', 'three'].map((text) => log.append(7, pageOf(text), text.length))
  expect(readOf(log, 7).map(({ bytes }) => bytes.toString())).toEqual(['three', 'two', 'one'])
  log.kill(refs[1] as RowRef)
  expect(readOf(log, 7).map(({ bytes }) => bytes.toString())).toEqual(['three', 'one'])
  expect([log.hasKey(7), log.hasKey(8), log.keys]).toEqual([true, false, 1])
  log.deleteKey(7)
  expect([log.hasKey(7), log.first(7), log.keys]).toEqual([false, 0, 0])
})

test('a shorter row takes the place of a longer one, a longer one another place', () => {
  const log = new RowLog('dense')
  const ref = log.append(7, pageOf('middling'), 8)
  expect(log.replace(7, ref, pageOf('short'), 5)).toBe(ref)
  expect(log.replace(7, ref, pageOf('rather longer'), 13)).not.toBe(ref)
  expect(readOf(log, 7).map(({ bytes }) => bytes.toString())).toEqual(['rather longer'])
})

test('an empty log is empty, also after a snapshot', () => {
  const restored = RowLog.restore('wide', new ByteSource([...new RowLog('wide').save()]))
  expect([restored.keys, restored.first(1)]).toEqual([0, 0])
  restored.append(2 ** 48 + 1, pageOf('row'), 3)
  expect(readOf(restored, 2 ** 48 + 1)).toHaveLength(1)
})
