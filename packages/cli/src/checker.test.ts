import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { RULES } from '@sekisho/detect'
import { type Outcome, PROJECT, sekisho } from './testing/sekisho.ts'

/** A document as JSON, of which the tests change one place. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

const folder = mkdtempSync(join(tmpdir(), 'sekisho-checker-'))
const alertsPath = join(folder, 'alerts.ndjson')
const signalsPath = join(folder, 'signals.ndjson')
/** Of samples/, and of the examples of the rules that no alert of samples/ shows. */
let documents: Json[]

beforeAll(() => {
  replay('samples', alertsPath, signalsPath)
  documents = [alertsPath, signalsPath].flatMap(documentsIn)
  const rules = new Set(documents.map((each) => valueAt(each, 'rule.id')))
  for (const { id } of RULES.filter((rule) => !rules.has(rule.id))) {
    const out = join(folder, `${id}.ndjson`)
    replay(`docs/rules/examples/${id}.log`, out, join(folder, 'more.ndjson'))
    documents.push(...documentsIn(out))
  }
}, 240_000)

function replay(logs: string, out: string, signals: string): void {
  expect(sekisho(['replay', logs, '--out', out, '--signals', signals])).toMatchObject({ code: 0 })
}

function documentsIn(path: string): Json[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Json)
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the checker, which shares no code with the program, as a process of its own. */
function checker(...args: string[]): Outcome {
  const { NODE_OPTIONS: _options, ...env } = process.env
  const command = [join(PROJECT, 'tools/check-alerts.mjs'), ...args]
  const options = { cwd: PROJECT, env, encoding: 'utf8', maxBuffer: 1 << 28 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options)
  return { code: status, stdout, stderr }
}

/** What the checker says of each of some documents. */
function verdictsOn(some: readonly Json[]): string[] {
  const path = join(folder, 'changed.ndjson')
  writeFileSync(path, some.map((each) => `${JSON.stringify(each)}\n`).join(''))
  const { stdout } = checker(path)
  const verdicts = stdout.split(/^(?=ok |WRONG |\d+ alerts,)/m).slice(0, -1)
  expect(verdicts).toHaveLength(some.length)
  return verdicts
}

function valueAt(document: Json, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (value, key) => (value as { [key: string]: Json } | undefined)?.[key],
      document,
    )
}

function changed(document: Json, path: string, value: Json): Json {
  const copy = structuredClone(document)
  const keys = path.split('.')
  const last = keys.pop() as string
  const parent = keys.length === 0 ? copy : (valueAt(copy, keys.join('.')) as Json)
  ;(parent as { [key: string]: Json })[last] = value
  return copy
}

function numberPathsOf(value: Json, path = ''): string[] {
  if (typeof value === 'number') return [path]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, each]) =>
    numberPathsOf(each, path === '' ? key : `${path}.${key}`),
  )
}

function documentOf(rule: string): Json {
  return documents.find((each) => valueAt(each, 'rule.id') === rule) as Json
}

describe('the alerts and signals of samples/', () => {
  test('every number is what the evidence makes it', () => {
    const { code, stdout, stderr } = checker(alertsPath)
    expect({ code, stderr, wrong: stdout.split('\n').filter((line) => line[0] === ' ') }).toEqual({
      code: 0,
      stderr: '',
      wrong: [],
    })
    const [, alerts, numbers, wrong, facts] =
      /^(\d+) alerts, (\d+) numbers recomputed, (\d+) wrong \((\d+) other facts/m.exec(stdout) ?? []
    expect(Number(alerts)).toBeGreaterThanOrEqual(5)
    expect(Number(numbers)).toBeGreaterThanOrEqual(200)
    expect(Number(facts)).toBeGreaterThanOrEqual(900)
    expect(wrong).toBe('0')
    expect(checker(signalsPath)).toMatchObject({ code: 0 })
  })

  test('and so it is for every rule', () => {
    const verdicts = verdictsOn(documents)
    expect(verdicts.filter((verdict) => !verdict.startsWith('ok '))).toEqual([])
    const rules = new Set(documents.map((each) => valueAt(each, 'rule.id')))
    expect([...rules].sort()).toEqual(RULES.map(({ id }) => id).sort())
  })

  test('the checker takes nothing from the program', () => {
    const tools = join(PROJECT, 'tools')
    const parts = readdirSync(join(tools, 'check-alerts')).map((name) => `check-alerts/${name}`)
    const modules = ['check-alerts.mjs', ...parts].flatMap((name) =>
      [
        ...readFileSync(join(tools, name), 'utf8').matchAll(
          /(?: from |import\(|require\()'([^']*)'/g,
        ),
      ].map(([, module]) => module as string),
    )
    expect(modules.length).toBeGreaterThan(30)
    const own = /^(node:[a-z]+|\.\/(check-alerts\/)?[a-z-]+\.mjs)$/
    expect(modules.filter((module) => !own.test(module))).toEqual([])
  })
})

/** Numbers that no line of evidence shows: looked up, or a count over the history (the checker lists them with `--given`). */
const GIVEN = [
  /^source\.geo\.location\.(lat|lon)$/,
  /^sekisho\.source\.radius_km$/,
  /^sekisho\.(revision|material_revision|alert\.(version|reopened))$/,
  /^sekisho\.counts\.(flagged_panes|users_counted|firings|networks|moves_explained|active_days)$/,
  /\.quantities\.(user_days|country_share|network_user_days|history_days|silent_days|known_days|known_country)$/,
  /\.quantities\.concurrent_s$/,
  /\.quantities\.(active_days_min|users_new_country|users_new_operator)$/,
  // The users who got in count nothing, so that their number shows in no sum.
  /\.quantities\.other_success_users$/,
]

describe('a number that is off by a little', () => {
  test.each([
    ['larger', 1],
    ['smaller', -1],
  ])('%s than it was is wrong, whichever it is', (_name, by) => {
    const places = documents.flatMap((document) =>
      numberPathsOf(document)
        .filter((path) => !GIVEN.some((pattern) => pattern.test(path)))
        .map((path) => ({ document, path, value: valueAt(document, path) as number })),
    )
    expect(places.length).toBeGreaterThan(400)
    const mutants = places.map(({ document, path, value }) =>
      changed(document, path, Number.isInteger(value) ? value + by : value * (1 + by / 1000)),
    )
    const survivors = verdictsOn(mutants).flatMap((verdict, index) =>
      verdict.startsWith('ok') ? [places[index]?.path] : [],
    )
    expect(survivors).toEqual([])
  })

  test('a number that no page speaks of is wrong', () => {
    const [verdict] = verdictsOn([changed(documentOf('N1'), 'sekisho.counts.new_count', 3)])
    expect(verdict).toContain('sekisho.counts.new_count is a number of which no page speaks')
  })
})

/** What is changed in which alert, to what, and what the checker must name. */
const LIES: readonly (readonly [string, string, string, (value: Json) => Json, string])[] = [
  ['distance', 'T1', 'sekisho.travel.distance_km', (km) => (km as number) + 0.01, 'distance_km'],
  ['radius', 'T1', 'sekisho.travel.to.radius_km', (km) => (km as number) + 1, 'distance_lower_km'],
  ['latitude', 'T1', 'sekisho.travel.to.location.lat', (d) => (d as number) + 0.01, 'distance_km'],
  ['first sight', 'T1', 'sekisho.travel.to.first', laterBy(1000), 'sekisho.travel.to.first'],
  ['speed', 'T1', 'sekisho.travel.speed_lower_kmh', (v) => (v as number) + 1, 'speed_lower_kmh'],
  ['class', 'T1', 'sekisho.source.network_class', () => 'hosting', 'attack_class_share'],
  ['term', 'T1', 'sekisho.score.terms.0.value', (v) => (v as number) + 1 / 1024, 'terms.0.value'],
  ['quantity', 'T1', 'sekisho.score.terms.0.quantities.organisation_share', () => 3e-5, 'terms.0'],
  ['sum', 'T1', 'sekisho.score.log_odds', (v) => (v as number) + 1 / 1024, 'score.log_odds'],
  ['posterior', 'T1', 'sekisho.score.posterior', (p) => (p as number) + 1e-6, 'posterior'],
  ['risk', 'T1', 'event.risk_score', (risk) => (risk as number) - 1, 'event.risk_score'],
  ['name', 'T1', 'rule.id', () => 'U2', 'rule.id'],
  ['severity', 'T1', 'sekisho.severity', () => 'critical', 'sekisho.severity'],
  ['severity', 'N1', 'sekisho.severity', () => 'medium', 'sekisho.severity'],
  ['severity', 'X1', 'sekisho.severity', () => 'high', 'sekisho.severity'],
  ['severity', 'U1', 'sekisho.severity', () => 'high', 'sekisho.severity'],
  ['severity', 'P2', 'sekisho.severity', () => 'high', 'sekisho.severity'],
  ['number of the severity', 'U1', 'event.severity', () => 73, 'event.severity'],
  ['kind', 'U1', 'event.kind', () => 'event', 'event.kind'],
  ['id', 'U1', 'sekisho.alert.id', flippedHex, 'sekisho.alert.id'],
  ['id', 'N2', 'event.id', flippedHex, 'event.id'],
  ['day', 'U1', 'sekisho.alert.day', () => '2026-03-14', 'sekisho.alert.day'],
  ['time', 'U1', '@timestamp', laterBy(86_400_000), 'sekisho.alert.day'],
  ['time', 'U1', '@timestamp', laterBy(1), '@timestamp'],
  ['profile’s day', 'T1', 'sekisho.inputs.profile_day', () => '2026-03-09', 'profile_day'],
  ['tenant', 'X1', 'organization.id', () => 'another', 'sekisho.alert.id'],
  ['user', 'X1', 'sekisho.alert.entity', () => 'user:anna.schmitz', 'sekisho.alert.entity'],
  ['network', 'N1', 'sekisho.alert.entity', () => 'prefix:178.62.193.0/24', 'alert.entity'],
  ['address', 'N1', 'source.ip', () => '178.62.192.85', 'source.ip'],
  ['start', 'T1', 'event.start', laterBy(1), 'event.start'],
  ['end', 'N1', 'event.end', laterBy(-1), 'event.end'],
  ['message', 'N1', 'message', (text) => `${text}.`, 'message'],
  ['sentence', 'N1', 'event.reason', (t) => (t as string).replace('39', '40'), 'event.reason'],
  ['technique', 'N2', 'threat.technique.id.0', () => 'T1078', 'threat.technique.id'],
  ['sub-technique', 'N2', 'threat.technique.subtechnique.id.0', () => 'T1110.004', 'subtechnique'],
  ['tactic', 'U1', 'threat.tactic.id.0', () => 'TA0001', 'threat.tactic.id'],
  ['hash', 'U1', 'sekisho.evidence.3.raw_sha256', flippedHex, 'evidence.3.raw_sha256'],
  ['line', 'U1', 'sekisho.evidence.3.raw_ref', (ref) => `${ref}1`, 'evidence.3.raw_ref'],
  ['line', 'U1', 'sekisho.evidence.3.raw_ref', () => 'samples/none.log:1', 'evidence.3.raw_ref'],
  ['evidence’s time', 'U1', 'sekisho.evidence.3.time', laterBy(1), 'evidence.3.time'],
  ['evidence’s time', 'N2', 'sekisho.evidence.3.time', laterBy(1000), 'evidence.3.time'],
  ['evidence’s user', 'U1', 'sekisho.evidence.3.user', () => 'kobayashi', 'evidence.3.user'],
  ['mask', 'N1', 'sekisho.evidence.0.user', () => 'x.…#e2ab3af1', 'evidence.0.user'],
  ['evidence’s address', 'N2', 'sekisho.evidence.3.ip', () => '51.89.129.34', 'evidence.3.ip'],
  ['evidence’s gateway', 'N2', 'sekisho.evidence.3.gateway', () => 'pcs-osa-02', '3.gateway'],
  ['evidence’s outcome', 'X1', 'sekisho.evidence.0.outcome', () => 'bad_credential', '0.outcome'],
  ['role', 'X1', 'sekisho.evidence.1.role', () => 'decisive', 'evidence.1.role'],
  ['order', 'U1', 'sekisho.evidence', (lines) => (lines as Json[]).toReversed(), 'order of time'],
  ['a line less', 'N1', 'sekisho.evidence', (lines) => (lines as Json[]).slice(1), 'evidence'],
  ['no line', 'N1', 'sekisho.evidence.1', () => null, 'not the form of an alert'],
  ['users', 'N1', 'sekisho.counts.users_failed', () => 38, 'counts.users_failed'],
  ['attempts', 'N2', 'sekisho.counts.attempts', () => 77, 'counts.attempts'],
  ['rounds', 'N2', 'sekisho.counts.rounds_max', () => 2, 'counts.rounds_max'],
]

function laterBy(ms: number): (value: Json) => Json {
  return (time) => new Date(Date.parse(time as string) + ms).toISOString()
}

function flippedHex(value: Json): Json {
  const text = value as string
  return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`
}

describe('a lie', () => {
  let verdicts: string[]
  beforeAll(() => {
    verdicts = verdictsOn(
      LIES.map(([, rule, path, lie]) => {
        const document = documentOf(rule)
        return changed(document, path, lie(valueAt(document, path) as Json))
      }),
    )
  })

  test.each(LIES.map((lie, index) => [index, ...lie] as const))(
    '%i: %s of %s at %s is found out',
    (index, _what, _rule, _path, _lie, named) => {
      expect(verdicts[index]).toMatch(/^WRONG /)
      expect(verdicts[index]).toContain(named)
    },
  )
})

describe('the exit code', () => {
  test('is 1 when anything is wrong', () => {
    const path = join(folder, 'lie.ndjson')
    const [first, ...others] = documents as [Json, ...Json[]]
    const lie = changed(first, 'event.severity', 1)
    writeFileSync(path, [lie, ...others].map((each) => `${JSON.stringify(each)}\n`).join(''))
    const { code, stdout } = checker(path)
    expect(code).toBe(1)
    expect(stdout).toContain('event.severity is 1, recomputed 73')
    expect(stdout).toContain(' 1 wrong ')
  })

  test.each([
    ['no file', [join(folder, 'none.ndjson')]],
    ['no argument', []],
    ['no alert', [join(folder, 'empty.ndjson')]],
  ])('is 2 with %s', (_name, args) => {
    writeFileSync(join(folder, 'empty.ndjson'), '')
    expect(checker(...args).code).toBe(2)
  })

  test('is 1 when the logs are elsewhere, and 0 with --logs', () => {
    const path = join(folder, 'alerts.ndjson')
    expect(checker(path, '--logs', folder).code).toBe(1)
    expect(checker(path, '--logs', PROJECT).code).toBe(0)
  })
})
