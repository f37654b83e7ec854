import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  STATE_FORMAT,
  StateFileError,
  type StateFileProblem,
  StateFileReader,
  stateFileBytes,
} from './state-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-state-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'state')

const HEADER = { tenant: 'default', span: { firstMs: 1, lastMs: 2 }, note: 'ü' }
const CHUNKS = [Buffer.from('first'), Buffer.alloc(0), Buffer.from([0, 255, 10])]

function bytesOf(header: unknown, chunks: readonly Uint8Array[], trailer?: unknown): Buffer {
  const trailerOf = trailer === undefined ? undefined : () => trailer
  return Buffer.concat([...stateFileBytes(header, chunks, trailerOf)])
}

function readBack(): { header: unknown; state: Buffer; trailer: unknown } {
  const reader = new StateFileReader(path)
  try {
    const verifying = reader.verified()
    let step = verifying.next()
    while (step.done !== true) step = verifying.next()
    const state = Buffer.concat([...reader.chunks()])
    return { header: step.value, state, trailer: reader.trailer() }
  } finally {
    reader.close()
  }
}

function problemOf(): StateFileProblem | null {
  try {
    readBack()
    return null
  } catch (error) {
    if (error instanceof StateFileError) return error.problem
    throw error
  }
}

describe('a state file', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 }),
        fc.jsonValue(),
        (header, chunks, trailer) => {
          writeFileSync(path, bytesOf(header, chunks, trailer))
          const { header: told, state, trailer: last } = readBack()
          expect(JSON.stringify(last)).toBe(JSON.stringify(trailer))
          expect(JSON.stringify(told)).toBe(JSON.stringify(header))
          expect(state).toEqual(Buffer.concat(chunks))
        },
      ),
      { seed: 5, numRuns: 200 },
    )
  })

  test('the trailer is asked for when the last chunk has been taken', () => {
    let taken = 0
    const chunks = function* () {
      for (const chunk of CHUNKS) {
        yield chunk
        taken++
      }
    }
    const bytes = [...stateFileBytes(HEADER, chunks(), () => taken)]
    writeFileSync(path, Buffer.concat(bytes))
    expect(readBack().trailer).toBe(CHUNKS.length)
  })

  test('a long one is read in pieces of its own', () => {
    const chunks = Array.from({ length: 5 }, (_, i) => Buffer.alloc(700_000, i))
    writeFileSync(path, bytesOf(HEADER, chunks))
    expect(readBack()).toEqual({ header: HEADER, state: Buffer.concat(chunks), trailer: null })
    const reader = new StateFileReader(path)
    for (const _piece of reader.verified());
    const pieces = [...reader.chunks()]
    expect(pieces.length).toBeGreaterThan(2)
    expect(new Set(pieces.map(({ buffer }) => buffer)).size).toBe(pieces.length)
    reader.close()
  })

  test('is not read before it is verified', () => {
    writeFileSync(path, bytesOf(HEADER, CHUNKS))
    const reader = new StateFileReader(path)
    expect(() => reader.chunks().next()).toThrow('verified')
    reader.close()
  })

  test('with a bit of any byte turned it is refused', () => {
    const good = bytesOf(HEADER, CHUNKS)
    for (let at = 0; at < good.length; at++) {
      const bad = Buffer.from(good)
      bad[at] = (bad[at] as number) ^ (1 << (at % 8))
      writeFileSync(path, bad)
      expect([at, problemOf()]).not.toEqual([at, null])
    }
  })

  test('cut off at any byte it is refused, and so is one with more behind it', () => {
    const good = bytesOf(HEADER, CHUNKS)
    for (let length = 0; length < good.length; length++) {
      writeFileSync(path, good.subarray(0, length))
      expect([length, problemOf()]).not.toEqual([length, null])
    }
    writeFileSync(path, Buffer.concat([good, Buffer.from('x')]))
    expect(problemOf()).toBe('cut-off')
  })

  test('each problem has its name', () => {
    const good = bytesOf(HEADER, CHUNKS)
    const withByte = (at: number, value: number): Buffer => {
      const bytes = Buffer.from(good)
      bytes[at] = value
      return bytes
    }
    const headerAt = good.indexOf('{')
    const table: [Buffer, StateFileProblem][] = [
      [Buffer.from('# a log\n'), 'no-state'],
      [Buffer.alloc(0), 'no-state'],
      [good.subarray(0, 20), 'cut-off'],
      [good.subarray(0, good.length - 1), 'cut-off'],
      [withByte(good.indexOf('first'), 0), 'damaged'],
      [withByte(headerAt - 8, STATE_FORMAT + 1), 'other-format'],
      [withByte(headerAt - 1, 255), 'damaged'],
    ]
    for (const [bytes, problem] of table) {
      writeFileSync(path, bytes)
      expect(problemOf()).toBe(problem)
    }
  })

  test('that is not there, a folder or no ordinary file is refused at once', () => {
    const open = (named: string) => () => new StateFileReader(named)
    expect(open(join(folder, 'none'))).toThrow('it is not there')
    expect(open(folder)).toThrow('it is a folder')
    expect(open('/dev/null')).toThrow('it is no file')
  })

  // The superuser may read everything.
  if (process.getuid?.() !== 0) {
    test('that may not be read is refused', () => {
      writeFileSync(path, bytesOf(HEADER, CHUNKS))
      chmodSync(path, 0)
      expect(() => new StateFileReader(path)).toThrow('it may not be read')
      chmodSync(path, 0o600)
    })
  }

  test('that shrinks while it is read is refused', () => {
    writeFileSync(path, bytesOf(HEADER, [Buffer.alloc(3_000_000)]))
    const reader = new StateFileReader(path)
    const verifying = reader.verified()
    verifying.next()
    truncateSync(path, 1000)
    expect(() => [...verifying]).toThrow('it has become shorter')
    reader.close()
  })

  test('begins with a word for people', () => {
    writeFileSync(path, bytesOf(HEADER, CHUNKS))
    expect(readFileSync(path, 'latin1').split('\n')[0]).toBe('sekisho state')
  })
})
