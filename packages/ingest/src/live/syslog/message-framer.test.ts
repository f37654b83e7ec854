import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LINE_BYTES_MAX } from '../../sources/line-splitter.ts'
import { MessageFramer } from './message-framer.ts'

interface Framed {
  readonly messages: (string | readonly [text: string, byteLength: number])[]
  readonly problem: string | null
  readonly cutBytes: number
}

function framed(chunks: readonly (Buffer | string)[]): Framed {
  const messages: Framed['messages'] = []
  const framer = new MessageFramer({
    message: (bytes) => messages.push(bytes.toString('latin1')),
    tooLong: (bytes, byteLength) => messages.push([bytes.toString('latin1'), byteLength]),
  })
  let problem: string | null = null
  for (const chunk of chunks) problem = framer.push(Buffer.from(chunk as string))
  return { messages, problem, cutBytes: problem === null ? framer.end() : 0 }
}

function counted(message: string): string {
  return `${message.length} ${message}`
}

/** The bytes cut at places, which need not be in order. */
function piecesOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  )
  return places.slice(1).map((place, i) => bytes.subarray(places[i], place))
}

describe('framing', () => {
  test.each<readonly [name: string, bytes: string, messages: readonly string[]]>([
    ['LF', '<1>one\n<1>two\n', ['<1>one', '<1>two']],
    ['CRLF', 'one\r\ntwo\r\n', ['one', 'two']],
    ['NUL', 'one\0two\0', ['one', 'two']],
    ['LF and NUL', 'one\n\0two\0\n', ['one', 'two']],
    ['a last message without end', 'one\ntwo', ['one', 'two']],
    ['empty messages', '\n\n\0\r\n', []],
    ['a beginning that is a date', '2026-03-14 08:16:53 - ive\n', ['2026-03-14 08:16:53 - ive']],
    ['a beginning that is a number', '1773476213 date=x\n', ['1773476213 date=x']],
    ['a number and a blank', '12 date=x\n', ['12 date=x']],
    ['a count with a leading zero', '07 <1>one\n', ['07 <1>one']],
    ['a number alone', '12', ['12']],
    ['nothing', '', []],
    ['counts', counted('<1>one') + counted('<1>two'), ['<1>one', '<1>two']],
    ['counts with LF in a message', counted('<1>one\nmore'), ['<1>one\nmore']],
    [
      'counts with LF that is counted',
      counted('<1>one\n') + counted('<1>two\n'),
      ['<1>one', '<1>two'],
    ],
    [
      'counts with LF that is not',
      `${counted('<1>one')}\n${counted('<1>two')}\n`,
      ['<1>one', '<1>two'],
    ],
    ['a count of a message that looks like another', counted('<1>5 <2>x'), ['<1>5 <2>x']],
  ])('is found: %s', (_name, bytes, messages) => {
    expect(framed([bytes])).toEqual({ messages, problem: null, cutBytes: 0 })
    expect(framed(Array.from(bytes))).toEqual({ messages, problem: null, cutBytes: 0 })
  })

  test.each<readonly [bytes: string, problem: string]>([
    [`${counted('<1>one')}999999999 <1>`, 'announces a message of a length that no message has'],
    [`${counted('<1>one')}012 <1>`, 'announces a message of a length that no message has'],
    [`${counted('<1>one')}<1>two`, 'sends something else where the length of a message must stand'],
    [
      `${counted('<1>one')} 5 <1>x`,
      'sends something else where the length of a message must stand',
    ],
    [`${counted('<1>one')}12x`, 'sends something else where the length of a message must stand'],
  ])('is lost: %j', (bytes, problem) => {
    expect(framed([bytes])).toEqual({ messages: ['<1>one'], problem, cutBytes: 0 })
    expect(framed(Array.from(bytes)).problem).toBe(problem)
  })

  test('a counted message that is cut is not delivered', () => {
    expect(framed(['12 <1>one'])).toEqual({ messages: [], problem: null, cutBytes: 6 })
  })
})

describe('lengths', () => {
  const lengths = [
    LINE_BYTES_MAX - 1,
    LINE_BYTES_MAX,
    LINE_BYTES_MAX + 1,
    LINE_BYTES_MAX + 2,
    300_000,
  ]
  test.each(lengths)('of %d bytes are told in either framing, in any pieces', (byteLength) => {
    const message = `<1>${'x'.repeat(byteLength - 3)}`
    const first = message.slice(0, LINE_BYTES_MAX)
    const expected = byteLength > LINE_BYTES_MAX ? [first, byteLength] : message
    for (const bytes of [
      `${message}\n<1>after\n`,
      `${message}\r\n<1>after\n`,
      counted(message) + counted('<1>after'),
    ]) {
      const whole = Buffer.from(bytes)
      const pieces = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, i) =>
        whole.subarray(i * 1000, (i + 1) * 1000),
      )
      for (const chunks of [[whole], pieces]) {
        expect(framed(chunks).messages).toEqual([expected, '<1>after'])
      }
    }
  })

  test('of an endless message need no memory', () => {
    const framer = new MessageFramer({ message: () => {}, tooLong: () => {} })
    const chunk = Buffer.alloc(1024 * 1024, 65)
    const beforeBytes = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 200; i++) expect(framer.push(chunk)).toBeNull()
    expect(process.memoryUsage().arrayBuffers - beforeBytes).toBeLessThan(2 * 1024 * 1024)
    expect(framer.unfinishedBytes).toBe(200 * chunk.length)
  })
})

describe('any bytes', () => {
  const noise = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes))
  const likely = fc
    .array(fc.constantFrom('1', '0', '9', ' ', '<', '\n', '\r', '\0', 'x', '5 <1>x', '<1>y\n'), {
      maxLength: 40,
    })
    .map((parts) => Buffer.from(parts.join('')))
  const cuts = fc.array(fc.nat(10_000), { maxLength: 20 })

  test('give the same messages in whatever pieces they come', () => {
    fc.assert(
      fc.property(fc.oneof(noise, likely), cuts, (bytes, places) => {
        expect(framed(piecesOf(bytes, places))).toEqual(framed([bytes]))
      }),
      { numRuns: 2000, seed: 6 },
    )
  })

  test('come back as they were sent when they are counted', () => {
    const message = fc
      .uint8Array({ maxLength: 60 })
      .map((bytes) => `<1>${Buffer.from(bytes).toString('latin1')}x`)
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 10 }), cuts, (messages, places) => {
        const bytes = Buffer.from(messages.map(counted).join(''), 'latin1')
        expect(framed(piecesOf(bytes, places)).messages).toEqual(messages)
      }),
      { numRuns: 500, seed: 6 },
    )
  })
})
