import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { LoggedEvent, Parsed } from '@sekisho/event'
import fc from 'fast-check'
import { LineParser } from '../line-parser.ts'
import { CEF, cefEscaped, jsonEscaped, quoteEscaped } from '../testing/form-lines.ts'
import { eventOfLine, parsedLine } from '../testing/parsed-line.ts'

fc.configureGlobal({ seed: 20_260_314 })

/** A pair of a key=value line; `isBare` when its value stands without quotes. */
interface Pair {
  readonly key: string
  readonly value: string
  readonly isBare: boolean
}

/** The pairs of a line that nobody damaged, taken apart without the parser. */
function pairsOf(line: string): Pair[] {
  const found = line.matchAll(/([\w-]+)=(?:"((?:\\["\\]|[^"])*)"|([^\s"]*))/g)
  return Array.from(found, ([, key = '', quoted, bare = '']) => ({
    key,
    value: quoted?.replace(/\\(["\\])/g, '$1') ?? bare,
    isBare: quoted === undefined,
  }))
}

const valueIn = (pairs: readonly Pair[], name: string) =>
  pairs.find(({ key }) => key === name)?.value ?? ''

/** The names of CEF that the format's page lists; all else is a name of FortiOS. */
const CEF_NAMES: Readonly<Record<string, string>> = {
  user: 'duser',
  srcip: 'src',
  dstip: 'dst',
  remip: 'dst',
  locip: 'src',
  action: 'act',
  ui: 'sproc',
  reason: 'reason',
  msg: 'msg',
  cookies: 'requestCookies',
  sentbyte: 'out',
  rcvdbyte: 'in',
  devid: 'deviceExternalId',
}

function cefOf(prefix: string): (pairs: readonly Pair[]) => string {
  return (pairs) => {
    const of = (name: string) => valueIn(pairs, name)
    const type = `${of('type')}:${of('subtype')}`
    const name = cefEscaped(`${type} ${of('action')} ${of('status')}`.trim())
    const header = `Fortinet|Fortigate|v7.4.5|${of('logid').slice(-5)}|${name}|3`
    const fields = pairs
      .filter(({ key }) => !['date', 'time', 'devname'].includes(key))
      .map(({ key, value }) => {
        if (key === 'type') return `cat=${type}`
        if (key === 'status') return `outcome=${cefEscaped(value)}`
        return `${CEF_NAMES[key] ?? prefix + key}=${cefEscaped(value)}`
      })
    return `<189>Mar 14 07:58:09 ${of('devname')} CEF:0|${header}|${fields.join(' ')}`
  }
}

function analyzerCefOf(pairs: readonly Pair[]): string {
  const of = (name: string) => valueIn(pairs, name)
  const name = `${of('subtype')} ${of('type')} ${of('action')}`
  const header = `Fortinet|FortiGate-200F|7.4.5,build2702 (GA)|${of('logid')}|${name}|3`
  const renamed: Readonly<Record<string, string>> = {
    ...CEF_NAMES,
    type: 'cat',
    devname: 'dvchost',
  }
  const fields = pairs
    .filter(({ key }) => !['date', 'time'].includes(key))
    .map(({ key, value }) => `${renamed[key] ?? key}=${cefEscaped(value)}`)
  return `CEF: 0|${header}|start=Mar 14 2026 13:44:05 logver=704052702 ${fields.join(' ')}`
}

function keyValuesOf(pairs: readonly Pair[], separator: string): string {
  const texts = pairs.map(({ key, value, isBare }) =>
    isBare ? `${key}=${value}` : `${key}="${quoteEscaped(value)}"`,
  )
  return texts.join(separator)
}

const csvOf = (pairs: readonly Pair[]) => keyValuesOf(pairs, ',')

const jsonOf = (pairs: readonly Pair[]) => {
  const members = pairs.map(({ key, value, isBare }) =>
    isBare && /^\d+$/.test(value) ? `"${key}":${value}` : `"${key}":"${jsonEscaped(value)}"`,
  )
  return `{${members.join(',')}}`
}

/** Without the pairs that this form leaves out; the device is the host of the header. */
const rfc5424Of = (pairs: readonly Pair[]) => {
  const kept = pairs.filter(({ key }) => !['date', 'time', 'devname', 'devid'].includes(key))
  return `<189>1 2026-03-14T06:58:09Z ${valueIn(pairs, 'devname')} - - - - ${keyValuesOf(kept, ' ')}`
}

const parser = new LineParser({ timezone: 'Europe/Berlin' })

const parsed = (line: string, by = parser): Parsed => parsedLine(by, line)

const eventOf = (line: string): LoggedEvent => eventOfLine(parser, line)

const SAMPLES = ['fortigate-7.4', 'fortigate-7.4-system', 'fortigate-7.6-ipsec'].flatMap((file) => {
  const text = readFileSync(new URL(`../samples/${file}.log`, import.meta.url), 'utf8')
  return text.split('\n').filter((line) => line.startsWith('<189>'))
})

test.each([
  ['CSV', csvOf],
  ['JSON', jsonOf],
  ['CEF with FTNTFGT', cefOf('FTNTFGT')],
  ['CEF with FortinetFortiGate', cefOf('FortinetFortiGate')],
  ['CEF of FortiAnalyzer', analyzerCefOf],
  ['JSON of a shipper', (pairs: readonly Pair[]) => `{"message":"${jsonEscaped(csvOf(pairs))}"}`],
])('%s gives the results of key=value', (_name, formOf) => {
  expect(SAMPLES.length).toBeGreaterThan(150)
  for (const line of SAMPLES) {
    const written = formOf(pairsOf(line))
    expect({ written, ...parsed(written) }).toEqual({ written, ...parsed(line) })
  }
})

test('RFC 5424 gives the results of key=value, but for the serial number', () => {
  for (const line of SAMPLES) {
    const expected = parsed(line)
    const event = expected.kind === 'event' ? { ...expected.event, gatewaySerial: '' } : null
    expect(parsed(rfc5424Of(pairsOf(line)))).toEqual(
      event === null ? expected : { kind: 'event', event },
    )
  }
})

test('CEF: fields of later releases are harmless', () => {
  const event = eventOf(CEF)
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z][\w.-]{0,20}$/),
      fc.string({ maxLength: 30 }),
      (key, value) => {
        const extra = ` FTNTFGTx${key}=${cefEscaped(value)}`
        expect(eventOf(CEF + extra)).toEqual(event)
        expect(eventOf(CEF.replace(' duser=', () => `${extra} duser=`))).toEqual(event)
      },
    ),
  )
})

const ADMIN =
  'Mar 14 02:31:10 fgt CEF:0|Fortinet|Fortigate|v7.2.8|32002|event:system login failed|7|deviceExternalId=FG100F ' +
  'FTNTFGTeventtime=1773451870172505570 FTNTFGTtz=+0100 FTNTFGTlogid=0100032002 cat=event:system ' +
  'duser=jdoe sproc=ssh(198.51.100.5) src=198.51.100.5 dst=192.0.2.3 act=login outcome=failed reason=name_invalid'

/**
 * A device that writes what somebody typed as it is. What stands before the name (time, device, id, and on VPN lines
 * the client and the action) is beyond reach, since the first of equal fields counts. What stands behind it can not be
 * defended: an administrator's address, or a reason; nor can the client's, since `remip` counts before `dst`. But then
 * something is there twice, and the event is marked.
 */
test.each([
  ['the client of a VPN line', CEF, ' dst=192.0.2.66', {}],
  ['its action and type', CEF, ' act=tunnel-up cat=event:x FTNTFGTlogid=0101039424', {}],
  ['its time and device', CEF, ' FTNTFGTeventtime=1773451870172505570 deviceExternalId=FGX', {}],
  ['the name of that client elsewhere', CEF, ' remip=192.0.2.66', { sourceAddress: '192.0.2.66' }],
  ['a second user', CEF, ' duser=root', {}],
  [
    'its reason',
    CEF,
    ' reason=sslvpn_login_user_locked',
    { reason: 'locked', attempt: 'disabled_or_locked' },
  ],
  ['the address of an administrator', ADMIN, ' src=192.0.2.66', { sourceAddress: '192.0.2.66' }],
  ['the outcome of an administrator', ADMIN, ' outcome=success act=login', {}],
])('CEF: a name that is not escaped imitates %s', (_name, line, typed, changed) => {
  const before = eventOf(line)
  const { sourceAddress, outcome, reason, attempt, action, timestampMs, gatewaySerial, recovered } =
    eventOf(line.replace('jdoe', () => `x${typed}`))
  expect({ sourceAddress, outcome, reason, attempt, action, timestampMs, gatewaySerial }).toEqual({
    sourceAddress: before.sourceAddress,
    outcome: 'failure',
    reason: before.reason,
    attempt: before.attempt,
    action: before.action,
    timestampMs: before.timestampMs,
    gatewaySerial: before.gatewaySerial,
    ...changed,
  })
  expect(recovered).toBe(true)
})

test('CEF: the client is remip, else dst, else src', () => {
  const clientOf = (fields: string) =>
    eventOf(CEF.replace('dst=198.51.100.201', fields)).sourceAddress
  expect(clientOf('dst=203.0.113.1')).toBe('203.0.113.1')
  expect(clientOf('src=203.0.113.2')).toBe('203.0.113.2')
  expect(clientOf('src=203.0.113.2 dst=203.0.113.1')).toBe('203.0.113.1')
  expect(clientOf('dst=203.0.113.1 FTNTFGTremip=203.0.113.3')).toBe('203.0.113.3')
  expect(clientOf('dst=N/A src=203.0.113.2')).toBe('')
  expect(clientOf('')).toBe('')
})

test.each([
  ['the logid', ' FTNTFGTlogid=0101039426', '', '39426'],
  ['its zero', 'logid=0101039426', 'logid=101039426', '0101039426'],
  ['its digits', 'logid=0101039426', 'logid=none', '39426'],
])('CEF: the code of a line that lacks %s', (_name, from, to, code) => {
  const event = eventOf(CEF)
  expect(eventOf(CEF.replace(from, to))).toEqual({ ...event, code })
  expect(eventOf(CEF)).toEqual(event)
})

test('CEF of a FortiAnalyzer: start counts last, in the zone of the line, else in the one that is named', () => {
  const line = (time: string, header = '') =>
    `${header}CEF:0|Fortinet|FortiGate-200F|7.4.5|0101039426|vpn event|7|start=Mar 14 2026 13:44:05 ${time} duser=x`
  const timeOf = (text: string, zone: object) => {
    const result = parsed(text, new LineParser(zone))
    return result.kind === 'event' ? new Date(result.event.timestampMs).toISOString() : result
  }
  const tokyo = { timezone: 'Asia/Tokyo' }
  expect(timeOf(line('eventtime=1773451870'), tokyo)).toBe('2026-03-14T01:31:10.000Z')
  expect(timeOf(line('tz=-0500'), tokyo)).toBe('2026-03-14T18:44:05.000Z')
  expect(timeOf(line('tz='), tokyo)).toBe('2026-03-14T04:44:05.000Z')
  expect(timeOf(line('tz=', '2026-03-14T05:00:00Z faz '), tokyo)).toBe('2026-03-14T05:00:00.000Z')
  expect(timeOf(line('tz='), {})).toMatchObject({ reason: 'no-timezone' })
})

test('JSON: a line whose end is missing is told', () => {
  const line = '{"eventtime":1773471489,"logid":"0101039426","type":"event","user":"jdoe"}'
  expect(eventOf(line).recovered).toBe(false)
  expect(eventOf(line.slice(0, -1))).toEqual({ ...eventOf(line), recovered: true })
  expect(eventOf(line)).toEqual({ ...eventOf(line), recovered: false })
})
