import {
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { FileDisk } from '../disk.ts'
import { OutputJournal } from './output-journal.ts'

let folder = ''
let out = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
  out = join(folder, 'out.ndjson')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Two entries, and then what a kill has left of the output. */
async function journalled(damage: () => void): Promise<string> {
  const disk = new FileDisk()
  const journal = new OutputJournal<number>(disk, folder, 1)
  await journal.commit(1, [{ path: out, text: 'first\n' }])
  await journal.commit(2, [{ path: out, text: 'second\n' }])
  damage()
  await disk.close()
  const again = new FileDisk()
  const restarted = new OutputJournal<number>(again, folder, 1)
  const entries = await restarted.entries(1)
  expect(entries.map(({ note }) => note)).toEqual([1, 2])
  await restarted.complete(entries.at(-1)?.outputs ?? [])
  await again.close()
  return existsSync(out) ? readFileSync(out, 'utf8') : ''
}

describe('OutputJournal', () => {
  test.each<[string, () => void, string]>([
    ['all of it is there', () => {}, 'first\nsecond\n'],
    ['the last text is missing', () => truncateSync(out, 6), 'first\nsecond\n'],
    ['the last text is torn', () => truncateSync(out, 9), 'first\nsecond\n'],
    [
      'garbage stands in its place',
      () => writeFileSync(out, 'first\n\0\0\0\0\0\0\0\0\0'),
      'first\nsecond\n',
    ],
    ['the file was moved away', () => renameSync(out, `${out}.old`), 'second\n'],
    ['it was moved under the usual name, whole', () => renameSync(out, `${out}.1`), ''],
    [
      'it was moved under the usual name, torn',
      () => {
        truncateSync(out, 9)
        renameSync(out, `${out}.1`)
      },
      'second\n',
    ],
    ['the file was cut short', () => truncateSync(out, 0), 'second\n'],
  ])('after a restart: %s', async (_what, damage, expected) => {
    expect(await journalled(damage)).toBe(expected)
  })

  test('an entry that was torn was never acted on', async () => {
    const disk = new FileDisk()
    const journal = new OutputJournal<number>(disk, folder, 1)
    await journal.commit(1, [])
    await disk.close()
    const path = join(folder, 'journal.1')
    const whole = readFileSync(path, 'utf8')
    for (let length = 0; length < whole.length - 1; length++) {
      writeFileSync(path, whole + whole.slice(0, length))
      expect(await journal.entries(1)).toHaveLength(1)
    }
  })
})
