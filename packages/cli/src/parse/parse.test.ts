import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ran } from '../testing/fake-io.ts'
import { loginFailed, pulseLogin, tunnelStart, tunnelUp } from '../testing/fortigate-lines.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

interface Document {
  readonly event?: { readonly id: string; readonly action: string; readonly outcome: string }
  readonly source?: Record<string, unknown>
  readonly sekisho: {
    readonly line: Record<string, unknown>
    readonly decides_login?: boolean
  }
}

function documentsOf(stdout: string): Document[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

async function parsed(lines: readonly string[], ...flags: string[]): Promise<Document[]> {
  const stdin = Readable.from([Buffer.from(`${lines.join('\n')}\n`)])
  const { code, stdout } = await ran(['parse', '-', '--no-locate', ...flags], { stdin })
  expect(code).toBe(0)
  return documentsOf(stdout)
}

const LINES = [
  '# one login, three lines; the deciding one comes last',
  tunnelStart(2, 'alice'),
  'nonsense',
  loginFailed(5, 'bob'),
  tunnelUp(1, 'alice'),
  tunnelUp(1, 'alice'),
  pulseLogin('09:00:00', 'carol'),
]

describe('sekisho parse', () => {
  test('one document for each event, in the order of the lines', async () => {
    const documents = await parsed(LINES, '--timezone', '+09:00')
    expect(
      documents.map(({ event, sekisho }) => [
        sekisho.line.number,
        event?.action,
        event?.outcome,
        sekisho.decides_login,
      ]),
    ).toStrictEqual([
      [2, 'vpn.session.start', 'success', false],
      [4, 'vpn.login', 'failure', true],
      [5, 'vpn.login', 'success', true],
      [6, 'vpn.login', 'success', false],
      [7, 'vpn.login', 'success', true],
    ])
  })

  test('--all tells of every line', async () => {
    const documents = await parsed(LINES, '--all')
    expect(documents.map(({ sekisho }) => sekisho.line)).toStrictEqual([
      { kind: 'ignored', path: '-', number: 1, reason: 'comment' },
      { kind: 'event', path: '-', number: 2 },
      {
        kind: 'rejected',
        path: '-',
        number: 3,
        reason: 'unknown-format',
        detail: expect.any(String),
      },
      { kind: 'event', path: '-', number: 4 },
      { kind: 'event', path: '-', number: 5 },
      { kind: 'event', path: '-', number: 6 },
      {
        kind: 'rejected',
        path: '-',
        number: 7,
        reason: 'no-timezone',
        detail: expect.stringContaining('--timezone'),
      },
    ])
  })

  test('places are added, unless they are not wanted', async () => {
    const path = join(folder, 'in.log')
    writeFileSync(path, tunnelUp(0, 'alice', '219.164.158.224'))
    const [located] = documentsOf((await ran(['parse', path])).stdout)
    expect(located?.source).toMatchObject({
      ip: '219.164.158.224',
      geo: { country_iso_code: 'JP' },
      as: { number: 4713 },
    })
    const environment = { SEKISHO_LOCATE: 'false' }
    const [bare] = documentsOf((await ran(['parse', path], { environment })).stdout)
    expect(bare?.source).toStrictEqual({ ip: '219.164.158.224' })
  })

  test('counts, problems and the first rejected lines go to standard error', async () => {
    const path = join(folder, 'in.log')
    const rejected = join(folder, 'rejected.ndjson')
    writeFileSync(path, LINES.join('\n'))
    const { code, stderr } = await ran([
      'parse',
      path,
      join(folder, 'missing'),
      '--no-locate',
      '--rejected',
      rejected,
    ])
    expect(code).toBe(3)
    expect(stderr).toContain(`sekisho: ${join(folder, 'missing')}: no such file or folder\n`)
    expect(stderr).toContain(`${path}:3: unknown-format: `)
    expect(stderr.split('\n').slice(-4)).toStrictEqual([
      'lines     7 = 4 events + 1 ignored + 2 rejected',
      'ignored   comment 1',
      'rejected  no-timezone 1, unknown-format 1',
      '',
    ])
    expect(readFileSync(rejected, 'utf8').trimEnd().split('\n')).toHaveLength(2)
  })

  test('what attackers type is escaped, and is the same text when parsed', async () => {
    const name = 'a\u202eb\u009bc'
    const stdin = Readable.from([Buffer.from(`${tunnelUp(0, name)}\n${tunnelStart(1, name)}\n`)])
    const { stdout } = await ran(['parse', '-', '--no-locate'], { stdin })
    expect(stdout).not.toMatch(/[\u202e\u009b]/)
    for (const document of documentsOf(stdout)) expect(document).toMatchObject({ user: { name } })
  })

  test('exactly one line of each login decides, and which does not hang on the order', async () => {
    const logins = Array.from({ length: 12 }, (_, i) => {
      const user = `user${i % 3}`
      return [tunnelUp(i * 50, user), tunnelStart(i * 50 + 1, user), tunnelUp(i * 50, user)]
    }).flat()
    const idsOf = async (lines: readonly string[]): Promise<string[]> =>
      (await parsed(lines))
        .filter(({ sekisho }) => sekisho.decides_login)
        .map(({ event }) => event?.id ?? '')
        .sort()
    const expected = await idsOf(logins)
    expect(new Set(expected).size).toBe(expected.length)
    const arbitrary = fc.shuffledSubarray(logins, { minLength: logins.length })
    await fc.assert(
      fc.asyncProperty(arbitrary, async (shuffled) => {
        expect(await idsOf(shuffled)).toStrictEqual(expected)
      }),
      { seed: 2, numRuns: 20 },
    )
  })
})
