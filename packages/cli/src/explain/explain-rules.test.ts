import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type AlertDocument, alertDocumentsOf } from '../testing/alert-documents.ts'
import { ran } from '../testing/fake-io.ts'
import { loginFailed, tunnelStart, tunnelUp } from '../testing/fortigate-lines.ts'
import { PROJECT } from '../testing/sekisho.ts'

const DAY_S = 86_400
const HOUR_S = 3_600

interface Explained {
  readonly line: { readonly kind: string }
  readonly rules: {
    readonly not_asked?: string
    readonly outcome: string | null
    readonly findings: readonly Record<string, unknown>[]
    readonly login: {
      readonly log_odds: number
      readonly terms: readonly { readonly name: string }[]
      readonly thresholds: { readonly signal: number }
      readonly severity: string | null
    } | null
    readonly user: Record<string, unknown> | null
    readonly organisation: Record<string, unknown>
  }
}

function stdinOf(lines: readonly string[]) {
  return { stdin: Readable.from([Buffer.from(lines.map((line) => `${line}\n`).join(''))]) }
}

async function explainedJson(lines: readonly string[], ...flags: string[]): Promise<Explained[]> {
  const { stdout } = await ran(['explain', '--output', 'json', ...flags], stdinOf(lines))
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const folder = mkdtempSync(join(tmpdir(), 'sekisho-explain-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the samples', () => {
  const samples = join(PROJECT, 'samples')
  const out = join(folder, 'alerts.ndjson')
  const signals = join(folder, 'signals.ndjson')
  let said: AlertDocument[] = []
  const files = new Map<string, string[]>()

  function linesOf(path: string): string[] {
    let lines = files.get(path)
    if (lines === undefined) {
      const bytes = readFileSync(path)
      const unpack = path.endsWith('.gz') ? gunzipSync : zstdDecompressSync
      const text = (path.endsWith('.log') ? bytes : unpack(bytes)).toString('utf8')
      lines = text.split('\n')
      files.set(path, lines)
    }
    return lines
  }

  function lineAt(reference: string): string {
    const at = reference.lastIndexOf(':')
    return linesOf(reference.slice(0, at))[Number(reference.slice(at + 1)) - 1] ?? ''
  }

  beforeAll(async () => {
    await ran(['replay', samples, '--out', out, '--signals', signals])
    said = [...alertDocumentsOf(out), ...alertDocumentsOf(signals)]
  }, 60_000)

  test('the first line of every alert and signal is explained by that alert', async () => {
    expect(said.length).toBeGreaterThan(5)
    const lines = said.map(({ sekisho }) => lineAt(String(sekisho.evidence[0]?.raw_ref)))
    const explained = await explainedJson(lines, '--history', samples)
    explained.forEach(({ rules }, i) => {
      const { event, rule, sekisho } = said[i] as AlertDocument
      expect(rules.findings).toContainEqual({
        rule: { id: rule.id, name: expect.any(String) },
        severity: sekisho.severity,
        entity: sekisho.alert.entity,
        '@timestamp': (said[i] as AlertDocument)['@timestamp'],
        reason: event.reason,
        score: (sekisho.score as { log_odds: number }).log_odds,
        threshold: (sekisho.score as { threshold: number }).threshold,
        shows_line: true,
      })
    })
    const travel = said.findIndex(({ rule }) => rule.id === 'T1')
    const score = said[travel]?.sekisho.score as { log_odds: number; terms: { name: string }[] }
    const login = explained[travel]?.rules.login
    expect(login?.log_odds).toBe(score.log_odds)
    expect(login?.terms.map(({ name }) => name)).toEqual(score.terms.map(({ name }) => name))
  }, 60_000)

  test('honest logins are silent, and the sum says why', async () => {
    const expected = JSON.parse(readFileSync(join(samples, 'expected.json'), 'utf8'))
    const { stdout } = await ran(['parse', samples, '--no-locate'])
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    // The last login of each is the one on the journey, at the hotel or on the phone.
    const honest: string[] = expected.mustNotFind.flatMap(
      ({ entity, sourcePrefix }: { entity?: string; sourcePrefix?: string }) => {
        const isMeant = (event: {
          user?: { id?: string; name?: string }
          source?: { ip?: string }
        }) =>
          entity === undefined
            ? event.source?.ip?.startsWith(sourcePrefix?.replace(/0\/24$/, '') ?? '')
            : `user:${event.user?.name}`.endsWith(entity)
        const last = events.findLast(
          (event) =>
            event.sekisho.decides_login && event.event.outcome === 'success' && isMeant(event),
        )
        return last === undefined
          ? []
          : [lineAt(`${last.sekisho.line.path}:${last.sekisho.line.number}`)]
      },
    )
    expect(honest.length).toBeGreaterThan(2)
    for (const { rules } of await explainedJson(honest, '--history', samples)) {
      expect(rules.outcome).toBe('success')
      expect(rules.findings.filter(({ severity }) => severity !== 'low')).toEqual([])
      expect(rules.login?.severity === null || rules.login?.severity === 'low').toBe(true)
    }
  }, 60_000)
})

describe('explain --history', () => {
  const DAYS = Array.from({ length: 12 }, (_, day) =>
    ['alice', 'bob', 'carol'].map((user) => tunnelUp(day * DAY_S + 8 * HOUR_S, user)),
  ).flat()
  const log = join(folder, 'log.log')
  writeFileSync(log, DAYS.map((line) => `${line}\n`).join(''))
  const atHome = tunnelUp(10 * DAY_S + 9 * HOUR_S, 'alice')

  test('asks the rules as if the line stood in the logs, once if it does', async () => {
    const [known] = await explainedJson(DAYS.slice(30, 31), '--history', log)
    const [added] = await explainedJson([atHome], '--history', log)
    for (const explained of [known, added]) {
      expect(explained?.rules.outcome).toBe('success')
      expect(explained?.rules.user).toMatchObject({ id: 'alice', active_days: 10, known: true })
      expect(explained?.rules.findings).toEqual([])
    }
    // A file of its own before it does not change it.
    const [twice] = await explainedJson([atHome], '--history', log, '--history', folder)
    expect(twice?.rules).toEqual(added?.rules)
  })

  test('the text says verdict, terms, sum, and what was known', async () => {
    const { code, stdout } = await ran(['explain', atHome, '--history', log])
    expect(code).toBe(0)
    const text = stdout.slice(stdout.indexOf('\nRules\n'))
    expect(text).toMatch(
      /^ {2}silent U2 {2}the login’s −\d+\.\d\d nats are less than a signal \(\d\.\d\); for it speaks/m,
    )
    expect(text).toMatch(/^ {2}silent X1 {2}the user has used this source network before/m)
    expect(text).toMatch(/^ {2}−\d\.\d\d +known_prefix: the source network has been used before$/m)
    expect(text).toMatch(/^ {2}= −\d+\.\d\d +nats; a signal from /m)
    expect(text).toContain('\nUser before: alice\n')
    expect(text).toMatch(/^ {2}known +since 2026-03-10, last on 2026-03-19, 10 active days/m)
    expect(text).toMatch(/^ {2}hours +08 \(10\) UTC$/m)
    expect(text).toContain('\nSource around: 198.51.100.0/24\n')
    expect(text).toMatch(/^ {2}history +since 2026-03-10$/m)
  })

  test('failures say how they count, cold days until when, other lines that they are not asked about', async () => {
    const failure = loginFailed(10 * DAY_S + 9 * HOUR_S, 'mallory', '203.0.113.5')
    const cold = tunnelUp(2 * DAY_S + 9 * HOUR_S, 'alice', '203.0.113.5')
    const also = tunnelStart(10 * DAY_S + 8 * HOUR_S + 1, 'alice')
    const textOf = async (line: string) => (await ran(['explain', line, '--history', log])).stdout
    const failed = await textOf(failure)
    expect(failed).toMatch(
      /^ {2}silent N +1 failing user counted at this source in its strongest window, and an attack/m,
    )
    expect(failed).toMatch(/^ {2}silent U1 +the user is not known yet: failures under the name/m)
    expect(failed).toMatch(/^ {2}silent +U2, T1, S1, X1, P2: the line is a failure, and only/m)
    expect(failed).toMatch(
      /^ {2}this line +counts in N as unknown user; the window up to it: \+3\.58 of/m,
    )
    const early = await textOf(cold)
    expect(early).toMatch(/^ {2}silent +cold start: /m)
    expect(early).toMatch(/^ {2}history +none/m)
    expect(await textOf(also)).toMatch(
      /^ {2}silent +another line of the same login decides it: of all rules only S1/m,
    )
    const traffic =
      'date=2026-03-10 time=00:00:00 devname="gw" devid="FGT1" eventtime=1773100800000000000 tz="+0000" logid="0000000013" type="traffic" subtype="forward"'
    expect(await textOf(traffic)).not.toContain('\nRules\n')
  })

  test('a state answers as the logs do, and stays as it is', async () => {
    const state = join(folder, 'vpn.state')
    await ran(['replay', log, '--state', state, '--out', join(folder, 'out.ndjson')])
    const before = readFileSync(state)
    const last = tunnelUp(11 * DAY_S + 9 * HOUR_S, 'alice', '203.0.113.77')
    const [fromState] = await explainedJson([last], '--state', state)
    const [fromLogs] = await explainedJson([last], '--history', log)
    expect(fromState?.rules).toEqual(fromLogs?.rules)
    expect(fromState?.rules.login?.terms.length).toBeGreaterThan(1)
    const [past] = await explainedJson([tunnelUp(DAY_S, 'alice')], '--state', state)
    expect(past?.rules.not_asked).toMatch(/2026-03-11, a day that is complete in it; --history/)
    expect(readFileSync(state)).toEqual(before)
    const none = await ran(['explain', last, '--state', join(folder, 'none')])
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not there; sekisho'),
    })
    writeFileSync(join(folder, 'bad.state'), before.subarray(0, -1))
    const bad = await ran(['explain', last, '--state', join(folder, 'bad.state')])
    expect(bad).toMatchObject({ code: 3, stderr: expect.stringContaining('cut off') })
  })

  test('without it the line is read, and what would ask the rules is told', async () => {
    const { stdout } = await ran(['explain', atHome])
    expect(stdout).not.toContain('\nRules\n')
    expect(stdout).toContain('With --history PATH or --state FILE')
    const [plain] = await explainedJson([atHome])
    expect(plain?.rules).toBeUndefined()
  })

  test('what attackers typed is made safe', async () => {
    const name = 'a\u001b[2Jb'
    const { stdout } = await ran(['explain', tunnelUp(10 * DAY_S, name), '--history', log])
    expect(stdout).toContain('User before: a\\u{1b}[2jb')
    expect(stdout).not.toContain('\u001b')
  })
})
