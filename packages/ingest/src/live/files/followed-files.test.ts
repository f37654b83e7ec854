import { mkdtempSync, rmSync } from 'node:fs'
import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  open,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { LINE_BYTES_MAX } from '../../sources/line-splitter.ts'
import { Reading } from '../testing/reading.ts'
import type { FilesPosition } from './file-position.ts'
import { FollowedFiles, type FollowedFilesOptions } from './followed-files.ts'

let folder: string
let problems: string[]
let onTold = (): void => {}
const opened: FollowedFiles[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'followed-'))
  problems = []
  onTold = () => {}
})

afterEach(async () => {
  for (const files of opened.splice(0)) await files.close()
  rmSync(folder, { recursive: true })
})

function at(name: string): string {
  return join(folder, name)
}

function followed(
  names: readonly string[],
  options: Partial<FollowedFilesOptions> = {},
): Reading<FilesPosition> {
  const files = new FollowedFiles({
    name: 'files',
    paths: names.map(at),
    onProblem: ({ path, problem }) => {
      problems.push(`${path.slice(folder.length + 1)} ${problem}`)
      onTold()
    },
    ...options,
  })
  opened.push(files)
  return new Reading(files)
}

/** Lines that begin a file so that it is known by its whole fingerprint. */
const LONG_HEAD = `${'x'.repeat(2000)}\n`

describe('lines', () => {
  test('are handed over whole, with path, number and without their endings', async () => {
    await writeFile(at('a.log'), 'one\r\ntwo\n\nthree')
    const reading = followed(['a.log'])
    const lines = await reading.lines(3)
    expect(lines).toEqual(['one', 'two', ''])
    expect(reading.read.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(reading.read[0]?.path).toBe(at('a.log'))
    await appendFile(at('a.log'), ' and more\nfour\n')
    expect(await reading.lines(2)).toEqual(['three and more', 'four'])
    expect(reading.read.at(-1)?.number).toBe(5)
  })

  test('of a file that comes later are read too', async () => {
    const reading = followed(['*.log'])
    const pending = reading.lines(1)
    await writeFile(at('late.log'), 'late\n')
    expect(await pending).toEqual(['late'])
  })

  test('come promptly where the operating system tells of writes', async () => {
    await writeFile(at('a.log'), 'one\n')
    // Polling alone would take a minute.
    const reading = followed(['a.log'], { pollMs: 60_000 })
    await reading.lines(1)
    const pending = reading.lines(1)
    await appendFile(at('a.log'), 'two\n')
    expect(await pending).toEqual(['two'])
  })

  test.each([
    LINE_BYTES_MAX - 1,
    LINE_BYTES_MAX,
    LINE_BYTES_MAX + 1,
    LINE_BYTES_MAX + 2,
    300_000,
    1_000_000,
  ])('of %d bytes are handed over, or told to be too long', async (byteLength) => {
    const long = `${'y'.repeat(byteLength - 3)}end`
    await writeFile(at('a.log'), `before\n${long}\r\nafter\n`)
    const reading = followed(['a.log'], { batchBytes: LINE_BYTES_MAX + 3 })
    await reading.lines(3)
    const [, line, after] = reading.read
    const isTooLong = byteLength > LINE_BYTES_MAX
    expect(line?.tooLongBytes).toBe(isTooLong ? byteLength : null)
    expect(line?.bytes.toString()).toBe(long.slice(0, LINE_BYTES_MAX))
    expect(line?.number).toBe(2)
    expect(after?.bytes.toString()).toBe('after')
    expect(after?.number).toBe(3)
  })

  test('of several files come by turns', async () => {
    const lines = `${'z'.repeat(999)}\n`.repeat(400)
    for (const name of ['a.log', 'b.log']) await writeFile(at(name), lines)
    const reading = followed(['*.log'], { batchBytes: 100_000 })
    const paths: string[] = []
    for (let i = 0; i < 4; i++) paths.push((await reading.batch())?.lines[0]?.path ?? '')
    expect(paths[0]).not.toBe(paths[1])
    expect(paths.slice(0, 2)).toEqual(paths.slice(2))
  })

  test('of more files than may be open are all read', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `f${i}x.log`)
    for (const name of names) await writeFile(at(name), `${name} 1\n`)
    const reading = followed(['*.log'], { openFilesMax: 3 })
    await reading.lines(40)
    for (const name of names) await appendFile(at(name), `${name} 2\n`)
    const lines = await reading.lines(40)
    expect(lines.sort()).toEqual(names.map((name) => `${name} 2`).sort())
  })
})

describe('positions', () => {
  test('go on behind the last line, wherever a run stopped', async () => {
    await writeFile(at('a.log'), 'one\ntwo\n')
    const first = followed(['a.log'])
    await first.lines(2)
    await appendFile(at('a.log'), 'three\n')
    const second = followed(['a.log'], { position: first.position })
    expect(await second.lines(1)).toEqual(['three'])
    expect(second.read[0]?.number).toBe(3)
  })

  test('are JSON', async () => {
    await writeFile(at('a.log'), 'one\n')
    const reading = followed(['a.log'])
    await reading.lines(1)
    expect(JSON.parse(JSON.stringify(reading.position))).toEqual(reading.position)
  })

  test('survive that the device has another number', async () => {
    await writeFile(at('a.log'), LONG_HEAD)
    const first = followed(['a.log'])
    await first.lines(1)
    await appendFile(at('a.log'), 'next\n')
    const moved = first.position?.files.map((file) => ({ ...file, device: '1', inode: '2' })) ?? []
    const second = followed(['a.log'], { position: { files: moved } })
    expect(await second.lines(1)).toEqual(['next'])
  })

  test('of another file under the same name count for nothing', async () => {
    await writeFile(at('a.log'), LONG_HEAD)
    const first = followed(['a.log'])
    await first.lines(1)
    await writeFile(at('b.log'), 'another file\n')
    await rename(at('b.log'), at('a.log'))
    const second = followed(['a.log'], { position: first.position })
    expect(await second.lines(1)).toEqual(['another file'])
  })
})

describe('rotation', () => {
  test('by renaming reads the old file to its end before the new one', async () => {
    await writeFile(at('app.log'), 'one\n')
    const reading = followed(['app.log'])
    await reading.lines(1)
    await appendFile(at('app.log'), 'two\n')
    await rename(at('app.log'), at('app.log.1'))
    await writeFile(at('app.log'), 'three\n')
    await appendFile(at('app.log.1'), 'two and a half\n')
    expect(await reading.lines(3)).toEqual(['two', 'two and a half', 'three'])
    expect(problems).toEqual([])
  })

  test('goes on in the renamed file, which its writer still has open', async () => {
    const writer = await open(at('app.log'), 'a')
    await writer.appendFile('one\n')
    const reading = followed(['app.log'])
    await reading.lines(1)
    await rename(at('app.log'), at('app.log.1'))
    await writeFile(at('app.log'), 'new\n')
    await reading.lines(1)
    await writer.appendFile('late\n')
    await writer.close()
    expect(await reading.lines(1)).toEqual(['late'])
  })

  test.each(['app.log.1', 'app.log-20260314', 'app-20260314.log', 'app.log.2026-03-14-07'])(
    'that took place while nothing ran is found: %s',
    async (rotated) => {
      await writeFile(at('app.log'), 'one\ntwo\n')
      const first = followed(['app.log'], { batchBytes: 0 })
      await first.lines(1)
      const position = {
        files: (first.position?.files ?? []).map((file) => ({ ...file, offset: 4, lineNumber: 1 })),
      }
      await rename(at('app.log'), at(rotated))
      await writeFile(at('app.log'), 'three\n')
      const second = followed(['app.log'], { position })
      expect(await second.lines(2)).toEqual(['two', 'three'])
      expect(second.read[0]).toMatchObject({ path: at(rotated), number: 2 })
    },
  )

  test('twice in a row, matched by a glob, is read oldest first and nothing twice', async () => {
    await writeFile(at('app.log'), 'one\n')
    const reading = followed(['app.log*'])
    await reading.lines(1)
    await rename(at('app.log'), at('app.log.1'))
    await writeFile(at('app.log'), 'two\n')
    await rename(at('app.log.1'), at('app.log.2'))
    await rename(at('app.log'), at('app.log.1'))
    await writeFile(at('app.log'), 'three\n')
    expect(await reading.lines(2)).toEqual(['two', 'three'])
  })

  test('by copying and cutting starts the file again', async () => {
    await writeFile(at('app.log'), `${LONG_HEAD}one\n`)
    const reading = followed(['app.log'])
    await reading.lines(2)
    await copyFile(at('app.log'), at('app.log.1'))
    await truncate(at('app.log'), 0)
    await appendFile(at('app.log'), 'two\n')
    expect(await reading.lines(1)).toEqual(['two'])
    expect(reading.read.at(-1)?.number).toBe(1)
    expect(problems).toEqual(['app.log was cut short or replaced, and is read from its start'])
  })

  test('by cutting is seen also where more was written since than was there before', async () => {
    await writeFile(at('app.log'), 'one\n')
    const reading = followed(['app.log'])
    await reading.lines(1)
    await writeFile(at('app.log'), 'other beginning\nand more\n')
    expect(await reading.lines(2)).toEqual(['other beginning', 'and more'])
  })

  test('of a deleted file reads what is left of it', async () => {
    await writeFile(at('app.log'), `one\n${'q'.repeat(90_000)}\n${'r'.repeat(60_000)}\nlast\n`)
    const reading = followed(['app.log'], { batchBytes: LINE_BYTES_MAX + 3 })
    await reading.batch()
    await rm(at('app.log'))
    await reading.lines(4)
    expect(reading.read.map(({ bytes }) => bytes.length)).toEqual([3, LINE_BYTES_MAX, 60_000, 4])
  })

  test('that compresses leaves the compressed file alone', async () => {
    await writeFile(at('app.log'), 'one\n')
    await writeFile(at('app.log.2.gz'), gzipSync('zero\n'))
    await writeFile(at('app.log.3'), gzipSync('less\n'))
    const reading = followed(['app.log*'])
    expect(await reading.lines(1)).toEqual(['one'])
    const told = new AbortController()
    onTold = () => {
      if (problems.length === 2) told.abort()
    }
    onTold()
    await reading.batch(told.signal)
    expect(problems.sort()).toEqual([
      'app.log.2.gz is compressed and therefore not followed',
      'app.log.3 is compressed with gzip and therefore not followed',
    ])
  })
})

describe('what is wrong', () => {
  test('is told once: a path without a file, a folder, a file that may not be read', async () => {
    await mkdir(at('folder'))
    await writeFile(at('ok.log'), 'one\n')
    const reading = followed(['missing.log', 'folder', 'ok.log'], { pollMs: 50 })
    await reading.lines(1)
    const pending = reading.lines(1)
    await writeFile(at('missing.log'), 'found\n')
    expect(await pending).toEqual(['found'])
    expect(problems).toEqual([
      'missing.log cannot be followed: no such file or folder; waiting for it',
      'folder cannot be followed: it is a folder; name the files in it, such as with /*.log; waiting for it',
    ])
  })

  const testUnlessRoot = process.getuid?.() === 0 ? test.skip : test
  testUnlessRoot('is tried again', async () => {
    await writeFile(at('a.log'), 'one\n')
    await chmod(at('a.log'), 0)
    await writeFile(at('b.log'), 'two\n')
    const reading = followed(['a.log', 'b.log'], { pollMs: 50 })
    expect(await reading.lines(1)).toEqual(['two'])
    await chmod(at('a.log'), 0o600)
    expect(await reading.lines(1)).toEqual(['one'])
    expect(problems).toEqual(['a.log cannot be read: permission denied; tried again'])
  })

  test('is told of a last line that was deleted unfinished', async () => {
    await writeFile(at('a.log'), 'one\ncut')
    await writeFile(at('b.log'), 'two\n')
    const reading = followed(['*.log'])
    await reading.lines(2)
    await rm(at('a.log'))
    // Without anything to read, the source is left when the problem has been told.
    const told = new AbortController()
    onTold = () => told.abort()
    await reading.batch(told.signal)
    expect(problems).toEqual(['a.log was deleted before its last 3 bytes could be read'])
  })
})

describe('progress', () => {
  test('is caught up at the size that was there at the start', async () => {
    await writeFile(at('a.log'), 'one\ntwo\n')
    const files = followed(['a.log'])
    expect(files.source.isCaughtUp).toBe(false)
    await files.lines(2)
    expect(files.source.isCaughtUp).toBe(true)
    expect(files.source.lag).toBe(0)
  })

  test('ends at once when the signal is aborted', async () => {
    const files = new FollowedFiles({ name: 'f', paths: [at('a.log')], onProblem: () => {} })
    opened.push(files)
    const stop = new AbortController()
    const pending = files.next(stop.signal)
    stop.abort()
    expect(await pending).toBeNull()
    expect(await files.next(stop.signal)).toBeNull()
  })
})
