import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SEVERITY_SCORE, type Severity } from '@sekisho/event'
import { type AlertDocument, alertDocumentsOf } from './testing/alert-documents.ts'
import { type Outcome, PROJECT, sekisho } from './testing/sekisho.ts'

interface Expected {
  readonly mustFind: readonly {
    readonly rule: string
    readonly entity: string
    readonly day: string
    readonly severityAtLeast: Severity
  }[]
  readonly mustNotFind: readonly { readonly entity?: string; readonly sourcePrefix?: string }[]
  readonly counts: { readonly lines: number; readonly damaged: number }
}

const expected: Expected = JSON.parse(readFileSync(join(PROJECT, 'samples/expected.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'sekisho-samples-'))
let outcome: Outcome
let alerts: AlertDocument[]

beforeAll(() => {
  const out = join(folder, 'alerts.ndjson')
  outcome = sekisho(['replay', 'samples', '--out', out, '--output', 'json'])
  alerts = alertDocumentsOf(out)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function scoreOf(severity: string): number {
  return SEVERITY_SCORE[severity as Severity]
}

test('the samples replay without a problem and every line is accounted for', () => {
  expect(outcome).toMatchObject({ code: 0 })
  const { lines } = JSON.parse(outcome.stdout)
  expect(lines.total).toBe(expected.counts.lines)
  expect(lines.events + lines.ignored + lines.rejected).toBe(lines.total)
  expect(lines.rejected).toBe(expected.counts.damaged)
})

test.each(expected.mustFind)('finds $rule of $entity on $day', (wanted) => {
  const found = alerts.filter(
    ({ rule, sekisho: { alert } }) =>
      rule.id === wanted.rule && alert.entity === wanted.entity && alert.day === wanted.day,
  )
  expect(found).toHaveLength(1)
  const [alert] = found as [AlertDocument]
  expect(scoreOf(alert.sekisho.severity)).toBeGreaterThanOrEqual(scoreOf(wanted.severityAtLeast))
})

test('nothing else is at medium or above', () => {
  const others = alerts.filter(
    ({ rule, sekisho: { alert, severity } }) =>
      scoreOf(severity) >= SEVERITY_SCORE.medium &&
      !expected.mustFind.some(
        (wanted) =>
          wanted.rule === rule.id && wanted.entity === alert.entity && wanted.day === alert.day,
      ),
  )
  expect(others.map(({ event }) => event.reason)).toEqual([])
})

test.each(expected.mustNotFind)(
  'stays silent on $entity$sourcePrefix',
  ({ entity, sourcePrefix }) => {
    const about = alerts.filter(({ related, sekisho: { alert } }) => {
      const network = sourcePrefix?.replace(/0\/24$/, '')
      return (
        alert.entity === (entity ?? `prefix:${sourcePrefix}`) ||
        (network !== undefined && related.ip.some((ip) => ip.startsWith(network)))
      )
    })
    expect(about).toEqual([])
  },
)

test('every alert shows what it rests on', () => {
  for (const { sekisho: alert, rule } of alerts) {
    const { evidence, score, travel } = alert as unknown as {
      evidence: { raw_ref: string; raw_sha256: string; role: string }[]
      score: { terms: { value: number; why: string }[]; considered: { why: string }[] }
      travel?: { from: { radius_km: number }; to: { radius_km: number }; [key: string]: unknown }
    }
    expect(evidence.filter(({ role }) => role === 'decisive').length).toBeGreaterThan(0)
    for (const line of evidence) {
      expect(line.raw_ref).toMatch(/^samples\/.+\.log(\.gz|\.zst)?:\d+$/)
      expect(line.raw_sha256).toMatch(/^[0-9a-f]{64}$/)
    }
    expect(score.terms.length).toBeGreaterThan(0)
    // A strange login against which nothing could be weighed has only its terms.
    if (rule.id !== 'U2') expect(score.considered.length).toBeGreaterThan(0)
    if (rule.id !== 'T1') continue
    expect(travel?.from.radius_km).toBeGreaterThan(0)
    expect(travel?.to.radius_km).toBeGreaterThan(0)
    for (const key of ['distance_km', 'distance_lower_km', 'gap_s', 'speed_lower_kmh']) {
      expect(travel?.[key]).toEqual(expect.any(Number))
    }
  }
})
