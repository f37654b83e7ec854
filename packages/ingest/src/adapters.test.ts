import { expect, test } from '@jest/globals'
import type { LoggedEvent, Parsed } from '@sekisho/event'
import { newLoggedEvent } from '@sekisho/event'
import fc from 'fast-check'
import { LINE_BYTES_MAX } from './limits.ts'
import { LineParser } from './line-parser.ts'
import { FORM_LINES, FORTIGATE, WELF } from './testing/form-lines.ts'
import { eventOfLine, parsedLine } from './testing/parsed-line.ts'

fc.configureGlobal({ seed: 20_260_314 })

const parser = new LineParser({ timezone: 'UTC' })

const parsed = (line: string | Buffer, by = parser): Parsed => parsedLine(by, line)

const eventOf = (line: string | Buffer): LoggedEvent => eventOfLine(parser, line)

test.each(FORM_LINES)('%s: any cut and any changed byte give a result', (_name, line) => {
  fc.assert(
    fc.property(
      fc.nat(line.length - 1),
      fc.nat(line.length - 1),
      fc.uint8Array({ maxLength: 12 }),
      (from, to, junk) => {
        const bytes = Buffer.from(line)
        const damaged = Buffer.concat([bytes.subarray(0, from), junk, bytes.subarray(to)])
        expect(['event', 'ignored', 'rejected']).toContain(parsed(damaged).kind)
      },
    ),
  )
})

test('any bytes and any text give a result, twice the same', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text)),
        fc
          .array(
            fc.constantFrom('"', '\\', ' ', '=', ',', 'user', 'logid', '[', ']', '(', ')', ' - '),
          )
          .map((parts) => Buffer.from(parts.join(''))),
      ),
      (bytes) => {
        const first = parsed(bytes)
        expect(parsed(bytes)).toEqual(first)
        expect(parsed(bytes, new LineParser({ timezone: 'UTC' }))).toEqual(first)
      },
    ),
  )
})

test.each(FORM_LINES)(
  '%s: blanks, CR, NUL and a byte order mark around change nothing',
  (_name, line) => {
    const event = eventOf(line)
    for (const around of [
      `  ${line}`,
      `${line}\r`,
      `${line} \t\r\0\0`,
      `\ufeff${line}`,
      ` \ufeff ${line} `,
    ])
      expect(eventOf(around)).toEqual(event)
  },
)

test.each(FORM_LINES)('%s: a part of a greater buffer is read alone', (_name, line) => {
  const bytes = Buffer.from(`user="before\n${line}\n" user="after"`)
  const start = bytes.indexOf(10) + 1
  const result = parser.parse(bytes, start, bytes.lastIndexOf(10))
  expect(result).toEqual({ kind: 'event', event: eventOf(line) })
})

test.each(FORM_LINES)("%s: a copy of a result is the caller's own", (_name, line) => {
  const event = eventOf(line)
  event.userRaw = 'changed'
  expect(eventOf(line).userRaw).toBe('jdoe')
})

test.each(FORM_LINES)('%s: every field is set, in the order of the factory', (_name, line) => {
  const event = eventOf(line)
  expect(Object.keys(event)).toEqual(Object.keys(newLoggedEvent('fortigate')))
  expect(Object.values(event)).not.toContain(undefined)
})

test.each(FORM_LINES)('%s: a format that is expected is only a guess', (_name, line) => {
  const event = eventOf(line)
  for (const [, before] of FORM_LINES) {
    parsed(before)
    expect(eventOf(line)).toEqual(event)
  }
})

test.each(FORM_LINES)('%s: what lines before were changes nothing', (_name, line) => {
  const other = line
    .replaceAll('jdoe', 'élodie')
    .replace('vd="root"', 'vd=root')
    .replace('tz=', 'xx=')
  const warm = new LineParser({ timezone: 'UTC' })
  fc.assert(
    fc.property(
      fc.constantFrom(line, other),
      fc.nat(line.length - 1),
      fc.nat(3),
      fc.constantFrom('', '"', '\\', ' ', 'a', '=', ',', '" x="', 'é'),
      (base, at, removed, inserted) => {
        const changed = base.slice(0, at) + inserted + base.slice(at + removed)
        parsed(base, warm)
        const cold = new LineParser({ timezone: 'UTC' })
        expect(parsed(changed, warm)).toEqual(parsed(changed, cold))
        expect(parsed(changed, warm)).toEqual(parsed(changed, cold))
      },
    ),
    { numRuns: 1000 },
  )
})

const KNOWN_KEYS = /^(?:date|time|tz|eventtime|logtime|user|remip|reason|action|logid|type)$/

test('FortiGate: fields of later releases are harmless', () => {
  const event = eventOf(FORTIGATE)
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z_][a-z0-9_]{3,20}$/).filter((key) => !KNOWN_KEYS.test(key)),
      fc.string({ maxLength: 30 }).map((value) => value.replace(/["\\]/g, '')),
      (key, value) => {
        const extra = ` x${key}="${value}"`
        expect(eventOf(FORTIGATE + extra)).toEqual(event)
        expect(eventOf(FORTIGATE.replace(' tz=', () => `${extra} tz=`))).toEqual(event)
      },
    ),
  )
})

test('WELF: fields of later releases are harmless', () => {
  expect(eventOf(WELF.replace(' src=', ' clienthost="a b" src='))).toEqual(eventOf(WELF))
})

test.each(FORM_LINES)(
  '%s: a name is read as it was typed, and changes nothing else',
  (_name, line, escaped) => {
    const event = eventOf(line)
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 40 }),
          fc.constantFrom(
            '__proto__',
            'a" remip=192.0.2.1 b="',
            'constructor',
            'x src=192.0.2.1',
            'x logid=0101039424 type=event eventtime=1773471489 user=ceo',
            'a=b',
            'x dst=192.0.2.1 act=tunnel-up',
            '","remip"."192.0.2.1","user"."ceo',
            '\\',
            '}{',
          ),
        ),
        (text) => {
          const typed = `u${text.replace(/[()[\]:]/g, '')}u`
          const written = line.replace('jdoe', () => escaped(typed))
          const { userRaw, sourceAddress, outcome, attempt, reasonRaw, decides } = eventOf(written)
          expect(userRaw).toBe(typed)
          expect({ sourceAddress, outcome, attempt, reasonRaw, decides }).toEqual({
            sourceAddress: event.sourceAddress,
            outcome: 'failure',
            attempt: event.attempt,
            reasonRaw: event.reasonRaw,
            decides: 'yes',
          })
        },
      ),
    )
  },
)

/** Quadratic work on 64 KiB takes seconds; linear work some hundred microseconds. */
const LINE_CPU_MS_MAX = 250

test.each(FORM_LINES)('%s: 64 KiB of anything take little time', (_name, line) => {
  const pieces = [
    '"',
    '\\"',
    'a="',
    'a="\\" ',
    '" a=',
    '=" ',
    ')[',
    '] - ',
    'x(y)[] - ',
    ' realm="',
    '(',
    '\\',
    ' a=',
    '\\=',
    '|',
    '{',
    '{"a":[',
    '"," ',
    '","a":',
    '\\u00',
  ]
  for (const piece of [...pieces, ' from ', 'from 1.2.3.4 ', '\ufffd', ' logid=']) {
    const typed = piece.repeat(
      Math.floor((LINE_BYTES_MAX - line.length) / Buffer.byteLength(piece)),
    )
    for (const written of [line.replace('jdoe', () => typed), typed + line, line + typed]) {
      const before = process.cpuUsage()
      parsed(written)
      const { user } = process.cpuUsage(before)
      expect(user / 1000).toBeLessThan(LINE_CPU_MS_MAX)
    }
  }
})
