import { expect, test } from '@jest/globals'
import { LINE_BYTES_MAX } from './limits.ts'
import { LineParser, type ParseOptions } from './line-parser.ts'
import { jsonEscaped } from './testing/form-lines.ts'

const FORTIGATE =
  'devname="fgt" devid="FG100F" logid="0101039424" type="event" subtype="vpn" remip=203.0.113.7 user="jdoe"'
const PULSE =
  '2026-03-14 08:16:55 - pcs-a1 - [203.0.113.7] jdoe(Users)[] - Agent login succeeded for jdoe/Users from 203.0.113.7.'

function parsed(line: string | Buffer, options: ParseOptions = {}) {
  const bytes = typeof line === 'string' ? Buffer.from(line) : line
  return new LineParser(options).parse(bytes, 0, bytes.length)
}

function timeOf(line: string, timezone?: string) {
  const result = parsed(line, timezone === undefined ? {} : { timezone })
  return result.kind === 'event' ? new Date(result.event.timestampMs).toISOString() : result
}

test.each(['', ' \t', '\r', '\0\0', '\ufeff', '\ufeff \r'])('%j is blank', (line) => {
  expect(parsed(line)).toEqual({ kind: 'ignored', ignored: 'blank' })
})

test.each(['# note', '  #', '\ufeff#Version: 1.0', `# date=2026-03-14 time=08:00:00 ${FORTIGATE}`])(
  '%j is a comment',
  (line) => {
    expect(parsed(line)).toEqual({ kind: 'ignored', ignored: 'comment' })
  },
)

test('a line over the limit is rejected, one at the limit is read', () => {
  const head = `eventtime=1773471489 ${FORTIGATE} msg="`
  const fill = (length: number) => `${head}${'x'.repeat(length - head.length - 1)}"`
  expect(parsed(fill(LINE_BYTES_MAX))).toMatchObject({ kind: 'event' })
  expect(parsed(fill(LINE_BYTES_MAX + 1))).toEqual({
    kind: 'rejected',
    reason: 'too-long',
    detail: 'The line has 65537 bytes; 65536 are read.',
  })
  expect(parsed(`${fill(LINE_BYTES_MAX)}${' '.repeat(100)}\r`)).toMatchObject({ kind: 'event' })
})

test.each([
  ['FortiGate', `date=2026-03-14 time=08:16:55 ${FORTIGATE}`],
  ['Pulse Secure', PULSE],
])('%s: a time without a zone needs one', (product, line) => {
  expect(parsed(line)).toEqual({
    kind: 'rejected',
    reason: 'no-timezone',
    detail: `The time of this ${product} line has no zone; name the gateway's zone with --timezone.`,
  })
  expect(timeOf(line, 'Asia/Tokyo')).toBe('2026-03-13T23:16:55.000Z')
  expect(timeOf(line, '-05:00')).toBe('2026-03-14T13:16:55.000Z')
})

test('lines whose own zone is given do not take the one that was named', () => {
  const tokyo = 'Asia/Tokyo'
  const local = 'date=2026-03-14 time=08:16:55'
  expect(timeOf(`${local} tz="+0100" ${FORTIGATE}`, tokyo)).toBe('2026-03-14T07:16:55.000Z')
  expect(timeOf(`${local} eventtime=1773471489 ${FORTIGATE}`, tokyo)).toBe(
    '2026-03-14T06:58:09.000Z',
  )
  expect(timeOf(`2026-03-14T08:16:56+01:00 relay ${PULSE}`, tokyo)).toBe('2026-03-14T07:16:55.000Z')
})

test.each([
  ['the header and the line agree', '2026-03-14T08:20:00+01:00', '07:16:55.000', false],
  [
    'the header is in another zone, the named one agrees',
    '2026-03-13T23:17:02Z',
    '23:16:55.000',
    false,
  ],
  ['the header is of another moment', '2026-03-14T20:00:00.250Z', '20:00:00.000', true],
])('Pulse Secure with a header: %s', (_name, stamp, time, recovered) => {
  const result = parsed(`${stamp} relay ${PULSE}`, { timezone: 'Asia/Tokyo' })
  if (result.kind !== 'event') throw new Error('no event')
  expect(new Date(result.event.timestampMs).toISOString().slice(11, 23)).toBe(time)
  expect(result.event.recovered).toBe(recovered)
})

test('a FortiGate line without a zone takes the instant of a relay only when no zone was named', () => {
  const line = `2026-03-14T07:17:03.418+00:00 relay date=2026-03-14 time=08:16:55 ${FORTIGATE}`
  expect(timeOf(line)).toBe('2026-03-14T07:17:03.418Z')
  expect(timeOf(line, 'Asia/Tokyo')).toBe('2026-03-13T23:16:55.000Z')
})

test.each([
  ['eventtime=1773471489', 1000, 0],
  ['eventtime=1773471489729', 1, 0],
  ['eventtime=1773471489729095', 1, 95_000],
  ['eventtime=1773471489729095095', 1, 95_095],
  ['date=2026-03-14 time=06:58:09 tz=+00:00', 1000, 0],
])('FortiGate %s', (time, resolutionMs, subMillisecondNs) => {
  const result = parsed(`${time} ${FORTIGATE}`)
  if (result.kind !== 'event') throw new Error('no event')
  expect(result.event.timestampMs).toBe(resolutionMs === 1 ? 1773471489729 : 1773471489000)
  expect(result.event.resolutionMs).toBe(resolutionMs)
  expect(result.event.subMillisecondNs).toBe(subMillisecondNs)
})

test('only the format that is asked for is read', () => {
  const line = `eventtime=1773471489 ${FORTIGATE}`
  expect(parsed(line, { format: 'fortigate' }).kind).toBe('event')
  expect(parsed(line, { format: 'pulse-secure' })).toMatchObject({ reason: 'unknown-format' })
  expect(parsed(PULSE, { format: 'fortigate', timezone: 'UTC' })).toMatchObject({
    reason: 'unknown-format',
  })
})

test.each([
  ['CSV', '"date=2026-03-14","time=08:31:47","logid=0101039424","type=event"'],
  ['W3C', '#Fields: date time cs-username'],
])('%s is a form of the next release', (form, line) => {
  const result = parsed(line)
  expect(result).toMatchObject({ kind: 'rejected', reason: 'unsupported-form' })
  expect(result).toHaveProperty('detail', expect.stringContaining(form))
})

test.each([
  'hello',
  'key=value',
  'CEF:0|Other|Product|1|2|3|4|user=x',
  '{"level":"info","message":"started"}',
  '{"message":{"message":"date=2026-03-14"}}',
  '{',
  '2026-03-14 08:00:00 - x - y',
])('%j is of nobody', (line) => {
  expect(parsed(line)).toMatchObject({ kind: 'rejected', reason: 'unknown-format' })
})

test.each([
  ['FortiGate', `eventtime=1773471489 ${FORTIGATE} tunnelid=1`],
  ['Pulse Secure', `2026-03-14T08:16:55Z h ${PULSE}`],
])(
  '%s: a line in a JSON object is what it is alone, whatever else the object says',
  (_name, line) => {
    const alone = parsed(line)
    if (alone.kind !== 'event') throw new Error('no event')
    const wrapped = JSON.stringify({
      '@timestamp': '2026-03-15T00:00:00Z',
      host: 'x',
      message: line,
    })
    expect(parsed(wrapped)).toEqual(alone)
    expect(parsed(`2026-03-15T00:00:00Z collector ${wrapped}`)).toEqual(alone)
    expect(parsed(JSON.stringify({ message: ` \ufeff${line}\r\n` }))).toEqual(alone)
    expect(parsed(JSON.stringify({ message: wrapped }))).toMatchObject({ reason: 'unknown-format' })
    const cut = parsed(wrapped.slice(0, -2))
    expect(cut).toEqual({ kind: 'event', event: { ...alone.event, recovered: true } })
    expect(parsed(wrapped)).toEqual(alone)
  },
)

test('the limit of a line holds for the object around it', () => {
  const fill = (length: number) => {
    const head = `{"message":"eventtime=1773471489 ${jsonEscaped(FORTIGATE)} x=`
    return `${head}${'x'.repeat(length - head.length - 2)}"}`
  }
  expect(parsed(fill(LINE_BYTES_MAX))).toMatchObject({ kind: 'event' })
  expect(parsed(fill(LINE_BYTES_MAX + 1))).toMatchObject({ reason: 'too-long' })
})

test('bytes that are no UTF-8 in a name are replaced and told', () => {
  for (const line of [`eventtime=1773471489 ${FORTIGATE}`, `2026-03-14T08:16:55Z h ${PULSE}`]) {
    const [before, after] = line.split('jdoe', 2) as [string, string]
    const bytes = Buffer.concat([
      Buffer.from(`${before}é`),
      Buffer.from([0xe9]),
      Buffer.from(after + line.slice(before.length + after.length + 4)),
    ])
    expect(parsed(bytes)).toMatchObject({ event: { userRaw: 'é\ufffd', recovered: true } })
  }
})

test('a zone that is none is refused in a sentence', () => {
  expect(() => new LineParser({ timezone: 'Tokyo' })).toThrow(
    'Unknown time zone "Tokyo": use an IANA name such as Asia/Tokyo or an offset such as +09:00.',
  )
})
