import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Parsed } from '@sekisho/event'
import { LineParser } from './line-parser.ts'
import { parsedLine } from './testing/parsed-line.ts'

const SAMPLES = new URL('./samples/', import.meta.url)

/** The zone that lines without one are read in. */
const TIMEZONE = 'Europe/Berlin'

function linesOf(file: string): Buffer[] {
  return readFileSync(new URL(file, SAMPLES), 'latin1')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => Buffer.from(line, 'latin1'))
}

function parsedOf(file: string, timezone?: string): Parsed[] {
  const parser = new LineParser(timezone === undefined ? {} : { timezone })
  return linesOf(file).map((line) => parsedLine(parser, line))
}

/** `1 | action | outcome | decides | attempt | user | source`, or `1 | ignored kind`, `1 | rejected reason`. */
function outcomeOf(parsed: Parsed, index: number): string {
  const number = index + 1
  if (parsed.kind === 'ignored') return `${number} | ignored ${parsed.ignored}`
  if (parsed.kind === 'rejected') return `${number} | rejected ${parsed.reason}`
  const { action, outcome, decides, attempt, userRaw, sourceAddress } = parsed.event
  const parts = [number, action, outcome, decides, attempt, userRaw || '-', sourceAddress || '-']
  return parts.join(' | ')
}

const FILES = readdirSync(SAMPLES).filter((file) => file.endsWith('.log'))

test('there are samples of both vendors', () => {
  expect(FILES.filter((file) => file.startsWith('fortigate')).length).toBeGreaterThan(4)
  expect(FILES.filter((file) => file.startsWith('pulse')).length).toBeGreaterThan(3)
})

test.each(FILES)('%s gives the outcomes that a person read', (file) => {
  const listed = readFileSync(new URL(file.replace('.log', '.outcomes.txt'), SAMPLES), 'utf8')
  const expected = listed.trimEnd().split('\n')
  expect(parsedOf(file, TIMEZONE).map(outcomeOf)).toEqual(expected)
})

test.each(FILES)('%s gives the events on record (UPDATE_GOLDEN=1 rewrites)', (file) => {
  const golden = new URL(file.replace('.log', '.expected.json'), SAMPLES)
  const parsed = parsedOf(file, TIMEZONE)
  if (process.env.UPDATE_GOLDEN === '1') {
    writeFileSync(golden, `[\n${parsed.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`)
  }
  expect(parsed).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
})

test('without a zone, the lines that need one are rejected and no others', () => {
  const rejected = parsedOf('own-samples.log')
    .map((parsed, index) => ({ parsed, number: index + 1 }))
    .filter(({ parsed }) => parsed.kind === 'rejected' && parsed.reason === 'no-timezone')
  expect(rejected.map(({ number }) => number)).toEqual([8, 34, 35, 37, 39])
})
