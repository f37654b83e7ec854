import { describe, expect, test } from '@jest/globals'
import type { Vendor } from '@sekisho/event'
import { CONDITIONS, signOf } from './testing/message-pages.ts'
import { signRowsOf } from './testing/message-tables.ts'
import { sampleLines } from './testing/sample-lines.ts'

const SAMPLES = sampleLines()

const PAGES: readonly (readonly [page: string, vendor: Vendor])[] = [
  ['fortigate-messages.md', 'fortigate'],
  ['pulse-secure-messages.md', 'pulse-secure'],
]

describe.each(PAGES)('signs of compromise in %s', (page, vendor) => {
  const rows = signRowsOf(page)
  const samples = SAMPLES.flatMap((sample) => {
    if (sample.parsed.kind !== 'event' || sample.parsed.event.vendor !== vendor) return []
    return [{ sample, row: signOf(sample, rows), read: sample.parsed.event.indicator }]
  })

  test('are what the parser reads of every sample line, and nothing else is', () => {
    expect(rows.length).toBeGreaterThan(5)
    const differences = samples
      .filter(({ row, read }) => (row?.indicator ?? '-') !== signOfMessage(read))
      .map(({ sample, row, read }) => `${sample.place} is read as '${read}'; ${row?.place}`)
    expect(differences).toEqual([])
  })

  test('have a sample line each', () => {
    const told = new Set(samples.map(({ row }) => row))
    const missing = rows.filter((row) => !told.has(row))
    expect(missing.map(({ place }) => place)).toEqual([])
  })

  test('are told by words that the page explains', () => {
    const odd = rows.filter(
      ({ codes, words, conditions }) =>
        codes.length + words.length === 0 || !conditions.every((one) => one in CONDITIONS),
    )
    expect(odd.map(({ place }) => place)).toEqual([])
  })
})

/** An imitated line is a sign whatever its message is. */
function signOfMessage(read: string): string {
  return read === '' || read === 'imitated-line' ? '-' : read
}
