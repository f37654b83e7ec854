import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LINE_BYTES_MAX } from '../../sources/line-splitter.ts'
import { Reading } from '../testing/reading.ts'
import type { SpoolLine } from './record.ts'
import { Spool, type SpoolOptions } from './spool.ts'
import type { SpoolPosition } from './spool-position.ts'
import { SpoolReader } from './spool-reader.ts'

let folder: string
let problems: string[]
let closing: (() => Promise<void>)[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'))
  problems = []
  closing = []
})

afterEach(async () => {
  for (const close of closing) await close()
  rmSync(folder, { recursive: true, force: true })
})

function lineOf(text: string | Buffer, tooLongBytes: number | null = null): SpoolLine {
  return { peer: 'udp:192.0.2.1', port: 5140, bytes: Buffer.from(text), tooLongBytes }
}

async function opened(options: Partial<SpoolOptions> = {}): Promise<Spool> {
  const onProblem = ({ problem }: { problem: string }) => problems.push(problem)
  const spool = await Spool.open({ folder, sync: 'off', onProblem, ...options })
  closing.push(() => spool.close())
  return spool
}

function reading(spool: Spool, position?: SpoolPosition): Reading<SpoolPosition> {
  const onProblem = ({ problem }: { problem: string }) => problems.push(problem)
  const reader = new SpoolReader(spool, { name: 'spool', position, onProblem })
  closing.unshift(() => reader.close())
  return new Reading(reader)
}

/** All that a spool in a folder still gives, and what it says is lost. */
async function leftIn(spoolFolder: string) {
  const spool = await opened({ folder: spoolFolder })
  const reader = new SpoolReader(spool, { name: 'spool', onProblem: () => {} })
  const lines: string[] = []
  while (reader.lag > 0 && !reader.isCaughtUp) {
    const batch = await reader.next(AbortSignal.timeout(20))
    lines.push(...(batch?.lines.map(({ bytes }) => bytes.toString()) ?? []))
  }
  const { tornBytes } = spool
  const { lost } = reader
  await reader.close()
  await spool.close()
  return { lines, tornBytes, lost }
}

function segments(): string[] {
  return readdirSync(folder).sort()
}

describe('a spool', () => {
  test('gives back any bytes with peer, port and number, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            peer: fc.constantFrom('udp:192.0.2.1', 'tls:2001:db8::1'),
            port: fc.nat(65_535),
            bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
            tooLongBytes: fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
          }),
          { minLength: 1, maxLength: 40 },
        ),
        async (lines) => {
          const spool = await opened({
            folder: mkdtempSync(join(folder, 'run-')),
            segmentBytes: 900,
          })
          const read = reading(spool)
          for (const line of lines) spool.append(line)
          await read.lines(lines.length)
          const expected = lines.map(({ peer, ...line }, i) => ({
            ...line,
            path: peer,
            number: i + 1,
          }))
          expect(read.read).toEqual(expected)
        },
      ),
      { numRuns: 30, seed: 6 },
    )
  })

  test('wakes its reader when a line comes', async () => {
    const spool = await opened()
    const read = reading(spool)
    const pending = read.lines(1)
    spool.append(lineOf('one\nwith a second line\n'))
    expect(await pending).toEqual(['one\nwith a second line\n'])
  })

  test('holds a line of the greatest length', async () => {
    const spool = await opened()
    const bytes = Buffer.alloc(LINE_BYTES_MAX, 7)
    for (let i = 0; i < 9; i++) spool.append(lineOf(bytes, 1e9))
    const read = reading(spool)
    await read.lines(9)
    expect(read.read.every((line) => line.bytes.equals(bytes) && line.tooLongBytes === 1e9)).toBe(
      true,
    )
  })

  test('goes on after a restart, behind what was read', async () => {
    const first = await opened()
    first.append(lineOf('one'))
    const read = reading(first)
    await read.lines(1)
    first.append(lineOf('two'))
    await first.close()
    const second = await opened({ position: read.position })
    second.append(lineOf('three'))
    const rest = reading(second, read.position)
    expect(rest.source.isCaughtUp).toBe(false)
    expect(await rest.lines(2)).toEqual(['two', 'three'])
    expect(rest.read.map(({ number }) => number)).toEqual([2, 3])
    expect(rest.source.isCaughtUp).toBe(true)
    expect(rest.source.lag).toBe(0)
  })

  test('removes segments that were read, but for the newest', async () => {
    const spool = await opened({ segmentBytes: 100 })
    for (let i = 0; i < 3; i++) {
      spool.append(lineOf('x'.repeat(100)))
      spool.flush()
    }
    expect(segments()).toHaveLength(3)
    const read = reading(spool)
    await read.lines(3)
    await read.source.release(read.position as SpoolPosition)
    expect(segments()).toEqual(['000000000003.spool'])
  })

  test('never uses a number again, even if all segments are gone', async () => {
    const first = await opened()
    first.append(lineOf('one'))
    const read = reading(first)
    await read.lines(1)
    await first.close()
    for (const name of segments()) rmSync(join(folder, name))
    const second = await opened({ position: read.position })
    second.append(lineOf('two'))
    const rest = reading(second, read.position)
    expect(await rest.lines(1)).toEqual(['two'])
    expect(segments()).toEqual(['000000000002.spool'])
    expect(rest.read[0]?.number).toBe(2)
  })

  test('is full at its limit, and tells when there is room', async () => {
    const spool = await opened({ bytesMax: 4000 })
    const read = reading(spool)
    let lines = 0
    while (!spool.isFull) {
      spool.append(lineOf('x'.repeat(100)))
      spool.flush()
      lines++
    }
    let told = 0
    spool.whenRoom(() => told++)
    await read.lines(lines)
    expect(spool.isFull).toBe(true)
    await read.source.release(read.position as SpoolPosition)
    expect(spool.isFull).toBe(false)
    expect(told).toBe(1)
    expect(spool.totalBytes).toBeLessThan(2000)
  })

  test('keeps lines that cannot be written, and takes no more until they can', async () => {
    const spool = await opened()
    writeFileSync(join(folder, '000000000001.spool'), 'in the way')
    spool.append(lineOf('one'))
    spool.flush()
    expect(spool.isFull).toBe(true)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('lines cannot be written')
    rmSync(join(folder, '000000000001.spool'))
    const read = reading(spool)
    spool.flush()
    expect(spool.isFull).toBe(false)
    expect(await read.lines(1)).toEqual(['one'])
  })

  test('in a folder that cannot be used is refused in a sentence', async () => {
    const path = join(folder, 'file')
    writeFileSync(path, '')
    await expect(opened({ folder: join(path, 'spool') })).rejects.toThrow(
      /^The spool folder .* cannot be used: a part of the path is not a folder\.$/,
    )
  })
})

describe('damage', () => {
  const texts = ['first line', 'second', 'third one\nof two', 'last']

  async function written(): Promise<{ name: string; bytes: Buffer }> {
    const spool = await opened()
    for (const text of texts) spool.append(lineOf(text))
    await spool.close()
    const [name] = segments() as [string]
    return { name, bytes: readFileSync(join(folder, name)) }
  }

  test('by cutting at any byte leaves the whole lines before it, and is counted', async () => {
    const { name, bytes } = await written()
    for (let length = 0; length <= bytes.length; length++) {
      writeFileSync(join(folder, name), bytes.subarray(0, length))
      const { lines, tornBytes } = await leftIn(folder)
      expect(lines).toEqual(texts.slice(0, lines.length))
      if (lines.length < texts.length) expect(tornBytes > 0 || isAtRecord(bytes, length)).toBe(true)
      if (length === bytes.length) expect(lines).toEqual(texts)
    }
  })

  test('of any one byte never gives a wrong line, and is counted', async () => {
    const { name, bytes } = await written()
    for (let at = 0; at < bytes.length; at++) {
      for (const mask of [1, 0x80, 0xff]) {
        const damaged = Buffer.from(bytes)
        damaged[at] = (damaged[at] as number) ^ mask
        writeFileSync(join(folder, name), damaged)
        const { lines, tornBytes, lost } = await leftIn(folder)
        expect(lines.length).toBeLessThan(texts.length)
        expect(texts.filter((text) => lines.includes(text))).toEqual(lines)
        expect(tornBytes + lost.bytes).toBeGreaterThan(0)
        const isHeader = lines.length === 0
        // All but one line are left, and the missing one is known by its number unless it was the last.
        if (!isHeader) expect(lines).toHaveLength(texts.length - 1)
        if (!isHeader && tornBytes === 0) expect(lost.lines).toBe(1)
      }
    }
  })

  test('of a segment before the last is told by the numbers that are missing', async () => {
    const { name, bytes } = await written()
    const second = await opened()
    second.append(lineOf('after'))
    await second.close()
    writeFileSync(join(folder, name), bytes.subarray(0, bytes.length - 1))
    const { lines, tornBytes, lost } = await leftIn(folder)
    expect(lines).toEqual([...texts.slice(0, -1), 'after'])
    expect(tornBytes).toBe(0)
    expect(lost.lines).toBe(1)
    expect(lost.bytes).toBeGreaterThan(0)
  })

  test('that puts records of another spool into this one gives none of them', async () => {
    const { name, bytes } = await written()
    const other = mkdtempSync(join(folder, 'other-'))
    const foreign = await opened({ folder: other })
    foreign.append(lineOf('foreign'))
    await foreign.close()
    const records = readFileSync(join(other, '000000000001.spool')).subarray(32)
    rmSync(other, { recursive: true })
    writeFileSync(join(folder, name), Buffer.concat([bytes, records]))
    const { lines, tornBytes } = await leftIn(folder)
    expect(lines).toEqual(texts)
    expect(tornBytes).toBe(records.length)
  })

  test('does not let a line pass for a record', async () => {
    // The whole segment of another run, which a sender may have seen, sent as a line.
    const { bytes } = await written()
    const spool = await opened()
    spool.append(lineOf(bytes))
    spool.append(lineOf('honest'))
    await spool.close()
    const name = segments().at(-1) as string
    const damaged = readFileSync(join(folder, name))
    damaged[36] = (damaged[36] as number) ^ 0xff
    writeFileSync(join(folder, name), damaged)
    const { lines } = await leftIn(folder)
    expect(lines).toEqual([...texts, 'honest'])
  })
})

function isAtRecord(bytes: Buffer, length: number): boolean {
  const marker = bytes.subarray(24, 28)
  return length <= 32 || bytes.subarray(length, length + 4).equals(marker)
}
