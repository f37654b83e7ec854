import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LINE_BYTES_MAX, LineSplitter } from './line-splitter.ts'
import { CollectingSink } from './test-support.ts'

/** Splits `bytes` handed over in blocks of the given lengths (the last repeated), all in one reused buffer. */
function splitInBlocks(bytes: Buffer, blockLengths: readonly number[]): CollectingSink {
  const sink = new CollectingSink()
  const splitter = new LineSplitter(sink)
  const memory = Buffer.alloc(Math.max(...blockLengths))
  for (let start = 0, i = 0; start < bytes.length; i++) {
    const length = blockLengths[Math.min(i, blockLengths.length - 1)] ?? 1
    const copied = bytes.copy(memory, 0, start, start + length)
    splitter.push(memory.subarray(0, copied))
    memory.fill('#')
    start += copied
  }
  splitter.end()
  return sink
}

/** The same by the plainest means. */
function naiveLines(text: string): string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  return text === '' || text.endsWith('\n') ? lines.slice(0, -1) : lines
}

describe('lines', () => {
  test.each([
    ['nothing', '', []],
    ['one line', 'a\n', ['a']],
    ['no line ending at the end', 'a\nb', ['a', 'b']],
    ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
    ['a CR without LF at the end', 'a\r', ['a']],
    ['a CR inside a line stays', 'a\rb\n', ['a\rb']],
    ['of two CRs one is of the line', 'a\r\r\n', ['a\r']],
    ['empty lines count', '\n\r\n\na', ['', '', '', 'a']],
  ])('%s', (_name, text, lines) => {
    expect(splitInBlocks(Buffer.from(text), [100]).lines).toEqual(lines)
  })

  test('equal a naive split, however the bytes are cut into blocks', () => {
    const texts = fc.array(fc.constantFrom('\n', '\r', '\r\n', 'a', 'bcdef', 'é', '0123456789'))
    const blockLengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 })
    fc.assert(
      fc.property(texts, blockLengths, (parts, lengths) => {
        const text = parts.join('')
        expect(splitInBlocks(Buffer.from(text), lengths).lines).toEqual(naiveLines(text))
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})

describe('long lines', () => {
  const longest = 'x'.repeat(LINE_BYTES_MAX)

  test.each([64, 1000, 65_536, 65_537, 65_538, 262_144])('in blocks of %d bytes', (blockLength) => {
    const text = `${longest}\n${longest}\r\n${longest}y\n${longest}yz\r\n${longest}yz${longest}`
    const { lines, tooLongLines } = splitInBlocks(Buffer.from(text), [blockLength])
    expect(lines).toEqual([longest, longest])
    expect(tooLongLines).toEqual([
      { firstBytes: longest, lineNumber: 3, byteLength: LINE_BYTES_MAX + 1 },
      { firstBytes: longest, lineNumber: 4, byteLength: LINE_BYTES_MAX + 2 },
      { firstBytes: longest, lineNumber: 5, byteLength: 2 * LINE_BYTES_MAX + 2 },
    ])
  })

  test('the line after one is read as usual and numbered on', () => {
    const sink = splitInBlocks(Buffer.from(`${longest}${longest}\nnext\n`), [1000])
    expect(sink.lines).toEqual(['next'])
    expect(sink.lineNumbers).toEqual([2])
  })
})
