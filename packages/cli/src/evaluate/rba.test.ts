import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ran } from '../testing/fake-io.ts'

const OWN_SMALL = fileURLToPath(
  new URL('../../../simulate/src/rba/testing/own-small.csv', import.meta.url),
)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('sekisho evaluate --rba', () => {
  test('says what was found and what was false, in words and as JSON', async () => {
    const out = join(folder, 'rba.json')
    const text = await ran(['evaluate', '--rba', OWN_SMALL, '--out', out])
    expect([text.code, text.stderr]).toEqual([0, ''])
    const figures = JSON.parse(readFileSync(out, 'utf8'))
    expect(figures.attempts).toBeGreaterThan(10)
    expect(figures.takeovers).toBeGreaterThan(0)
    expect(text.stdout).toContain(`${figures.found.medium} of ${figures.takeovers}`)
    const json = await ran(['evaluate', '--rba', OWN_SMALL, '--output', 'json'])
    expect(JSON.parse(json.stdout)).toEqual(figures)
  })

  test('a file that there is not, and one that is none', async () => {
    const missing = await ran(['evaluate', '--rba', join(folder, 'missing.csv')])
    expect([missing.code, missing.stderr]).toEqual([3, expect.stringContaining('ENOENT')])
    const other = join(folder, 'other.csv')
    writeFileSync(other, 'a,b\n1,2\n')
    const refused = await ran(['evaluate', '--rba', other])
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('no column')])
  })

  test.each([
    [['--worlds', 'bank']],
    [['--quick']],
    [['--html', 'page.html']],
    [['--control', 'no-attacks']],
  ])('%j has no place beside it', async (args) => {
    const { code, stderr } = await ran(['evaluate', '--rba', OWN_SMALL, ...args])
    expect([code, stderr]).toEqual([2, expect.stringContaining('has no place with --rba')])
  })
})
