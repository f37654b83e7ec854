import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { SortableAttempt } from './sortable-attempt.ts'
import { SortedAttempts } from './sorted-attempts.ts'
import { attemptOf } from './test-support.ts'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

function sortedBy(memoryBudgetBytes: number): SortedAttempts {
  return new SortedAttempts({ memoryBudgetBytes, temporaryDirectory: folder })
}

function sort(attempts: Iterable<SortableAttempt>, memoryBudgetBytes: number) {
  const sorted = sortedBy(memoryBudgetBytes)
  for (const attempt of attempts) sorted.add(attempt)
  const drained = [...sorted.drain()]
  expect(readdirSync(folder)).toEqual([])
  return { drained, duplicates: sorted.duplicates }
}

function isLess(a: string | number, b: string | number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** The same by the plainest means. */
function sortNaively(attempts: readonly SortableAttempt[]): SortableAttempt[] {
  const sorted = attempts.toSorted(
    (a, b) =>
      a.event.timestampMs - b.event.timestampMs ||
      isLess(a.id, b.id) ||
      isLess(a.rawSha256, b.rawSha256) ||
      isLess(a.line.path, b.line.path) ||
      isLess(a.line.number, b.line.number),
  )
  return sorted.filter(({ id }, i) => id !== sorted[i - 1]?.id)
}

const USERS = ['alice', 'Jürgen', '山田', 'x'.repeat(3000)]

/** Attempts of which many have one time, and some are copies of one event. */
const fewAttempts = fc
  .array(
    fc.record({
      event: fc.integer({ min: 0, max: 30 }),
      rawSha256: fc.constantFrom('aa', 'ab', 'b'),
      path: fc.constantFrom('a.log', 'b.log'),
      number: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 80 },
  )
  .map((rows) =>
    rows.map(({ event, ...rest }) => {
      // The id fixes the event, as a hash over its content does.
      const userRaw = USERS[event % USERS.length] as string
      return attemptOf(1000 * Math.floor(event / 7), `id${(event * 5) % 31}`, { ...rest, userRaw })
    }),
  )

describe('whatever the budget', () => {
  test.each([0, 1000, 20_000, 200_000, 10_000_000])(
    'of %d bytes, the result is that of a plain sort',
    (bytes) => {
      fc.assert(
        fc.property(fewAttempts, (attempts) => {
          const { drained, duplicates } = sort(attempts, bytes)
          const expected = sortNaively(attempts)
          expect(drained).toEqual(expected)
          expect(duplicates).toBe(attempts.length - expected.length)
        }),
        { seed: 5, numRuns: 40 },
      )
    },
  )
})

describe('many attempts', () => {
  const COUNT = 20_000
  const inOrder = Array.from({ length: COUNT }, (_, i) =>
    attemptOf(1_763_600_000_000 + 250 * i, ((i * 2_654_435_761) % 2 ** 32).toString(16), {
      number: i + 1,
    }),
  )
  const shuffled = inOrder.map((_, i) => inOrder[(i * 7919) % COUNT] as SortableAttempt)

  test.each([
    ['in order, in memory', inOrder, 64_000_000],
    ['in order, on disk', inOrder, 500_000],
    [
      'one gateway after the other',
      [...inOrder.filter((_, i) => i % 2 > 0), ...inOrder.filter((_, i) => i % 2 === 0)],
      500_000,
    ],
    ['in disorder, in memory', shuffled, 64_000_000],
    ['in disorder, on disk', shuffled, 2_000_000],
    ['in disorder, merged in passes', shuffled, 100_000],
    ['in reverse', inOrder.toReversed(), 500_000],
  ])('%s', (_name, attempts, budget) => {
    const { drained, duplicates } = sort(attempts, budget)
    expect(drained.length).toBe(COUNT)
    expect(duplicates).toBe(0)
    const firstWrong = drained.findIndex(({ id }, i) => id !== inOrder[i]?.id)
    expect(firstWrong).toBe(-1)
    expect(drained[COUNT - 1]).toEqual(inOrder[COUNT - 1])
  })

  test('an archive read twice', () => {
    const { drained, duplicates } = sort([...inOrder, ...shuffled], 500_000)
    expect(drained).toEqual(inOrder)
    expect(duplicates).toBe(COUNT)
  })
})

describe('its life', () => {
  test('nothing in, nothing out', () => {
    expect(sort([], 1000)).toEqual({ drained: [], duplicates: 0 })
  })

  test('a caller that stops early leaves nothing open', () => {
    const sorted = sortedBy(0)
    for (let i = 0; i < 100; i++) sorted.add(attemptOf(i, `id${i}`))
    for (const { id } of sorted.drain()) {
      expect(id).toBe('id0')
      break
    }
    expect(() => sorted.add(attemptOf(1, 'late'))).toThrow('before they are drained')
    expect(() => [...sorted.drain()]).toThrow('drained once')
  })

  test('closing it twice is harmless', () => {
    const sorted = sortedBy(0)
    sorted.add(attemptOf(1, 'id'))
    sorted.close()
    sorted.close()
    expect(() => [...sorted.drain()]).toThrow('drained once')
  })

  test('a folder that cannot be used is named', () => {
    const temporaryDirectory = join(folder, 'missing')
    const sorted = new SortedAttempts({ memoryBudgetBytes: 0, temporaryDirectory })
    expect(() => {
      for (let i = 0; i < 100; i++) sorted.add(attemptOf(i, `id${i}`))
    }).toThrow(`cannot create a temporary file in ${temporaryDirectory}`)
    sorted.close()
  })

  test.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY])(
    'a time of %d ms is refused',
    (timestampMs) => {
      expect(() => sortedBy(1000).add(attemptOf(timestampMs, 'id'))).toThrow('whole milliseconds')
    },
  )

  test('an attempt is copied: what the caller does to it later does not matter', () => {
    const sorted = sortedBy(100_000)
    const attempt = attemptOf(1, 'id')
    sorted.add(attempt)
    attempt.event.userRaw = 'changed'
    expect([...sorted.drain()]).toEqual([attemptOf(1, 'id')])
  })
})
