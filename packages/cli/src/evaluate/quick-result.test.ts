import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { InputError } from '../input-error.ts'
import { ran } from '../testing/fake-io.ts'
import { QUICK_SIZE } from './quick.ts'
import { readQuickResult, writeQuickResult } from './quick-result.ts'

const COMMITTED = fileURLToPath(new URL('../../../../bench/evaluation/quick.json', import.meta.url))

const FIGURES = [
  { name: 'ordered-spray, high', value: 0.8, bound: { least: 0.7 } },
  { name: 'false alerts, high or above', value: 0.04, bound: { most: 0.05 } },
]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('the last result of a quick evaluation', () => {
  test('is read as it was written, a figure to a line', () => {
    const path = join(folder, 'quick.json')
    writeQuickResult(path, { size: QUICK_SIZE, figures: FIGURES })
    expect(readQuickResult(path, QUICK_SIZE)).toEqual({ size: QUICK_SIZE, figures: FIGURES })
    const rows = readFileSync(path, 'utf8').split('\n')
    expect(rows.filter((row) => row.includes('"name"'))).toHaveLength(FIGURES.length)
  })

  test('the committed one is of the runs that are made', () => {
    expect(readQuickResult(COMMITTED, QUICK_SIZE).figures.length).toBeGreaterThan(30)
  })

  test.each([
    ['none', null, 'There is no last result'],
    ['no JSON', '{', 'is no result'],
    ['other content', '{"size": 1}', 'is no result'],
    [
      'a bound of neither side',
      JSON.stringify({ size: QUICK_SIZE, figures: [{ name: 'a', value: 1, bound: {} }] }),
      'is no result',
    ],
    [
      'other seeds',
      JSON.stringify({ size: { ...QUICK_SIZE, seeds: 2 }, figures: [] }),
      'is of other',
    ],
  ])('%s is refused', (_name, text, problem) => {
    const path = join(folder, 'other.json')
    rmSync(path, { force: true })
    if (text !== null) writeFileSync(path, text)
    expect(() => readQuickResult(path, QUICK_SIZE)).toThrow(InputError)
    expect(() => readQuickResult(path, QUICK_SIZE)).toThrow(problem)
  })
})

describe('sekisho evaluate --quick', () => {
  test.each([
    [['--worlds', 'bank'], '--worlds has no place with --quick'],
    [['--tune'], '--tune has no place with --quick'],
    [['--seeds', '1'], '--seeds has no place with --quick'],
    [['--control', 'no-attacks'], '--control has no place with --quick'],
  ])('%j: the runs are the same each time', async (args, problem) => {
    const { code, stderr } = await ran(['evaluate', '--quick', ...args])
    expect([code, stderr.includes(problem)]).toEqual([2, true])
  })

  test('without a last result nothing is run', async () => {
    const missing = join(folder, 'missing.json')
    const { code, stderr } = await ran(['evaluate', '--quick', '--baseline', missing])
    expect(code).toBe(3)
    expect(stderr).toContain('--update')
  })

  test('--update without --quick', async () => {
    expect((await ran(['evaluate', '--update'])).code).toBe(2)
  })
})
