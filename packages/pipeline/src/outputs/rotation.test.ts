import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { FileDisk } from '../disk.ts'
import { OutputJournal } from './output-journal.ts'
import { Rotation } from './rotation.ts'

let folder = ''
let out = ''
let disk: FileDisk
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  out = join(folder, 'out.ndjson')
  disk = new FileDisk()
})
afterEach(async () => {
  await disk.close()
  rmSync(folder, { recursive: true })
})

function journalOf(keep: number): OutputJournal<null> {
  const rotation = new Rotation(disk, new Map([[out, { bytes: 10, keep }]]))
  return new OutputJournal(disk, folder, 1, rotation)
}

function kept(): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.startsWith('out'))
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
}

test('a file that has grown to its limit is put aside, and the oldest goes', async () => {
  const journal = journalOf(2)
  for (const text of ['one one\n', 'two\n', 'three three\n', 'four four\n', 'five\n', 'six\n']) {
    await journal.commit(null, [{ path: out, text }])
  }
  expect(kept()).toEqual({
    'out.ndjson': 'five\nsix\n',
    'out.ndjson.1': 'four four\n',
    'out.ndjson.2': 'three three\n',
  })
})

test('a number that a crash left free is filled before anything goes', async () => {
  writeFileSync(out, 'newest newest\n')
  writeFileSync(`${out}.2`, 'older\n')
  await new Rotation(disk, new Map([[out, { bytes: 10, keep: 2 }]])).rotate([out])
  expect(kept()).toEqual({ 'out.ndjson.1': 'newest newest\n', 'out.ndjson.2': 'older\n' })
})

test('killed between the putting aside and the next text, nothing stands twice', async () => {
  const journal = journalOf(3)
  await journal.commit(null, [{ path: out, text: 'long enough to go\n' }])
  await journal.placed([{ path: out, text: 'next\n' }])
  expect(existsSync(out)).toBe(false)
  const again = journalOf(3)
  expect(await again.recover(1, () => {})).toEqual([1])
  expect(kept()).toEqual({ 'out.ndjson.1': 'long enough to go\n' })
})
