import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { refuseOverwriting } from './output-guard.ts'

let folder = ''
let input = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  input = join(folder, 'in.log.gz')
  writeFileSync(input, 'x')
  mkdirSync(join(folder, 'sub'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function refusal(outputs: [string, string | null][], path = input): string {
  const source = { path, kind: 'file', sizeBytes: 1 } as const
  try {
    refuseOverwriting({ sources: [source], problems: [], leftOut: [] }, outputs)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('refuseOverwriting', () => {
  test('an input is recognised by whatever name it goes', () => {
    symlinkSync(input, join(folder, 'link'))
    linkSync(input, join(folder, 'hard'))
    symlinkSync(folder, join(folder, 'sub', 'up'))
    const names = [
      input,
      relative(process.cwd(), input),
      join(folder, 'sub', '..', 'in.log.gz'),
      join(folder, 'link'),
      join(folder, 'hard'),
      join(folder, 'sub', 'up', 'in.log.gz'),
    ]
    for (const name of names) {
      expect(refusal([['rejected', name]])).toBe(
        `--rejected ${name} would overwrite the input ${input}; name another file with --rejected`,
      )
    }
  })

  test('other files, new files, devices and standard output are fine', () => {
    writeFileSync(join(folder, 'other'), 'x')
    const names = [join(folder, 'other'), join(folder, 'new', 'file'), '/dev/null', '-', null]
    for (const name of names) expect(refusal([['out', name]])).toBe('')
  })

  test('two outputs cannot be one file, there or not', () => {
    symlinkSync(folder, join(folder, 'sub', 'up'))
    const same = join(folder, 'sub', 'up', 'new')
    expect(
      refusal([
        ['out', join(folder, 'new')],
        ['rejected', same],
      ]),
    ).toBe(`--rejected and --out name the same file, ${same}`)
    expect(
      refusal([
        ['out', join(folder, 'new')],
        ['rejected', `${same}er`],
      ]),
    ).toBe('')
  })
})
