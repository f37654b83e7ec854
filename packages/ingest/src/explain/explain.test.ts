import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LINE_BYTES_MAX } from '../limits.ts'
import { LineParser } from '../line-parser.ts'
import { FORM_LINES, FORTIGATE, quoteEscaped, STANDARD, WELF } from '../testing/form-lines.ts'
import { sampleLines } from '../testing/sample-lines.ts'
import { type Explanation, LineExplainer } from './explain.ts'
import { KIND_OF_LINE, RANK_OF_LINE, usesOf } from './uses.ts'

const parser = new LineParser({ timezone: 'Europe/Berlin' })
const explainer = new LineExplainer(parser)

function explained(line: string | Buffer): Explanation {
  return explainer.explain(typeof line === 'string' ? Buffer.from(line) : line)
}

/** The field that something of the event comes from. */
function fieldFor(explanation: Explanation, use: string) {
  const found = explanation.fields.find(({ uses }) => uses.includes(use))
  if (found === undefined) throw new Error(`no field is used for ${use}`)
  return { ...found, slice: explanation.text.toString('utf8', found.start, found.end) }
}

function fieldNamed(explanation: Explanation, name: string) {
  return explanation.fields.find((field) => field.name === name)
}

const PIPE =
  'ive | 2026-03-14 08:16:55 | AUT23457 | minor | 10.80.1.5 | | 198.51.100.88 | jdoe | Employees | | | | | | | Login failed using auth server AD (Active Directory).  Reason: Failed'
const EXPORT =
  'minor - [198.51.100.88] - jdoe(Employees)[Staff] - 2026/03/14 08:16:55 - Login failed using auth server AD (Active Directory).  Reason: Failed'

const FORMS: Readonly<Record<string, string>> = {
  FortiGate: 'FortiGate key=value',
  'FortiGate CSV': 'FortiGate key=value, CSV: its pairs are joined by commas',
  'FortiGate JSON': 'FortiGate JSON',
  'FortiGate CEF': 'FortiGate CEF, as FortiOS writes it, with five digits of message id',
  'FortiAnalyzer CEF': 'FortiGate CEF, as a FortiAnalyzer writes it, with ten digits of message id',
  'FortiGate wrapped in JSON': 'FortiGate key=value',
  'Pulse Secure standard': 'Pulse Secure standard',
  'Pulse Secure WELF': 'Pulse Secure WELF',
  'Pulse Secure wrapped in JSON': 'Pulse Secure standard',
  'Pulse Secure pipe': 'Pulse Secure pipe form',
  'Pulse Secure export': 'Pulse Secure older export',
}

const LINES: readonly (readonly [name: string, line: string])[] = [
  ...FORM_LINES.map(([name, line]) => [name, line] as const),
  ['Pulse Secure pipe', PIPE],
  ['Pulse Secure export', EXPORT],
]

describe.each(LINES)('%s', (name, line) => {
  const explanation = explained(line)

  test('is told apart', () => {
    const { form } = explanation
    const shown = [form?.name, form?.detail].filter((text) => text !== '').join(', ')
    expect(shown).toBe(FORMS[name])
  })

  test('has its user, address and time where they stand', () => {
    const isPulse = name.startsWith('Pulse')
    const user = fieldFor(explanation, 'user.name')
    expect([user.value, user.slice]).toEqual(['jdoe', 'jdoe'])
    const address = fieldFor(explanation, 'source.ip')
    const expected = isPulse ? '198.51.100.88' : '198.51.100.201'
    expect([address.value, address.slice]).toEqual([expected, expected])
    const time = fieldFor(explanation, '@timestamp')
    expect(time.slice).toBe(time.value)
    expect(time.value).toMatch(isPulse ? /^2026.03.14 0\d:\d\d:\d\d$/ : /^1773471489729095095$/)
  })

  test('is a refusal that counts', () => {
    expect(explanation.decision).toEqual({
      rank: 'yes',
      because: 'it tells of a refusal, and every refusal counts',
      decidedBy: [],
    })
  })
})

const SAMPLES = sampleLines().map(({ place, text, parsed }) => ({
  place,
  parsed,
  explanation: explained(Buffer.from(text, 'latin1')),
}))

describe('of every sample line', () => {
  test('the result is that of the parser', () => {
    for (const { explanation, parsed } of SAMPLES) expect(explanation.parsed).toEqual(parsed)
  })

  test('an event is of a form of its vendor, and nearly of no other', () => {
    for (const { place, parsed, explanation } of SAMPLES) {
      if (parsed.kind !== 'event') continue
      const { form, runnerUp } = explanation
      const vendor = parsed.event.vendor === 'fortigate' ? /^FortiGate / : /^Pulse Secure /
      expect([place, form?.name]).toEqual([place, expect.stringMatching(vendor)])
      if (runnerUp !== null) expect(runnerUp.against).not.toBe('')
    }
  })

  test('fields stand one behind the other, and hold what their bytes say', () => {
    for (const { place, explanation } of SAMPLES) {
      const { text, fields } = explanation
      let before = 0
      for (const { name, value, start, end } of fields) {
        const slice = text.toString('utf8', start, end)
        expect([place, name, start >= before && end >= start]).toEqual([place, name, true])
        before = end
        if (!slice.includes('\\')) expect([place, name, value]).toEqual([place, name, slice])
      }
    }
  })

  test('what an event says stands in a part that is said to be used for it', () => {
    const told = [
      ['userRaw', 'user.name'],
      ['sourceAddress', 'source.ip'],
      ['timestampMs', '@timestamp'],
    ] as const
    for (const { place, parsed, explanation } of SAMPLES) {
      if (parsed.kind !== 'event') continue
      const uses = [...explanation.fields, ...explanation.headers].flatMap((part) => part.uses)
      for (const [property, name] of told) {
        if (parsed.event[property] !== '') expect([place, ...uses]).toContain(name)
      }
    }
  })

  test('a field that is said not to be read can be anything', () => {
    for (const { place, explanation } of SAMPLES) {
      const unread = explanation.fields.filter(({ note }) => note === 'unknown-name')
      const uses = usesOf(parser, explanation.text, unread)
      expect([place, uses.flat()]).toEqual([place, []])
    }
  })
})

describe('fields of hostile names', () => {
  const typed = [
    'x" user="root',
    'a\\',
    'x\u202ey',
    'jdoe realm="Users"',
    'x,remip=192.0.2.1',
    '日本',
  ]
  test.each(typed)('%j in key=value is one value', (name) => {
    const line = FORTIGATE.replace('jdoe', quoteEscaped(name))
    const user = fieldFor(explained(line), 'user.name')
    expect([user.name, user.value, user.slice]).toEqual(['user', name, quoteEscaped(name)])
  })

  test.each(['x(y)[] - Agent login succeeded', 'x::y', ' j doe ', 'a(b)'])(
    '%j in the standard form has its place',
    (name) => {
      const explanation = explained(STANDARD.replace('jdoe', name))
      const user = fieldNamed(explanation, 'user')
      expect(explanation.text.toString('utf8', user?.start, user?.end)).toBe(user?.value)
      const { parsed } = explanation
      expect(parsed.kind === 'event' && parsed.event.userRaw).toBe(user?.value)
    },
  )

  test('a WELF name that imitates a field is read as the parser reads it', () => {
    const explanation = explained(WELF.replace('jdoe', 'x realm="y" user=root'))
    const user = fieldFor(explanation, 'user.name')
    const { parsed } = explanation
    expect(parsed.kind === 'event' && parsed.event.userRaw).toBe(user.value)
    expect(user.slice).toBe(user.value)
  })
})

test('fields that say nothing have a note', () => {
  const line = `${FORTIGATE.replace('jdoe', 'N/A')} user="root" subtype="x" group=""`
  const notes = explained(line).fields.map(({ name, note }) => [name, note])
  expect(notes.filter(([, note]) => note !== '')).toEqual([
    ['subtype', 'unknown-name'],
    ['user', 'null-word'],
    ['user', 'repeated'],
    ['subtype', 'unknown-name'],
  ])
})

test('parts that tell what a line is about say so', () => {
  const explanation = explained(FORTIGATE.replace('39426', '39424'))
  expect(fieldNamed(explanation, 'type')?.uses).toEqual([KIND_OF_LINE])
  expect(fieldNamed(explanation, 'logid')?.uses).toEqual(
    expect.arrayContaining(['event.action', 'event.code', KIND_OF_LINE, RANK_OF_LINE]),
  )
  expect(fieldNamed(explanation, 'date')?.uses).toEqual([])
  const zoned = FORTIGATE.replace(/eventtime=\d+ /, '')
  expect(fieldNamed(explained(zoned), 'date')?.uses).toEqual(['@timestamp'])
})

test('places in a line that was wrapped count in the text that was taken out', () => {
  const line = JSON.stringify({ host: 'h', message: FORTIGATE, tags: ['a'] })
  const { wrapping, text, fields } = explained(line)
  expect(text.toString()).toBe(FORTIGATE)
  expect(JSON.parse(`"${line.slice(wrapping?.start, wrapping?.end)}"`)).toBe(FORTIGATE)
  expect(fields).toEqual(explained(FORTIGATE).fields)
  expect(explained(FORTIGATE).wrapping).toBeNull()
})

describe('lines that are no events', () => {
  const cases: readonly (readonly [line: string, why: string, form: string, nearest: string])[] = [
    ['', 'blank', '', ''],
    ['# note', 'comment', '', ''],
    ['#Fields: date time', 'unsupported-form', '', ''],
    ['nothing to see', 'unknown-format', '', ''],
    ['x'.repeat(LINE_BYTES_MAX + 1), 'too-long', '', ''],
    ['a=b c=d', 'unknown-format', '', 'FortiGate key=value: it has no logid of nine or ten digits'],
    ['{"a":1}', 'unknown-format', '', 'FortiGate JSON: it has no logid of nine or ten digits'],
    [
      'CEF:0|Acme|Wall|1|2|x|3|a=b',
      'unknown-format',
      '',
      'FortiGate CEF: its header names another vendor than Fortinet',
    ],
    [
      FORTIGATE.replace('type="event"', 'type="traffic"'),
      'traffic',
      'FortiGate key=value',
      'Pulse Secure WELF: the body does not begin with id=firewall',
    ],
    [
      'id=firewall time="2026-03-14 03:02:11" fw=10.0.0.1 pri=6 msg="x"',
      'other-product',
      '',
      'Pulse Secure WELF: it has no vpn= or no realm=',
    ],
    [
      '2026-03-14 08:16:55 - nothing more',
      'unknown-format',
      '',
      'Pulse Secure standard: its time is not followed by - NODE - [ADDRESS]',
    ],
  ]
  test.each(cases)('%#: %.40j', (line, why, form, nearest) => {
    const { parsed, form: found, runnerUp, decision } = explained(line)
    expect(
      parsed.kind === 'ignored' ? parsed.ignored : parsed.kind === 'rejected' && parsed.reason,
    ).toBe(why)
    expect(found?.name ?? '').toBe(form)
    expect(runnerUp === null ? '' : `${runnerUp.name}: ${runnerUp.against}`).toBe(nearest)
    expect(decision).toBeNull()
  })

  test('a line without a zone still has its fields', () => {
    const { parsed, fields, form } = new LineExplainer(new LineParser()).explain(
      Buffer.from(EXPORT),
    )
    expect(parsed).toMatchObject({ kind: 'rejected', reason: 'no-timezone' })
    expect(form?.name).toBe('Pulse Secure older export')
    expect(fields.map(({ name, value }) => [name, value])).toContainEqual(['user', 'jdoe'])
  })

  test('only forms of the format that is asked for are looked at', () => {
    const pulse = new LineExplainer(new LineParser({ format: 'pulse-secure' }))
    expect(pulse.explain(Buffer.from(FORTIGATE))).toMatchObject({
      form: null,
      runnerUp: { name: 'Pulse Secure WELF' },
    })
  })
})

test('any bytes are explained, and stay as they are', () => {
  const seeds = LINES.map(([, line]) => Buffer.from(line))
  const damaged = fc
    .tuple(fc.constantFrom(...seeds), fc.nat(400), fc.nat(400), fc.uint8Array({ maxLength: 12 }))
    .map(([line, from, to, junk]) =>
      Buffer.concat([line.subarray(0, from), junk, line.subarray(to)]),
    )
  const anything = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))
  fc.assert(
    fc.property(fc.oneof(damaged, anything), (bytes) => {
      const before = Buffer.from(bytes)
      const { text, fields, headers } = explained(bytes)
      expect(bytes.equals(before)).toBe(true)
      for (const { start, end } of [...fields, ...headers]) {
        expect(0 <= start && start <= end && end <= text.length).toBe(true)
      }
    }),
    { seed: 7, numRuns: 60 },
  )
})
