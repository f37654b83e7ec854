import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { SEVERITY_SCORE, type Severity } from '@sekisho/event'
import { type AlertDocument, alertDocumentsOf } from './testing/alert-documents.ts'
import { ran } from './testing/fake-io.ts'
import {
  CASES_FOLDER,
  type ExpectedAlert,
  type PublishedCase,
  publishedCases,
} from './testing/published-cases.ts'

jest.setTimeout(60_000)

const folder = mkdtempSync(join(tmpdir(), 'sekisho-cases-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cases = publishedCases()
const readme = readFileSync(join(CASES_FOLDER, 'README.md'), 'utf8')

function scoreOf(severity: string): number {
  return SEVERITY_SCORE[severity as Severity]
}

function isWanted({ rule, sekisho, ...alert }: AlertDocument, wanted: ExpectedAlert): boolean {
  const timeMs = Date.parse(alert['@timestamp'])
  return (
    rule.id === wanted.rule &&
    sekisho.alert.entity === wanted.entity &&
    timeMs >= Date.parse(wanted.from) &&
    timeMs <= Date.parse(wanted.to)
  )
}

function shown({ rule, event, sekisho }: AlertDocument): string {
  return `${rule.id} ${sekisho.severity} ${sekisho.alert.entity}: ${event.reason}`
}

/** Replays a case and returns its alerts, checking that every line was read. */
async function alertsOf({ logs, settings, counts }: PublishedCase): Promise<AlertDocument[]> {
  const out = join(folder, 'alerts.ndjson')
  const args = ['replay', logs, '--config', settings, '--out', out, '--output', 'json']
  const { code, stdout, stderr } = await ran(args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const { lines } = JSON.parse(stdout)
  expect(lines).toMatchObject({ total: counts.lines, events: counts.lines, rejected: 0 })
  return alertDocumentsOf(out)
}

describe.each(cases)('$name', (told) => {
  const built = told.alerts.filter(({ knownGap }) => knownGap === undefined)
  const gaps = told.alerts.filter(({ knownGap }) => knownGap !== undefined)
  let alerts: AlertDocument[]
  beforeAll(async () => {
    alerts = await alertsOf(told)
  })

  test('is found, and nothing else at medium or above', () => {
    for (const wanted of built) {
      const found = alerts.filter((alert) => isWanted(alert, wanted))
      expect({ wanted, found: found.length }).toEqual({ wanted, found: 1 })
      const least = scoreOf(wanted.severityAtLeast)
      expect(scoreOf(found[0]?.sekisho.severity ?? '')).toBeGreaterThanOrEqual(least)
    }
    const others = alerts.filter(
      (alert) =>
        scoreOf(alert.sekisho.severity) >= SEVERITY_SCORE.medium &&
        !told.alerts.some((wanted) => isWanted(alert, wanted)),
    )
    expect(others.map(shown)).toEqual([])
  })

  test('stays silent where nothing happened', () => {
    for (const { rule, entity } of told.silent) {
      const about = alerts.filter(
        (alert) =>
          (rule === undefined || alert.rule.id === rule) &&
          (entity === undefined || alert.sekisho.alert.entity === entity),
      )
      expect(about.map(shown)).toEqual([])
    }
  })

  // A rule that was built closes its gap: take `knownGap` out of the story, and mend the table.
  test('its known gaps are gaps', () => {
    const closed = alerts.filter(({ rule }) => gaps.some((gap) => gap.rule === rule.id))
    expect(closed.map(shown)).toEqual([])
  })

  test('stands in the table with all its rules', () => {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${told.name}\` |`)) ?? ''
    const [, , , , expected = '', found = ''] = row.split('|')
    expect(expected.match(/\b[A-Z]\d\b/g) ?? []).toEqual(rulesOf(told.alerts))
    expect(found.match(/\b[A-Z]\d\b/g) ?? []).toEqual(rulesOf(built))
  })
})

function rulesOf(alerts: readonly ExpectedAlert[]): string[] {
  return [...new Set(alerts.map(({ rule }) => rule))].sort()
}

test('the ten published cases and the nine benign stories are there', () => {
  const benign = cases.filter(({ name }) => name.startsWith('benign-'))
  expect([benign.length, cases.length - benign.length]).toEqual([9, 10])
  expect(benign.flatMap(({ alerts }) => alerts)).toEqual([])
  for (const { name, alerts } of cases) {
    if (!name.startsWith('benign-'))
      expect({ name, count: alerts.length }).not.toMatchObject({ count: 0 })
  }
})

test('the script writes these very lines', () => {
  const made = join(folder, 'made')
  const { NODE_OPTIONS: _options, ...env } = process.env
  const script = [join(CASES_FOLDER, 'make.mjs'), made]
  expect(spawnSync(process.execPath, script, { env, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  })
  expect(readdirSync(made).sort()).toEqual(cases.map(({ name }) => name))
  for (const { name, logs } of cases) {
    for (const file of ['expected.json', 'sekisho.yaml']) {
      const again = readFileSync(join(made, name, file), 'utf8')
      expect(again).toBe(readFileSync(join(CASES_FOLDER, name, file), 'utf8'))
    }
    expect(readdirSync(join(made, name, '.logs'))).toEqual(readdirSync(logs))
    for (const file of readdirSync(logs)) {
      const again = gunzipSync(readFileSync(join(made, name, '.logs', file)))
      expect(again.equals(gunzipSync(readFileSync(join(logs, file))))).toBe(true)
    }
  }
})
