import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { FORTIGATE_TABLES, fortigateOutcomeOf } from './fortigate-outcomes.ts'
import { PULSE_ROWS, pulseMatchOf } from './pulse-outcomes.ts'

function sampleOf(file: string): string {
  return readFileSync(new URL(`./samples/${file}.log`, import.meta.url), 'utf8')
}

const FORTIGATE = ['fortigate-7.4', 'fortigate-7.4-system', 'fortigate-7.6-ipsec'].map(sampleOf)
const PULSE = ['pulse-9.1', 'pulse-22', 'pulse-welf'].map(sampleOf).join('\n')

test('no message id of FortiGate stands in two rows', () => {
  const ids = FORTIGATE_TABLES.flatMap(({ rows }) => rows.flatMap((row) => row.ids))
  expect(ids).toHaveLength(new Set(ids).size)
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

test('every message id of FortiGate has a sample line', () => {
  const ids = FORTIGATE_TABLES.flatMap(({ rows }) => rows.flatMap((row) => row.ids))
  const sampled = new Set(FORTIGATE.join('\n').match(/(?<=logid="01\d{3})\d{5}/g))
  expect(ids.filter((id) => !sampled.has(String(id).padStart(5, '0')))).toEqual([])
})

test('every message code of Pulse Secure has a sample line', () => {
  const codes = PULSE_ROWS.flatMap((row) => row.codes ?? [])
  const sampled = new Set(PULSE.match(/(?<=msg=")[A-Z]{3}\d{5}/g))
  expect(codes.filter((code) => !sampled.has(code))).toEqual([])
})

test('every row that words can tell has a sample line without a code', () => {
  const messages = PULSE.split('\n')
    .filter((line) => !line.includes('msg=') && !line.startsWith('#'))
    .map((line) => line.slice(line.indexOf('] - ') + 4))
  const told = new Set(messages.map((message) => pulseMatchOf('', message)?.row))
  const worded = PULSE_ROWS.filter((row) => row.starts !== undefined || row.contains !== undefined)
  expect(worded.filter((row) => !told.has(row))).toEqual([])
})
