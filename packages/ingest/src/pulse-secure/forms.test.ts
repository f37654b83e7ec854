import { describe, expect, test } from '@jest/globals'
import { type LoggedEvent, newLoggedEvent, type Parsed } from '@sekisho/event'
import fc from 'fast-check'
import { LINE_BYTES_MAX, VALUE_BYTES_MAX } from '../limits.ts'
import { LineParser } from '../line-parser.ts'
import { eventOfLine, parsedLine } from '../testing/parsed-line.ts'

const MESSAGE = 'Login failed using auth server AD (Active Directory).  Reason: Failed'
const STANDARD = `2026-03-14 08:16:55 - pcs-a1 - [198.51.100.88] jdoe(Employees)[] - ${MESSAGE}`
const WELF =
  'id=firewall time="2026-03-14 08:16:55" pri=6 fw=10.80.1.5 vpn=pcs-a1 user=jdoe realm="Employees" roles="" ' +
  `proto=auth src=198.51.100.88 dst= type=vpn agent="" duration= msg="AUT23457: ${MESSAGE}"`
const EXPORT = `info - [198.51.100.88] - jdoe(Employees)[] - 2026/03/14 08:16:55 - ${MESSAGE}`
const PIPE =
  'pcs-a1 | 2026-03-14 08:16:55 | AUT23457 | info | 10.80.1.5 | | 198.51.100.88 | jdoe | Employees ' +
  `| | | | | | | ${MESSAGE}`

/** The forms beside those that `adapters.test.ts` puts to the same proof. */
const FORMS = [
  ['older export', EXPORT],
  ['pipe', PIPE],
] as const

fc.configureGlobal({ seed: 20_260_314 })

const parser = new LineParser({ timezone: 'Europe/Berlin' })

const parsed = (line: string | Buffer, by = parser): Parsed => parsedLine(by, line)

const eventOf = (line: string | Buffer): LoggedEvent => eventOfLine(parser, line)

/** Every mix of headers that was seen before a Pulse Secure line (docs/formats), with and without its tags. */
const HEADERS = [
  '',
  '<134>',
  'Juniper: ',
  'PulseSecure: - - - ',
  'Mar 14 08:16:55 node 1 2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: - - - ',
  '<134>1 2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: - - - ',
  '1 2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: - - - ',
  '2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: ',
  '2026-03-14T07:16:57.204Z pcs-a1 Pulse: ',
  'Nov  8 21:17:32 pcs-a1 Juniper: ',
  '<23> Nov  8 21:17:32 pcs-a1 Juniper: ',
  '<23>Nov  8 21:17:32 pcs-a1 ',
  '226 <14>1 2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: - - - ',
  '226 <14>1 2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure 812 - [x@1 y="z w"] ',
]

test.each(HEADERS)('every form is read alike behind %j', (header) => {
  const expected = eventOf(STANDARD)
  for (const form of [STANDARD, WELF, EXPORT, PIPE]) {
    const code = form === STANDARD || form === EXPORT ? '' : 'AUT23457'
    const gateway = form === EXPORT && !header.includes('pcs-a1') ? '' : 'pcs-a1'
    expect(eventOf(header + form)).toEqual({ ...expected, code, gateway })
  }
})

describe.each(FORMS)('%s', (_name, line) => {
  test('any cut and any changed byte give a result', () => {
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

  test('what is cut behind a tag is an event or broken, never unknown', () => {
    const begin = line.indexOf('198.51')
    for (let length = begin; length <= line.length; length++) {
      const result = parsed(`PulseSecure: ${line.slice(0, length)}`)
      if (result.kind !== 'event') expect(result).toMatchObject({ reason: 'broken' })
    }
  })

  test('blanks, CR, NUL and a byte order mark around change nothing', () => {
    const event = eventOf(line)
    for (const around of [`  ${line}`, `${line}\r`, `${line} \t\r\0`, ` \ufeff ${line} `])
      expect(eventOf(around)).toEqual(event)
  })

  test('every field is set, in the order of the factory', () => {
    const event = eventOf(line)
    expect(Object.keys(event)).toEqual(Object.keys(newLoggedEvent('pulse-secure')))
    expect(Object.values(event)).not.toContain(undefined)
  })

  test('what lines before were changes nothing', () => {
    const event = eventOf(line)
    for (const before of [STANDARD, WELF, EXPORT, PIPE, '#Fields: date time']) {
      parsed(before)
      expect(eventOf(line)).toEqual(event)
    }
  })

  test('a name is read as it was typed, and changes nothing else', () => {
    const event = eventOf(line)
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 40 }),
          fc.constantFrom(
            ' | ',
            ' | a | | ',
            '] - 2012/11/23 18:05:42 - ',
            ' - 2012/11/23 18:05:42 - Agent login succeeded',
            ' realm="R" msg="AUT24414: Agent login succeeded"',
            '__proto__',
            'from 192.0.2.1',
          ),
        ),
        (text) => {
          const typed = `u${text.replace(/[()[]/g, '').replace(/:{2,}/g, ':')}u`
          const read = eventOf(line.replace('jdoe', () => typed))
          expect(read.userRaw).toBe(typed)
          const { userRaw, userName, userDomain, userKey } = event
          expect({ ...read, userRaw, userName, userDomain, userKey }).toEqual(event)
        },
      ),
    )
  })
})

test.each([
  ['pcs-a1 | 2026-03-14 08:16:55 | AUT23457 | info | 10.80.1.5 | | 198.51.100.88 | jdoe', 'broken'],
  [
    'pcs-a1 | 2026-03-14 08:16:55 | a job | info | 10.80.1.5 | | | | | | | | | | | done',
    'unknown-format',
  ],
  [PIPE.replace('198.51.100.88', 'a place'), 'broken'],
  ['info - [worker-1] - 2026/03/14 08:16:55 - job done', 'unknown-format'],
  ['notice - [198.51.100.88] - jdoe(R)[] - 2026/03/14 08:16:55 - Logout', 'unknown-format'],
  ['info - [198.51.100.88] - jdoe(R)[] - Logout', 'unknown-format'],
  ['PulseSecure: 2026-03-14 08:16:55 - pcs-a1 - words', 'broken'],
  ['2026-03-14 08:16:55 - pcs-a1 - words', 'unknown-format'],
])('%j is %s', (line, reason) => {
  expect(parsed(line)).toMatchObject({ kind: 'rejected', reason })
})

test.each([
  ['Europe/Berlin', '2026-03-14T20:00:00+01:00', 42_185, '19:00:00'],
  ['Europe/Berlin', '2026-03-14T06:00:00Z', -4_615, '06:00:00'],
  ['Europe/Berlin', '2026-03-14T07:31:55Z', 0, '07:16:55'],
  [undefined, '2026-03-14T20:00:00+01:00', 42_185, '19:00:00'],
  [undefined, '2026-03-14T08:16:55+01:00', 0, '07:16:55'],
])('in zone %s, a header of %s is %d s ahead', (timezone, stamp, timeSkewS, time) => {
  const by = new LineParser(timezone === undefined ? {} : { timezone })
  for (const form of [STANDARD, EXPORT, PIPE]) {
    const result = parsed(`${stamp} pcs-a1 PulseSecure: ${form}`, by)
    if (result.kind !== 'event') throw new Error('no event')
    expect(result.event).toMatchObject({ timeSkewS, recovered: timeSkewS !== 0 })
    expect(new Date(result.event.timestampMs).toISOString()).toBe(`2026-03-14T${time}.000Z`)
  }
})

/** What makes other vendors' lines of a name, were it taken for one. */
const OTHER_BODIES = [
  ' logid=0101039424 type=event eventtime=1573468000000000000 tunnelid=1 devid=FG0000',
  '" logid="0101039424" action="tunnel-up" type="event" subtype="vpn" x="',
  'x {"logid":"0101039424","type":"event","subtype":"vpn","action":"tunnel-up"} ',
  'x CEF:0|Fortinet|Fortigate|v7.4.5|39424|event:vpn tunnel-up|2|dst=192.0.2.66 ',
]

describe.each(OTHER_BODIES)('a name %j', (typed) => {
  const fortigate = 'date=2026-03-14 time=08:16:55 devid="FG100F" logid="0101039424" type="event"'

  test.each(['', 'Juniper: ', '<134>1 2026-03-14T08:16:55+01:00 pcs-a1 PulseSecure: - - - '])(
    'is never the body, behind %j, whatever the lines before were',
    (header) => {
      for (const form of [STANDARD, WELF, EXPORT, PIPE]) {
        for (const address of ['198.51.100.88', '', 'a place', 'fe80::1%eth0', '-']) {
          const line = header + form.replace('jdoe', typed).replace('198.51.100.88', address)
          const result = parsed(line, new LineParser({ timezone: 'Europe/Berlin' }))
          if (result.kind === 'event')
            expect(result.event).toMatchObject({ vendor: 'pulse-secure', outcome: 'failure' })
          for (const before of [fortigate, STANDARD, WELF]) {
            parsed(before)
            expect(parsed(line)).toEqual(result)
          }
        }
      }
    },
  )

  test.each([
    ['another severity', EXPORT, 'info - ', 'notice - '],
    ['two blanks', EXPORT, 'info - ', 'info -  '],
    ['another date', STANDARD, '2026-03-14', '2026/03/14'],
    ['no node', STANDARD, '- pcs-a1 ', ''],
    ['no time', PIPE, '2026-03-14 08:16:55', ''],
    ['a node of two words', PIPE, 'pcs-a1', 'pcs, a1'],
  ])('is never the body of a line with %s', (_name, form, part, other) => {
    const line = form.replace(part, other).replace('jdoe', typed)
    for (const before of [fortigate, STANDARD]) {
      parsed(before)
      const result = parsed(line)
      if (result.kind === 'event')
        expect(result.event).toMatchObject({ vendor: 'pulse-secure', outcome: 'failure' })
      else expect(result.kind).toBe('rejected')
    }
  })
})

const SYSTEM = STANDARD.replace('[198.51.100.88] jdoe', '[127.0.0.1] System')

test.each([
  [(name: string) => `Primary authentication failed for ${name}/AD from 198.51.100.88`],
  [(name: string) => `Login rejected from 198.51.100.88 for ${name}/Employees.`],
])('a line of the device names the client however long the typed name is', (messageOf) => {
  for (const size of [1, 300, 2000]) {
    const name = 'x from 192.0.2.66, '.repeat(size)
    const event = eventOf(SYSTEM.replace(MESSAGE, messageOf(name)))
    expect(event).toMatchObject({ outcome: 'failure', sourceAddress: '198.51.100.88' })
    expect(event.recovered).toBe(name.length > VALUE_BYTES_MAX)
  }
})

test('the program of a client that succeeded may hold brackets and pipes', () => {
  const agent = 'Agent (x)[y] | 1 - 2'
  const message = `Agent login succeeded for jdoe/Employees from 198.51.100.88 with ${agent}.`
  for (const form of [STANDARD, WELF, EXPORT, PIPE]) {
    const line = form.replace(MESSAGE, message).replace('AUT23457', 'AUT24414')
    expect(eventOf(line)).toMatchObject({ outcome: 'success', userRaw: 'jdoe', userAgent: agent })
  }
})

test('a name that a message repeats adds nothing to it', () => {
  const typed =
    'x (session:1f9e20b7), hostname ceo-pc mac-address: [00-00-5e-00-53-2b] with IP 10.0.0.9'
  for (const [words, code, action] of [
    ['Primary authentication failed for jdoe/AD from 198.51.100.88', 'AUT24327', 'auth.factor'],
    ['Password realm restrictions successfully passed for jdoe/R', 'AUT23278', 'policy.check'],
    ['Login rejected from 198.51.100.88 for jdoe/R', 'AUT21052', 'vpn.login'],
  ] as const) {
    for (const form of [STANDARD, WELF, EXPORT, PIPE]) {
      const line = form.replace(MESSAGE, words).replace('AUT23457', code)
      const plain = eventOf(line)
      const { userRaw, userName, userDomain, userKey } = plain
      expect(plain.action).toBe(action)
      const read = eventOf(line.replaceAll('jdoe', typed))
      expect({ ...read, userRaw, userName, userDomain, userKey }).toEqual(plain)
    }
  }
})

/** Quadratic work on 64 KiB takes seconds; linear work some hundred microseconds. */
const LINE_CPU_MS_MAX = 250

test.each(FORMS)('%s: 64 KiB of anything take little time', (_name, line) => {
  const pieces = [
    ...[' | ', '| ', '|', ' | | | | | | | | ', ')[', '] - ', 'x(y)[] - ', '(', '[', ' '],
    ...[
      '] - 2026/03/14 08:00:00 - ',
      ')[] - 2026/03/14 08:00:00 - ',
      'info - [',
      'from ',
      '\ufffd',
    ],
  ]
  for (const piece of pieces) {
    const times = Math.floor((LINE_BYTES_MAX - line.length) / Buffer.byteLength(piece))
    const typed = piece.repeat(times)
    for (const written of [line.replace('jdoe', () => typed), typed + line, line + typed]) {
      const before = process.cpuUsage()
      parsed(written)
      const { user } = process.cpuUsage(before)
      expect(user / 1000).toBeLessThan(LINE_CPU_MS_MAX)
    }
  }
})
