import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, test } from '@jest/globals'
import { LINE_BYTES_MAX } from '@sekisho/ingest'
import fc from 'fast-check'
import { Stopped } from '../stopped.ts'
import { widthOf } from '../terminal/wrapped-text.ts'
import { keptOutput, ran } from '../testing/fake-io.ts'
import { pulseLogin, tunnelStart, tunnelUp } from '../testing/fortigate-lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-explain-'))
afterAll(() => rmSync(folder, { recursive: true }))

const LINE = `<189>${tunnelStart(0, 'alice')}`
const PULSE = pulseLogin('09:00:00', 'carol')

interface Explained {
  readonly line: Record<string, unknown>
  readonly envelope: readonly Record<string, unknown>[]
  readonly form: { readonly name: string } | null
  readonly runner_up: { readonly name: string; readonly against: string } | null
  readonly fields: readonly {
    readonly name: string
    readonly value: string
    readonly start: number
    readonly end: number
    readonly used_for: readonly string[]
    readonly note: string
  }[]
  readonly event: Record<string, unknown> | null
  readonly decision: Record<string, unknown> | null
}

function stdinOf(...lines: readonly string[]) {
  return { stdin: Readable.from([Buffer.from(lines.map((line) => `${line}\n`).join(''))]) }
}

async function explainedJson(...args: readonly string[]): Promise<Explained> {
  const { stdout } = await ran(['explain', '--output', 'json', ...args])
  return JSON.parse(stdout)
}

describe('the text', () => {
  test('warns of a line that can be read in several ways, and of a damaged one', async () => {
    const imitating = `${PULSE.slice(0, -1)} with x)[] - Login failed.`
    const { stdout } = await ran(['explain', imitating, '--timezone', 'UTC'])
    expect(stdout).toMatch(/^ {2}beware +a name or a program that somebody typed imitates/m)
    const cut = await ran(['explain', LINE.slice(0, LINE.indexOf('alice') + 3)])
    expect(cut.stdout).toMatch(/^ {2}beware +a value was damaged/m)
    expect((await ran(['explain', LINE])).stdout).not.toContain('beware')
  })

  test('tells form, runner-up, envelope, fields, event and login', async () => {
    const { code, stdout, stderr } = await ran(['explain', LINE])
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout.split('\n').map((line) => line.trim().replace(/ {2,}/g, '  '))
    const from = LINE.indexOf('remip=') + 'remip='.length
    const expected = [
      'Line 1: an event of Fortinet FortiGate',
      'form  FortiGate key=value',
      'runner-up  Pulse Secure WELF: no, the body does not begin with id=firewall',
      'Envelope',
      '1–5  priority  <189>  local7, notice',
      'Fields',
      `${from + 1}–${from + 12}  remip  198.51.100.7  → source.ip`,
      'Event',
      '@timestamp  2026-03-10T00:00:00.000Z',
      'user.name  alice',
      'event.action  vpn.session.start',
      'Counts as a login',
    ]
    expect(lines.filter((line) => expected.includes(line))).toEqual(
      expect.arrayContaining(expected),
    )
    const flat = lines.join(' ')
    expect(flat).toContain(
      'perhaps: a session started, which tells of a login only where no better line does. It counts if the same user, address and gateway has none of these lines within 120 s: 39424 (',
    )
    expect(flat).toMatch(/sekisho parse FILE .* sekisho replay FILE /)
  })

  test.each<[string, string]>([
    [
      tunnelUp(0, 'alice'),
      'yes: it is the line that tells of a login that succeeded. Of such lines',
    ],
    [tunnelUp(0, 'alice').replace('39424', '39948'), 'no: it tells of the end of a session.'],
    [tunnelUp(0, 'alice').replace('39424', '39942'), 'What decides: 39424 ('],
    [tunnelUp(0, 'alice').replace('39424', '39426'), 'yes: it tells of a refusal, and every'],
  ])('%#: says whether the line counts', async (line, sentence) => {
    const { stdout } = await ran(['explain', line])
    expect(stdout.replace(/\s+/g, ' ')).toContain(sentence)
  })

  test('fits into its columns, whatever the line holds, and shows nothing raw', async () => {
    const name = fc.oneof(
      fc.string({ maxLength: 300, unit: 'binary' }),
      fc.constantFrom('a\u202eb\u009bc\u001b[2J', '日本語'.repeat(40), '" user="root', '\\'),
    )
    await fc.assert(
      fc.asyncProperty(name, fc.constantFrom(60, 80, 100, 140), async (typed, columns) => {
        const stdout = keptOutput({ columns })
        const line = tunnelStart(0, typed.replace(/[\r\n]/g, ''))
        await ran(['explain', '-'], { ...stdinOf(line), stdout })
        for (const shown of stdout.text.split('\n')) {
          expect(widthOf(shown)).toBeLessThanOrEqual(columns)
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
        }
      }),
      { seed: 5, numRuns: 40 },
    )
  })

  test('is marked up on a terminal, unless colours are refused', async () => {
    const onTerminal = async (environment: Record<string, string>): Promise<string> => {
      const stdout = keptOutput({ isTerminal: true })
      await ran(['explain', LINE], { stdout, environment })
      return stdout.text
    }
    expect(await onTerminal({})).toContain('\u001b[1mFields\u001b[0m')
    expect(await onTerminal({ NO_COLOR: '1' })).not.toContain('\u001b')
  })
})

describe('--output json', () => {
  test('has the places as byte offsets, and the document that parse writes', async () => {
    const { line, form, fields, event, decision } = await explainedJson(LINE)
    expect(line).toEqual({ number: 1, kind: 'event' })
    expect(form?.name).toBe('FortiGate key=value')
    for (const { value, start, end } of fields) expect(LINE.slice(start, end)).toBe(value)
    expect(fields.find(({ name }) => name === 'user')).toMatchObject({
      value: 'alice',
      used_for: ['sekisho.user_key', 'user.name'],
      note: '',
    })
    expect(decision).toMatchObject({ rank: 'unless', within_s: 120 })
    const path = join(folder, 'one.log')
    writeFileSync(path, LINE)
    const parsed = JSON.parse((await ran(['parse', path, '--no-locate'])).stdout)
    delete parsed.sekisho.line
    delete parsed.sekisho.decides_login
    expect(event).toEqual(parsed)
  })

  test('is one object for each line, also for those that are no events', async () => {
    const lines = ['# note', 'nonsense', LINE, '', PULSE]
    const { code, stdout } = await ran(['explain', '--output', 'json'], stdinOf(...lines))
    expect(code).toBe(3)
    const explained: Explained[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(explained.map(({ line }) => [line.number, line.kind, line.reason])).toEqual([
      [1, 'ignored', 'comment'],
      [2, 'rejected', 'unknown-format'],
      [3, 'event', undefined],
      [4, 'ignored', 'blank'],
      [5, 'rejected', 'no-timezone'],
    ])
    expect(explained[4]?.form?.name).toBe('Pulse Secure standard')
    expect(explained[4]?.line.detail).toContain('--timezone')
    expect(explained[1]).toMatchObject({ form: null, runner_up: null, fields: [], event: null })
  })

  test('a text that was taken out of an object stands beside its places', async () => {
    const wrapped = JSON.stringify({ message: LINE })
    const { fields, ...rest } = await explainedJson(wrapped)
    expect(rest).toMatchObject({ wrapping: { text: LINE } })
    expect(fields).toEqual((await explainedJson(LINE)).fields)
  })
})

describe('what is given', () => {
  test.each<[string[], string]>([
    [['a', 'b'], 'sekisho explain takes one LINE: put it in quotes, or give it on standard input'],
    [[''], 'sekisho explain needs a LINE in quotes, or lines on standard input'],
    [[], 'sekisho explain needs a LINE in quotes, or lines on standard input'],
    [['x', '--output', 'xml'], '--output must be text or json, not "xml"'],
    [['x', '--all'], 'unknown option --all'],
  ])('%j is a mistake', async (args, sentence) => {
    expect(await ran(['explain', ...args])).toEqual({
      code: 2,
      stdout: '',
      stderr: `sekisho: ${sentence}\n`,
    })
  })

  test('a line that was read or is ignored is code 0, one that was rejected 3 and has its remedy', async () => {
    expect((await ran(['explain', LINE])).code).toBe(0)
    expect((await ran(['explain', LINE.replace('type="event"', 'type="traffic"')])).code).toBe(0)
    const { code, stdout } = await ran(['explain', 'nonsense'])
    expect(code).toBe(3)
    expect(stdout).toContain('Line 1: rejected (unknown-format). The line is in none of')
    expect(stdout.replace(/\s+/g, ' ')).toContain('Is this a log of Fortinet FortiGate or')
  })

  test('the zone is that of the flag, of the environment or of the configuration', async () => {
    const config = join(folder, 'zone.yaml')
    writeFileSync(config, 'timezone: Asia/Tokyo\n')
    const expected = { code: 0, stdout: expect.stringContaining('2026-03-10T00:00:00.000Z') }
    expect(await ran(['explain', PULSE, '--timezone', '+09:00'])).toMatchObject(expected)
    expect(await ran(['explain', PULSE, '--config', config])).toMatchObject(expected)
    const environment = { SEKISHO_TIMEZONE: 'Asia/Tokyo' }
    expect(await ran(['explain', PULSE], { environment })).toMatchObject(expected)
  })

  test('--format keeps to one vendor', async () => {
    const { code, stdout } = await ran(['explain', LINE, '--format', 'pulse-secure'])
    expect(code).toBe(3)
    expect(stdout).toContain('nearest')
  })

  test('of standard input, 100 lines are explained, and more are told of', async () => {
    const lines = Array.from({ length: 100 }, () => '# x')
    const exactly = await ran(['explain'], stdinOf(...lines))
    expect(exactly).toMatchObject({ code: 0, stderr: '' })
    const more = await ran(['explain', '-'], stdinOf(...lines, ...lines))
    expect(more.stdout).toBe(exactly.stdout)
    expect(more.stdout.match(/^Line \d+:/gm)).toHaveLength(100)
    expect(more).toMatchObject({
      code: 0,
      stderr: 'The first 100 lines are explained; more followed.\n',
    })
  })

  test('a line that is too long is rejected', async () => {
    const { code, stdout } = await ran(['explain'], stdinOf('x'.repeat(LINE_BYTES_MAX + 7)))
    expect(code).toBe(3)
    expect(stdout).toContain(
      `Line 1: rejected (too-long). The line has ${LINE_BYTES_MAX + 7} bytes. Is this a log file?`,
    )
  })

  test('the run ends when it is asked to stop', async () => {
    const stop = new AbortController()
    stop.abort(new Stopped('SIGINT'))
    const stdout = keptOutput()
    const { code } = await ran(['explain', LINE], { stdout, signal: stop.signal })
    expect(code).toBe(130)
    expect(stdout.text).toBe('')
  })
})

test('the help says what LINE is and fits into 100 columns', async () => {
  const { code, stdout } = await ran(['explain', '--help'])
  expect(code).toBe(0)
  expect(stdout).toContain('Usage: sekisho explain [OPTIONS] [LINE | -]')
  expect(stdout).toContain('LINE is one line in quotes')
  expect(stdout).not.toContain('PATH')
  expect(stdout.split('\n').every((line) => line.length <= 100)).toBe(true)
  expect((await ran(['--help'])).stdout).toContain('sekisho explain')
})
