import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Parsed } from '@sekisho/event'
import fc from 'fast-check'
import { LineParser } from '../line-parser.ts'
import { parsedLine } from '../testing/parsed-line.ts'
import { PulsePatterns } from './patterns.ts'

const SAMPLES = new URL('../samples/', import.meta.url)

const LINES = readdirSync(SAMPLES)
  .filter((file) => /^(?:pulse|own).*\.log$/.test(file))
  .flatMap((file) => readFileSync(new URL(file, SAMPLES), 'latin1').split('\n'))
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))

const OPTIONS = { timezone: 'Europe/Berlin' }

const parsedBy = (parser: LineParser, line: string): Parsed =>
  parsedLine(parser, Buffer.from(line, 'latin1'))
const parsed = (line: string): Parsed => parsedBy(new LineParser(OPTIONS), line)

/** Replaces a piece of a line by another one, wherever it stands. */
const PIECES: readonly (readonly [piece: RegExp, others: readonly string[]])[] = [
  [
    /r\.haddad/g,
    [
      'System',
      'x',
      'A.B@c.example',
      'Agent',
      '127.0.0.1',
      'a b',
      'a(b',
      'x"y',
      'é',
      '',
      'y'.repeat(9000),
    ],
  ],
  [
    /203\.0\.113\.\d+/g,
    ['127.0.0.1', '::1', '2001:db8::9', '0.0.0.0', '999.1.1.1', '', '10.0.0.1.'],
  ],
  [/Employees/g, ['Admin Users', 'R', 'A, B', 'x)[y', '', 'a"b']],
  [/Staff(?:, ?VPN Full)?/g, ['.Administrators', '', 'One', 'a][b', 'a,b , c']],
  [/9f3291bdc6/g, ['0000000000', '1', '', 'zz-zz']],
  [/2026-03-14/g, ['2026-03-15', '2026-02-31', '1999-01-01', '2028-02-29', '2026/03/14']],
  [/08:16:5\d/g, ['08:59:60', '24:00:00', '23:59:59', '08:16:00']],
  [/sid[0-9a-f]{48}/g, ['sid0', 'sid', '1f9e20b7', '00000000']],
  [/\d+ seconds/g, ['0 seconds', '12345678901 seconds', '7 seconds']],
  [/LT-0417/g, ['X', 'a.b', 'é', '']],
]

test('a parser that has learnt reads every line as one that has not', () => {
  const learnt = new LineParser(OPTIONS)
  const changed = fc
    .constantFrom(...PIECES)
    .chain(([piece, others]) =>
      fc.constantFrom(...others).map((other) => (line: string) => line.replace(piece, () => other)),
    )
  fc.assert(
    fc.property(fc.constantFrom(...LINES), fc.array(changed, { maxLength: 3 }), (line, changes) => {
      const other = changes.reduce((text, change) => change(text), line)
      // Twice, since a pattern is learnt from a line and then followed by others.
      for (const each of [line, other, line, other])
        expect(parsedBy(learnt, each)).toEqual(parsed(each))
    }),
    { seed: 14, numRuns: Number(process.env.SEKISHO_PROPERTY_RUNS ?? 800) },
  )
})

test('lines that differ in name, address and time alone are read by a pattern', () => {
  let careful = 0
  const parser = new LineParser(OPTIONS)
  const read = (bytes: Buffer): Parsed => {
    careful++
    return parsedBy(new LineParser(OPTIONS), bytes.toString('latin1'))
  }
  const patterns = new PulsePatterns(read, null)
  const lineOf = (second: number, user: string, address: string) =>
    `2026-03-14T08:16:${second}+01:00 pcs-a1 PulseSecure: - - - 2026-03-14 08:16:${second} - pcs-a1 - [${address}] ` +
    `Root::${user}(Employees)[Staff] - Agent login succeeded for ${user}/Employees from ${address} with Pulse/9.1.`
  const first = Buffer.from(lineOf(10, 'jdoe', '192.0.2.1'))
  expect(patterns.follow(first, 0, first.length)).toBeNull()
  const result = parsedBy(parser, first.toString())
  if (result.kind !== 'event') throw new Error('no event')
  patterns.learn(first, 0, first.length, result.event)
  expect(careful).toBeGreaterThan(0)
  careful = 0
  for (const line of [
    lineOf(59, 'a.silva', '198.51.100.7'),
    lineOf(11, 'CORP\\x', '2001:db8::7'),
  ]) {
    const bytes = Buffer.from(line)
    expect(patterns.follow(bytes, 0, bytes.length)).toEqual(parsed(line))
  }
  expect(careful).toBe(0)
})
