import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { ran } from '../testing/fake-io.ts'
import { pulseLogin, tunnelUp } from '../testing/fortigate-lines.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function written(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

test('a source of which no line can be read is named, and code 3; a few such lines are not', async () => {
  const good = written('good.log', [tunnelUp(0, 'alice')])
  const nonsense = (count: number) => written('odd.txt', Array(count).fill('nonsense'))
  const args = ['replay', good, join(folder, 'odd.txt'), '--out', join(folder, 'alerts')]
  nonsense(99)
  expect(await ran(args)).toMatchObject({ code: 0 })
  const odd = nonsense(100)
  const { code, stdout, stderr } = await ran(args)
  expect(code).toBe(3)
  expect(stderr).toContain(`sekisho: ${odd}: none of its 100 lines could be read; is it a log?\n`)
  expect(stdout).toContain('  inputs    1 read, 1 with a problem\n')
  written('odd.txt', [...Array(100).fill('nonsense'), tunnelUp(1, 'alice')])
  expect(await ran(args)).toMatchObject({ code: 0 })
  written('odd.txt', Array(100).fill(pulseLogin('09:00:00', 'bob')))
  const unzoned = await ran(args)
  expect(unzoned.code).toBe(3)
  expect(unzoned.stderr).toContain('none of its 100 lines could be read without --timezone\n')
})
