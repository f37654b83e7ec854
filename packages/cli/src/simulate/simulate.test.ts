import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ran } from '../testing/fake-io.ts'

let folder = ''
let made = ''
let summary = ''
const SMALL = ['--world', 'workshop', '--seed', '4', '--users', '150', '--days', '9']

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  made = join(folder, 'made')
  const { code, stdout, stderr } = await ran(['simulate', ...SMALL, '--out', made])
  expect([code, stderr]).toEqual([0, ''])
  summary = stdout
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const textOf = (...names: string[]): string => readFileSync(join(made, ...names), 'utf8')

describe('sekisho simulate', () => {
  test('writes logs, labels, episodes and a configuration, and says what to do with them', () => {
    expect(readdirSync(made).sort()).toEqual([
      'FG-BO.log',
      'episodes.json',
      'labels.ndjson',
      'sekisho.yaml',
    ])
    expect(summary).toContain('FG-BO.log')
    expect(summary).toContain(`sekisho replay ${made} --config ${made}/sekisho.yaml`)
  })

  test('labels point at lines that name an address of their episode', () => {
    const lines = textOf('FG-BO.log').split('\n')
    const { world, options, episodes } = JSON.parse(textOf('episodes.json'))
    expect(world).toBe('workshop')
    expect(options).toMatchObject({ seed: 4, users: 150, days: 9, learningDays: 3 })
    const addresses = new Map<string, string[]>(
      episodes.map(({ id, addresses }: { id: string; addresses: string[] }) => [id, addresses]),
    )
    const labels = textOf('labels.ndjson')
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { file: string; line: number; episode: string })
    expect(labels.length).toBeGreaterThan(50)
    for (const { file, line, episode } of labels) {
      expect(file).toBe('FG-BO.log')
      const text = lines[line - 1] ?? ''
      expect(addresses.get(episode)?.some((address) => text.includes(address))).toBe(true)
    }
  })

  test('replay reads it with the configuration that lies there', async () => {
    const out = join(folder, 'alerts.ndjson')
    const config = join(made, 'sekisho.yaml')
    const { code, stdout } = await ran([
      ...['replay', made, '--config', config, '--out', out, '--output', 'json'],
    ])
    expect(code).toBe(0)
    const { lines } = JSON.parse(stdout)
    expect(lines.total).toBe(textOf('FG-BO.log').trim().split('\n').length)
    expect(lines.rejected).toBeLessThanOrEqual(2)
  })

  test('the same seed gives the same bytes, attacks and processes can be left out', async () => {
    const again = join(folder, 'again')
    await ran(['simulate', ...SMALL, '--out', again])
    expect(readFileSync(join(again, 'FG-BO.log'), 'utf8')).toBe(textOf('FG-BO.log'))
    const quiet = join(folder, 'quiet')
    const less = ['--attacks', 'none', '--without', 'monitoring-probe,typos']
    expect((await ran(['simulate', ...SMALL, ...less, '--out', quiet])).code).toBe(0)
    expect(readFileSync(join(quiet, 'labels.ndjson'), 'utf8')).toBe('')
    expect(readFileSync(join(quiet, 'FG-BO.log'), 'utf8')).not.toContain('monitoring')
  })

  test('--list shows what there is', async () => {
    const { code, stdout } = await ran(['simulate', '--list'])
    expect(code).toBe(0)
    for (const word of ['exporter', '(tuning)', 'air-travel', 'reordering', 'session-theft']) {
      expect(stdout).toContain(word)
    }
  })

  test.each([
    [[], '--world is needed'],
    [['--world', 'bonk', '--out', 'x'], 'did you mean bank?'],
    [['--world', 'bank'], '--out is needed'],
    [['--world', 'bank', '--out', '-'], 'must name a folder'],
    [['--world', 'bank', '--out', 'x', '--users', '7'], 'from 50 to 200000'],
    [['--world', 'bank', '--out', 'x', '--days', 'ten'], 'from 1 to 400'],
    [['--world', 'bank', '--out', 'x', '--days', '9', '--learning-days', '10'], 'from 0 to 9'],
    [['--world', 'bank', '--out', 'x', '--without', 'typo'], 'did you mean typos?'],
    [['--world', 'bank', '--out', 'x', '--attacks', 'bribery'], 'has no "bribery"'],
    [['somewhere', '--world', 'bank', '--out', 'x'], 'no operands'],
  ])('%j is refused', async (args, problem) => {
    const { code, stderr } = await ran(['simulate', ...args])
    expect(code).toBe(2)
    expect(stderr).toContain(problem)
  })

  test('a folder that holds something is not written to', async () => {
    const full = join(folder, 'full')
    mkdirSync(full)
    writeFileSync(join(full, 'mine.txt'), 'mine')
    const { code, stderr } = await ran(['simulate', ...SMALL, '--out', full])
    expect(code).toBe(2)
    expect(stderr).toContain('must be a new or empty folder')
    expect(readdirSync(full)).toEqual(['mine.txt'])
  })
})
