import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ran } from '../testing/fake-io.ts'
import { sekisho } from '../testing/sekisho.ts'

const SMALL = ['--worlds', 'workshop,college', '--seeds', '1', '--users', '50', '--days', '9']

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('sekisho evaluate', () => {
  test('prints the table and writes every run; how many run at once changes nothing', () => {
    const one = join(folder, 'one.json')
    const two = join(folder, 'two.json')
    const page = join(folder, 'page.html')
    const files = ['--out', one, '--html', page]
    const alone = sekisho(['evaluate', ...SMALL, '--processes', '1', ...files])
    const both = sekisho(['evaluate', ...SMALL, '--processes', '2', '--out', two])
    expect([alone.code, alone.stderr]).toEqual([0, ''])
    expect(both).toEqual(alone)
    expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'))
    for (const words of ['1 seed from 11 on', 'stolen-hosting-abroad', 'budget', 'college']) {
      expect(alone.stdout).toContain(words)
    }
    expect(readFileSync(page, 'utf8')).toContain('<svg')
    // A terminal of a hundred characters shows every row whole; sentences below the tables may be wrapped.
    const rows = alone.stdout.split('\n').filter((row) => row.startsWith('  '))
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(100)
    const { runs, byWorld, learningDays } = JSON.parse(readFileSync(one, 'utf8'))
    expect(runs.map(({ world, seed }: { world: string; seed: number }) => [world, seed])).toEqual([
      ['workshop', 11],
      ['college', 11],
    ])
    expect(Object.keys(byWorld)).toEqual(['workshop', 'college'])
    expect(learningDays).toBe(3)
  })

  test('--output json prints the figures', () => {
    const one = ['--worlds', 'workshop', '--seeds', '1', '--users', '50', '--days', '9']
    const { code, stdout } = sekisho(['evaluate', ...one, '--output', 'json'])
    expect(code).toBe(0)
    const { worlds, all } = JSON.parse(stdout)
    expect(worlds).toEqual(['workshop'])
    expect(all.falsePerThousandUsersAndDay.medium.value).toBeGreaterThanOrEqual(0)
  })

  test('a control says what it found, and fails when it does not hold', () => {
    const { code, stdout } = sekisho(['evaluate', ...SMALL, '--control', 'shuffled-labels'])
    expect(stdout).toContain('labels are those of other users')
    expect(stdout).toContain(code === 0 ? 'holds' : 'FAILS')
  })

  test.each([
    [['--worlds', 'bonk'], 'did you mean bank?'],
    [['--seeds', '0'], 'from 1 to 1000'],
    [['--days', '8'], 'from 9 to 400'],
    [['--processes', 'many'], 'from 1 to 64'],
    [['--out', '-'], 'must name a file'],
    [['--worlds', 'bank,workshop'], 'mixes worlds'],
    [['--worlds', 'report,tuning'], 'mixes worlds'],
    [['--tune', '--worlds', 'report'], '--tune must not look'],
    [['--tune', '--worlds', 'bank'], '--tune must not look'],
    [['--control', 'magic'], 'shuffled-labels'],
    [['--control', 'no-attacks', '--html', 'page.html'], 'has no plots'],
    [['somewhere'], 'no operands'],
  ])('%j is refused', async (args, problem) => {
    const { code, stderr } = await ran(['evaluate', ...args])
    expect(code).toBe(2)
    expect(stderr).toContain(problem)
    expect(readdirSync(folder)).not.toContain('-')
  })
})
