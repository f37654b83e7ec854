import { describe, expect, test } from '@jest/globals'
import type { Vendor } from '@sekisho/event'
import { FORTIGATE_TABLES, fortigateOutcomeOf } from './fortigate/outcomes.ts'
import { fortigateReasonOf } from './fortigate/reasons.ts'
import { PULSE_ROWS, pulseMatchOf } from './pulse-secure/outcomes.ts'
import { pulseReasonOf } from './pulse-secure/reasons.ts'
import { CONDITIONS, outcomeTold, readOf, rowOf, toldOf } from './testing/message-pages.ts'
import { isOfCode, messageRowsOf, reasonWordsOf } from './testing/message-tables.ts'
import { messageOf, sampleLines } from './testing/sample-lines.ts'

const SAMPLES = sampleLines()

const FORTIGATE_IDS = FORTIGATE_TABLES.flatMap(({ rows }) => rows.flatMap((row) => row.ids))

const PAGES: readonly (readonly [page: string, vendor: Vendor, codes: readonly string[]])[] = [
  [
    'fortigate-messages.md',
    'fortigate',
    [...FORTIGATE_IDS.map((id) => String(id).padStart(5, '0')), '0005000024'],
  ],
  ['pulse-secure-messages.md', 'pulse-secure', PULSE_ROWS.flatMap((row) => row.codes ?? [])],
]

describe.each(PAGES)('%s', (page, vendor, codesRead) => {
  const rows = messageRowsOf(page)
  // Events are their vendor's; what is ignored may be anybody's.
  const samples = SAMPLES.filter(
    ({ parsed }) => parsed.kind === 'ignored' || parsed.event.vendor === vendor,
  ).map((sample) => ({ sample, row: rowOf(sample, vendor, rows) }))

  test('is written in the words that it explains', () => {
    expect(rows.length).toBeGreaterThan(60)
    const odd = rows.filter(
      ({ codes, words, conditions, decides, evidence }) =>
        codes.length + words.length === 0 ||
        !conditions.every((condition) => condition in CONDITIONS) ||
        !['yes', 'unless', 'no', 'end'].includes(decides) ||
        !['seen', 'documented', 'unverified'].includes(evidence),
    )
    expect(odd.map(({ place }) => place)).toEqual([])
  })

  test('says of every sample line what the parser reads', () => {
    const differences = samples.flatMap(({ sample, row }) => {
      if (row === undefined) return []
      const [told, read] = [toldOf(row, sample), readOf(sample)]
      return told === read ? [] : [`${sample.place} is read as ${read}; ${row.place} says ${told}`]
    })
    expect(differences).toEqual([])
  })

  test('has a row for every sample line that is read as something', () => {
    const missing = samples.filter(
      ({ sample: { parsed }, row }) =>
        row === undefined && parsed.kind === 'event' && parsed.event.action !== 'other',
    )
    expect(missing.map(({ sample }) => `${sample.place}: ${sample.text}`)).toEqual([])
  })

  test('has a sample line for every row', () => {
    const told = new Set(samples.map(({ row }) => row))
    expect(rows.filter((row) => !told.has(row)).map(({ place }) => place)).toEqual([])
  })

  test('has a sample line for every id', () => {
    const sampled = new Set(samples.map(({ sample }) => sample.code))
    const missing = rows.flatMap(({ codes, place }) =>
      codes
        .filter((code) => !code.endsWith('*') && !sampled.has(code))
        .map((code) => `${place}: ${code}`),
    )
    expect(missing).toEqual([])
  })

  test('has sample lines of several outcomes for every row that goes by a word', () => {
    const single = rows.filter((row) => {
      const own = samples.filter((one) => one.row === row)
      const outcomes = new Set(own.map(({ sample }) => outcomeTold(row, sample)))
      return row.outcome.startsWith('by ') && outcomes.size < 2
    })
    expect(single.map(({ place }) => place)).toEqual([])
  })

  test('has every id that the parser knows', () => {
    const missing = codesRead.filter((code) => !rows.some((row) => isOfCode(row, code)))
    expect(missing).toEqual([])
  })
})

test('every row of Pulse Secure with words has a sample line without a code', () => {
  const rows = messageRowsOf('pulse-secure-messages.md')
  const told = new Set(
    SAMPLES.filter(({ code }) => code === '').map((sample) => rowOf(sample, 'pulse-secure', rows)),
  )
  const missing = rows.filter((row) => row.words.length > 0 && !told.has(row))
  expect(missing.map(({ place }) => place)).toEqual([])
})

test('every words of Pulse Secure that the parser knows have a sample line without a code', () => {
  const uncoded = SAMPLES.filter(({ code, parsed }) => code === '' && parsed.kind === 'event')
  const told = new Set(uncoded.map(({ text }) => pulseMatchOf('', messageOf(text))?.row))
  const worded = PULSE_ROWS.filter((row) => row.starts !== undefined || row.contains !== undefined)
  expect(worded.filter((row) => !told.has(row))).toEqual([])
})

test('no message id of FortiGate stands in two rows', () => {
  expect(FORTIGATE_IDS).toHaveLength(new Set(FORTIGATE_IDS).size)
  for (const { rows } of FORTIGATE_TABLES) {
    for (const row of rows) {
      for (const id of row.ids) expect(fortigateOutcomeOf(id)?.action).toBe(row.action)
    }
  }
})

test('ids around those of the tables have no row', () => {
  expect([39427, 39935, 32004, 43041, 0, 99_999].map(fortigateOutcomeOf)).toEqual(
    new Array(6).fill(undefined),
  )
})

test.each([
  ['fortigate-messages.md', fortigateReasonOf],
  ['pulse-secure-messages.md', (text: string) => pulseReasonOf('', text)],
])('%s: every reason is read as the page says', (page, reasonOf) => {
  const listed = reasonWordsOf(page)
  expect(listed.length).toBeGreaterThan(8)
  expect(listed.map(({ word }) => ({ word, reason: reasonOf(word) }))).toEqual(listed)
})
