import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readSource } from './read-source.ts'
import type { ReadOptions, Source, SourceResult } from './source.ts'
import { CollectingSink } from './test-support.ts'

const folder = mkdtempSync(join(tmpdir(), 'sekisho-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

function sourceOf(bytes: Buffer | string, name = 'a.log'): Source {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return { path, kind: 'file', sizeBytes: bytes.length }
}

const STDIN: Source = { path: '-', kind: 'stdin', sizeBytes: null }

async function read(
  source: Source,
  options: ReadOptions = {},
): Promise<SourceResult & { sink: CollectingSink }> {
  const sink = new CollectingSink()
  return { ...(await readSource(source, sink, options)), sink }
}

/** Lines of different lengths that do not compress too well. */
function linesOf(count: number, seed = 1): string[] {
  let state = seed
  return Array.from({ length: count }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return `line ${i} ${state.toString(36).repeat(1 + (state % 5))}`
  })
}

const LINES = linesOf(20_000)
const TEXT = Buffer.from(`${LINES.join('\n')}\n`)
const GZIP = gzipSync(TEXT)
const ZSTD = zstdCompressSync(TEXT)
const ZSTD_CHECKED = zstdCompressSync(TEXT, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })

describe('whole sources', () => {
  const half = Math.floor(TEXT.length / 2)
  const [start, end] = [TEXT.subarray(0, half), TEXT.subarray(half)]
  const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7])
  test.each([
    ['plain', TEXT],
    ['gzip', GZIP],
    ['gzip of two members', Buffer.concat([gzipSync(start), gzipSync(end)])],
    ['gzip with zero padding', Buffer.concat([GZIP, Buffer.alloc(512)])],
    ['zstd', ZSTD],
    ['zstd of two frames', Buffer.concat([zstdCompressSync(start), zstdCompressSync(end)])],
    ['zstd with a skippable frame first', Buffer.concat([skippable, ZSTD])],
    ['zstd with zero padding', Buffer.concat([ZSTD, Buffer.alloc(512)])],
    [
      'gzip and zstd in a row',
      Buffer.concat([gzipSync(start), Buffer.alloc(3), zstdCompressSync(end)]),
    ],
  ])('%s, whatever the name', async (_name, bytes) => {
    const { lines, problem, sink, ...counts } = await read(sourceOf(bytes, 'a.log.txt'))
    expect({ lines, problem }).toEqual({ lines: LINES.length, problem: null })
    expect(counts).toEqual({ bytes: TEXT.length, compressedBytes: bytes.length })
    expect(sink.lines).toEqual(LINES)
    expect(sink.lineNumbers).toEqual(LINES.map((_, i) => i + 1))
  })

  test.each([
    ['an empty file', '', []],
    ['no line ending at the end', 'a\nb', ['a', 'b']],
    ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
    ['a UTF-8 byte order mark is no part of the line', '\ufeffa\nb\n', ['a', 'b']],
    ['nothing but a byte order mark', '\ufeff', []],
    ['a file shorter than any mark', 'a', ['a']],
    ['a name that promises gzip', 'a\n', ['a']],
  ])('%s', async (_name, text, lines) => {
    const result = await read(sourceOf(text, 'b.log.gz'))
    expect(result.problem).toBeNull()
    expect(result.sink.lines).toEqual(lines)
  })

  test('many zstd frames are one text', async () => {
    const frames = LINES.slice(0, 500).map((line) => zstdCompressSync(`${line}\n`))
    const { problem, sink } = await read(sourceOf(Buffer.concat(frames)))
    expect(problem).toBeNull()
    expect(sink.lines).toEqual(LINES.slice(0, 500))
  })

  test('a line too long is reported with its start and its length', async () => {
    const { lines, sink } = await read(sourceOf(`a\n${'x'.repeat(300_000)}\nb\n`))
    expect(lines).toBe(3)
    expect(sink.lines).toEqual(['a', 'b'])
    expect(sink.tooLongLines).toEqual([
      { firstBytes: 'x'.repeat(65_536), lineNumber: 2, byteLength: 300_000 },
    ])
  })
})

describe('standard input', () => {
  test('lines do not depend on how the bytes come in', async () => {
    const lines = linesOf(40)
    const text = Buffer.from(lines.join('\n'))
    const encoded = fc.constantFrom(
      text,
      gzipSync(text),
      Buffer.concat([zstdCompressSync(text.subarray(0, 99)), zstdCompressSync(text.subarray(99))]),
    )
    await fc.assert(
      fc.asyncProperty(encoded, fc.integer({ min: 1, max: 700 }), async (bytes, length) => {
        const blocks: Buffer[] = []
        for (let i = 0; i < bytes.length; i += length) blocks.push(bytes.subarray(i, i + length))
        const { problem, sink } = await read(STDIN, { stdin: Readable.from(blocks) })
        expect(problem).toBeNull()
        expect(sink.lines).toEqual(lines)
      }),
      { seed: 2, numRuns: 60 },
    )
  })

  test('stops while waiting for input', async () => {
    const stdin = new PassThrough()
    const abort = new AbortController()
    stdin.write('first\nsec')
    const reading = read(STDIN, { stdin, signal: abort.signal, onProgress: () => abort.abort() })
    const { problem, sink } = await reading
    expect(sink.lines).toEqual(['first'])
    expect(problem).toBe('was stopped after 1 line; the cut line there, 3 bytes, is not read')
    expect(stdin.destroyed).toBe(true)
  })
})

describe('a named pipe', () => {
  const path = join(folder, 'pipe')
  const source: Source = { path, kind: 'file', sizeBytes: null }
  beforeAll(() => {
    execFileSync('mkfifo', [path])
  })

  test('is read to its end', async () => {
    const reading = read(source)
    await writeFile(path, GZIP)
    const { problem, sink } = await reading
    expect(problem).toBeNull()
    expect(sink.lines).toEqual(LINES)
  })

  test('that nobody writes to can be stopped', async () => {
    const abort = new AbortController()
    const reading = read(source, { signal: abort.signal })
    setImmediate(() => abort.abort())
    expect(await reading).toMatchObject({ lines: 0, problem: 'was stopped after 0 lines' })
  })
})

describe('cut sources', () => {
  const cuts = [0.001, 0.2, 0.5, 0.77, 0.999]
  test.each([
    ...cuts.map((share) => ['gzip', share, GZIP] as const),
    ...cuts.map((share) => ['zstd', share, ZSTD] as const),
  ])('%s, cut at %d of its length', async (name, share, bytes) => {
    const cut = bytes.subarray(0, Math.ceil(bytes.length * share))
    const { lines, problem, sink } = await read(sourceOf(cut))
    expect(problem).toContain(`ends inside a ${name} block after ${lines} lines`)
    expect(sink.lines).toEqual(LINES.slice(0, lines))
    // Zstd decodes by blocks of 128 KiB; gzip by symbols, behind a table of them.
    const lost = name === 'zstd' ? 128 * 1024 : 1024
    expect(TEXT.indexOf(`line ${lines} `)).toBeGreaterThan(TEXT.length * share * 0.9 - lost)
  })

  test('a cut line is not delivered, and said to be missing', async () => {
    const whole = gzipSync('one\ntwo\nthree')
    const { problem, sink } = await read(sourceOf(whole.subarray(0, -8)))
    expect(sink.lines).toEqual(['one', 'two'])
    expect(problem).toBe(
      'ends inside a gzip block after 2 lines; the cut line there, 5 bytes, is not read',
    )
  })
})

describe('damaged sources', () => {
  function damaged(bytes: Buffer, position: number): Buffer {
    const copy = Buffer.from(bytes)
    copy.fill(0xff, position, position + 8)
    return copy
  }

  test.each([
    ['gzip', GZIP],
    ['zstd', ZSTD_CHECKED],
  ])('%s: what was good comes out', async (name, bytes) => {
    const { lines, problem, sink } = await read(sourceOf(damaged(bytes, bytes.length >> 1)))
    expect(problem).toMatch(new RegExp(`^holds damaged ${name} data after ${lines} lines: .`))
    const firstBad = sink.lines.findIndex((line, i) => line !== LINES[i])
    const good = firstBad < 0 ? lines : firstBad
    expect(good).toBeGreaterThan(LINES.length * 0.35)
  })

  test('standard input cannot be read again, so a little less comes out', async () => {
    const bytes = damaged(GZIP, GZIP.length >> 1)
    const stdin = Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)])
    const { lines, problem } = await read(STDIN, { stdin })
    expect(problem).toContain('holds damaged gzip data')
    expect(lines).toBeGreaterThan(0)
  })

  test('a wrong checksum at the end', async () => {
    const { lines, problem } = await read(sourceOf(damaged(GZIP, GZIP.length - 8)))
    expect(lines).toBe(LINES.length)
    expect(problem).toBe('holds damaged gzip data after 20000 lines: incorrect data check')
  })

  test.each([
    ['gzip', GZIP],
    ['zstd', ZSTD],
  ])('%s with something else behind it', async (name, bytes) => {
    const { sink, problem } = await read(sourceOf(Buffer.concat([bytes, Buffer.from('hello')])))
    expect(sink.lines).toEqual(LINES)
    expect(problem).toBe(`goes on with bytes that are not ${name} after 20000 lines`)
  })
})

describe('sources that cannot be read', () => {
  test.each([
    ['a missing file', join(folder, 'missing'), 'cannot be read: no such file or folder'],
    ['a folder', folder, 'cannot be read: it is a folder'],
    [
      'a path below a file',
      join(folder, 'a.log', 'b'),
      'cannot be read: a part of the path is not a folder',
    ],
    ['a name with a NUL', 'a\0b', 'cannot be read: no path can look like this'],
  ])('%s', async (_name, path, problem) => {
    sourceOf('a')
    const result = await read({ path, kind: 'file', sizeBytes: null })
    expect(result).toMatchObject({ lines: 0, bytes: 0, problem })
  })

  test.each([
    ['little endian', Buffer.from('\ufeffa\nb\n', 'utf16le')],
    ['big endian', Buffer.from('\ufeffa\nb\n', 'utf16le').swap16()],
    ['compressed', gzipSync(Buffer.from('\ufeffa\nb\n', 'utf16le'))],
  ])('UTF-16, %s', async (_name, bytes) => {
    const { problem, sink } = await read(sourceOf(bytes))
    expect(sink.lines).toEqual([])
    expect(problem).toBe('is UTF-16; convert it to UTF-8')
  })
})

describe('while reading', () => {
  test.each([
    ['plain', TEXT],
    ['gzip', GZIP],
  ])('progress of %s grows to the size of the file', async (_name, bytes) => {
    const reads: number[] = []
    const totals = new Set<number | null>()
    await read(sourceOf(bytes), {
      onProgress: (bytesRead, totalBytes) => {
        reads.push(bytesRead)
        totals.add(totalBytes)
      },
    })
    expect(reads).toEqual(reads.toSorted((a, b) => a - b))
    expect(reads.at(-1)).toBe(bytes.length)
    expect([...totals]).toEqual([bytes.length])
  })

  test('an abort ends after the block being read', async () => {
    const abort = new AbortController()
    const { lines, problem, sink } = await read(sourceOf(Buffer.concat([TEXT, TEXT, TEXT])), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    expect(problem).toMatch(`was stopped after ${lines} lines`)
    expect(lines).toBeGreaterThan(0)
    expect(sink.lines).toEqual(LINES.slice(0, lines))
  })

  test('what the sink throws is not swallowed', async () => {
    const sink = new CollectingSink()
    sink.line = () => {
      throw new RangeError('a bug in the sink')
    }
    await expect(readSource(sourceOf('a\n'), sink)).rejects.toThrow('a bug in the sink')
  })
})
