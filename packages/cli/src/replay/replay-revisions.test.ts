import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type AlertDocument, alertDocumentsOf } from '../testing/alert-documents.ts'
import { ran } from '../testing/fake-io.ts'
import { loginFailed, tunnelUp } from '../testing/fortigate-lines.ts'

const DAY_S = 86_400
const HOUR_S = 3_600

let folder = ''
let out = ''
let signals = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  out = join(folder, 'alerts.ndjson')
  signals = join(folder, 'signals.ndjson')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

async function revised(lines: readonly string[], ...more: readonly string[]) {
  const path = join(folder, 'in.log')
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
  const flags = ['--revisions', '--out', out, '--signals', signals]
  const { code, stdout, stderr } = await ran(['replay', path, ...flags, ...more])
  return { code, stdout, stderr, said: alertDocumentsOf(out) }
}

function lifeOf({ sekisho }: AlertDocument): unknown[] {
  return [sekisho.revision, sekisho.state, sekisho.severity]
}

/** Twelve names that fail one after the other at one address, on a day of the cold start. */
const ATTACK = Array.from({ length: 12 }, (_, i) =>
  loginFailed(20 * HOUR_S + i * 40, `name${i}`, '203.0.113.9'),
)

describe('replay --revisions', () => {
  test('says every word as it would have been said, and the last is what replay says', async () => {
    const { code, said, stdout } = await revised(ATTACK)
    expect(code).toBe(0)
    // Seven names are an alert, five more revise it, the end of input makes it final.
    expect(said.map(lifeOf)).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((revision) => [revision, 'provisional', 'medium']),
      [7, 'final', 'medium'],
    ])
    expect(new Set(said.map(({ sekisho }) => sekisho.alert.id)).size).toBe(1)
    expect(said.every(({ sekisho }) => (sekisho.run as { mode: string }).mode === 'live')).toBe(
      true,
    )
    expect(stdout).toContain(`  alerts    1 medium, written to ${out}\n`)
    const batch = join(folder, 'batch.ndjson')
    await ran(['replay', join(folder, 'in.log'), '--out', batch])
    const [only] = alertDocumentsOf(batch)
    expect(said.at(-1)?.sekisho.evidence).toEqual(only?.sekisho.evidence)
    expect(said.at(-1)?.sekisho.score).toEqual(only?.sekisho.score)
  })

  test('lines are taken as they come: a day is final when the clock has passed it', async () => {
    const later = [1, 2, 3, 4].map((day) => tunnelUp(day * DAY_S, 'alice'))
    const { said, stderr: nothing } = await revised([...ATTACK, ...later])
    expect(said.at(-1)?.sekisho.state).toBe('final')
    expect(nothing).not.toContain('Warning')
    const {
      said: late,
      stdout,
      stderr,
    } = await revised([...ATTACK.slice(1), ...later, ...ATTACK.slice(0, 1)])
    expect(stdout).toMatch(
      /^ {2}late {6}1 attempt of days that were complete: .* without --revisions/m,
    )
    expect(stderr).toMatch(
      /^Warning: 1 attempt of days that were complete: .* without --revisions/m,
    )
    expect(late.at(-1)?.sekisho.state).toBe('final')
    expect(late.at(-1)?.sekisho.evidence).toHaveLength(11)
  })

  test('a retraction names the event after which it was no longer true', async () => {
    const home = '198.51.100.7'
    const days = Array.from({ length: 9 }, (_, day) =>
      ['alice', 'bob'].map((user) => tunnelUp(day * DAY_S + 8 * HOUR_S, user, home)),
    ).flat()
    const names = Array.from({ length: 4 }, (_, i) =>
      loginFailed(9 * DAY_S + 9 * HOUR_S + i * 10, `name${i}`, home),
    )
    // What vouched logins at the source come late, and take the attack back.
    const vouched = Array.from({ length: 8 }, (_, i) =>
      tunnelUp(9 * DAY_S + 9 * HOUR_S + 60 + i, i % 2 === 0 ? 'alice' : 'bob', home),
    )
    const { said, stdout } = await revised([...days, ...names, ...vouched])
    expect(said.map(({ sekisho }) => sekisho.state)).toEqual(['provisional', 'retracted'])
    const [, retracted] = said
    expect(retracted?.sekisho.superseded_by).toMatch(/^[0-9a-f]{32}$/)
    expect(said[0]?.sekisho.superseded_by).toBeUndefined()
    const parsed = await ran(['parse', join(folder, 'in.log'), '--no-locate'])
    const cause = parsed.stdout
      .split('\n')
      .find((line) => line.includes(String(retracted?.sekisho.superseded_by)))
    expect(JSON.parse(cause ?? '{}').event.outcome).toBe('success')
    expect(stdout).toContain(`  alerts    none, written to ${out}\n`)
  })

  test('on standard output they come in the same order', async () => {
    await revised(ATTACK)
    const { stdout } = await ran(['replay', join(folder, 'in.log'), '--revisions', '--out', '-'])
    const revisions = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).sekisho.revision)
    expect(revisions).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test('only words on alerts of the period are given out', async () => {
    const { said } = await revised(ATTACK, '--to', '2026-03-10')
    expect(said).toEqual([])
    expect(readFileSync(signals, 'utf8')).toBe('')
  })
})
