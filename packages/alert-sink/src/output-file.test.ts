import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { OutputError } from './output-error.ts'
import { OutputFile } from './output-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('OutputFile', () => {
  test('is not there until it is whole, then alone', () => {
    const path = join(folder, 'made', 'too', 'alerts.ndjson')
    const file = new OutputFile(path)
    file.write('one\n')
    expect(existsSync(path)).toBe(false)
    file.commit()
    expect(readFileSync(path, 'utf8')).toBe('one\n')
    expect(readdirSync(join(folder, 'made', 'too'))).toStrictEqual(['alerts.ndjson'])
  })

  test('what was there stays until the new file is whole', () => {
    const path = join(folder, 'alerts.ndjson')
    writeFileSync(path, 'old')
    const discarded = new OutputFile(path)
    discarded.write('half')
    discarded.discard()
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toStrictEqual(['alerts.ndjson'])
    const kept = new OutputFile(path)
    kept.write('new')
    kept.commit()
    kept.discard()
    expect(readFileSync(path, 'utf8')).toBe('new')
  })

  test('pieces smaller and larger than the buffer keep their order', () => {
    const path = join(folder, 'large')
    const file = new OutputFile(path)
    const pieces = [
      'a'.repeat(10),
      'é'.repeat(65_000),
      'b',
      'c'.repeat(200_000),
      'd'.repeat(65_535),
    ]
    for (const piece of pieces) file.write(piece)
    file.commit()
    expect(readFileSync(path, 'utf8') === pieces.join('')).toBe(true)
  })

  test('a link is followed, a device is written as it is', () => {
    writeFileSync(join(folder, 'real'), 'old')
    symlinkSync(join(folder, 'real'), join(folder, 'link'))
    const file = new OutputFile(join(folder, 'link'))
    file.write('new')
    file.commit()
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new')
    const device = new OutputFile('/dev/null')
    device.write('gone')
    device.commit()
    expect(existsSync('/dev/null')).toBe(true)
  })

  test('what cannot be written is said at once, in one sentence', () => {
    mkdirSync(join(folder, 'folder'))
    writeFileSync(join(folder, 'file'), '')
    const problems: [string, string][] = [
      ['folder', 'it is a folder'],
      [join('file', 'below'), 'a part of the path is a file, not a folder'],
      ['n'.repeat(300), 'the name is too long'],
      [join('n'.repeat(300), 'below'), 'the name is too long'],
    ]
    for (const [name, problem] of problems) {
      const path = join(folder, name)
      expect(() => new OutputFile(path)).toThrow(new OutputError(path, problem))
    }
  })

  const hasFull = existsSync('/dev/full') ? test : test.skip
  hasFull('a full disk is an OutputError, whenever it is noticed', () => {
    const file = new OutputFile('/dev/full')
    file.write('small')
    expect(() => file.commit()).toThrow('/dev/full cannot be written: the disk is full')
    const other = new OutputFile('/dev/full')
    expect(() => other.write('x'.repeat(100_000))).toThrow(OutputError)
    other.discard()
  })
})
