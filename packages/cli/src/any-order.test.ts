import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { comparableAlertsOf } from './testing/alert-documents.ts'
import { PROJECT, sekisho } from './testing/sekisho.ts'

// Every case replays the samples in a process of its own.
jest.setTimeout(120_000)

const folder = mkdtempSync(join(tmpdir(), 'sekisho-order-'))
const gateways = ['fortigate-tokyo', 'fortigate-frankfurt', 'pulse-osaka']
let plain: string
let lines: string[]
let perGateway: string[][]

/** Lines of a sample file, unpacked by its name. */
function linesOf(path: string): string[] {
  const bytes = readFileSync(path)
  const text = path.endsWith('.gz')
    ? gunzipSync(bytes)
    : path.endsWith('.zst')
      ? zstdDecompressSync(bytes)
      : bytes
  return text
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
}

/** Seeded shuffle (xorshift32, Fisher–Yates). */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const copy = [...items]
  let state = seed
  for (let i = copy.length - 1; i > 0; i--) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const j = (state >>> 0) % (i + 1)
    ;[copy[i], copy[j]] = [copy[j] as T, copy[i] as T]
  }
  return copy
}

function written(name: string, content: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${content.join('\n')}\n`, 'latin1')
  return path
}

function alertsOf(
  name: string,
  inputs: readonly string[],
  options: { stdin?: Buffer; environment?: Record<string, string>; flags?: string[] } = {},
): string {
  const out = join(folder, `${name}.ndjson`)
  const { flags = [], ...surroundings } = options
  const outcome = sekisho(['replay', ...inputs, '--out', out, ...flags], surroundings)
  expect(outcome).toMatchObject({ code: 0 })
  return comparableAlertsOf(out)
}

beforeAll(() => {
  perGateway = gateways.map((gateway) => {
    const samples = join(PROJECT, 'samples', gateway)
    return readdirSync(samples)
      .sort()
      .flatMap((file) => linesOf(join(samples, file)))
  })
  lines = perGateway.flat()
  plain = alertsOf('plain', ['samples'])
  expect(plain.split('\n').length).toBeGreaterThanOrEqual(5)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the alerts are byte-identical', () => {
  test('with all lines shuffled over the whole period', () => {
    const file = written('shuffled.log', shuffled(lines, 20260314))
    expect(alertsOf('shuffled', [file])).toBe(plain)
  })

  test('with a memory budget so small that everything is sorted on disk', () => {
    const file = written('spilled.log', shuffled(lines, 7))
    expect(alertsOf('spilled', [file], { flags: ['--memory-budget', '1MiB'] })).toBe(plain)
  })

  test('with the files in another order', () => {
    const files = [...gateways].reverse().map((gateway) => `samples/${gateway}`)
    expect(alertsOf('reversed', files)).toBe(plain)
  })

  test('with one gateway after the other through stdin', () => {
    const stdin = Buffer.from(`${[...perGateway].reverse().flat().join('\n')}\n`, 'latin1')
    expect(alertsOf('stdin', ['-'], { stdin })).toBe(plain)
  })

  test('with 30 % of the lines twice', () => {
    const again = lines.filter((_, i) => i % 10 < 3)
    expect(alertsOf('doubled', [written('doubled.log', shuffled([...lines, ...again], 3))])).toBe(
      plain,
    )
  })

  test('with a file split in seven', () => {
    const size = Math.ceil(lines.length / 7)
    const parts = Array.from({ length: 7 }, (_, i) =>
      written(`part-${i}.log`, lines.slice(i * size, (i + 1) * size)),
    )
    expect(alertsOf('split', shuffled(parts, 11))).toBe(plain)
  })

  test('in Tokyo, and where i has no dot', () => {
    const environment = { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
    expect(alertsOf('tokyo', ['samples'], { environment })).toBe(plain)
  })
})
