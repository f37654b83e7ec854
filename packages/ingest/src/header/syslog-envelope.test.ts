import { expect, test } from '@jest/globals'
import { RawLine } from '../raw-line.ts'
import { bodyStartOf, envelopeOf } from './syslog-envelope.ts'

function lineOf(text: string): RawLine {
  const bytes = Buffer.from(text)
  const line = new RawLine()
  line.moveTo(bytes, 0, bytes.length)
  line.body = bodyStartOf(bytes, 0, bytes.length)
  return line
}

const PULSE = '2026-03-14 08:16:53 - pcs-a1 - [203.0.113.50] '

test.each([
  ['', '', Number.NaN],
  ['<189>', '', Number.NaN],
  ['576 <111>', '', Number.NaN],
  ['<111> Mar 14 07:58:09 relay01 ', 'relay01', Number.NaN],
  ['Mar  4 07:58:09 192.0.2.9 ', '192.0.2.9', Number.NaN],
  [
    '2026-03-14T01:31:10.418203+00:00 192.0.2.9 ',
    '192.0.2.9',
    Date.UTC(2026, 2, 14, 1, 31, 10, 418),
  ],
  ['2019 Jan 21 07:40:16 mgr->192.0.2.9 ', 'mgr->192.0.2.9', Number.NaN],
  ['<189>1 2026-03-14T08:16:53+01:00 FGT-HQ - - - - ', 'FGT-HQ', Date.UTC(2026, 2, 14, 7, 16, 53)],
  ['<189>1 2026-03-14T08:16:53Z - - - - - ', '', Date.UTC(2026, 2, 14, 8, 16, 53)],
  [
    'Mar 14 08:16:53 a 1 2026-03-14T08:16:53+01:00 b PulseSecure: - - - ',
    'b',
    Date.UTC(2026, 2, 14, 7, 16, 53),
  ],
  [
    '<134>1 2026-03-14T08:16:53+01:00 a Pulse 12 - [id@1 seq="7"] \ufeff',
    'a',
    Date.UTC(2026, 2, 14, 7, 16, 53),
  ],
  ['2026-03-14T08:16:53 a ', '', Number.NaN],
])('headers %j', (header, host, instantMs) => {
  const bodies = ['date=2026-03-14 time=', PULSE]
  // Behind a tag of Pulse Secure nothing but its own forms begins a body.
  for (const body of header.includes('PulseSecure: ') ? [PULSE] : bodies) {
    const line = lineOf(header + body)
    expect(line.text().slice(line.body)).toBe(Buffer.from(body).toString('latin1'))
    const envelope = envelopeOf(line)
    expect(envelope.host).toBe(header.startsWith('2026-03-14T08:16:53 ') ? '' : host)
    expect(envelope.instantMs).toBe(instantMs)
  }
})

test.each([
  ['CEF', 'Mar 14 07:58:09 fgt ', 'CEF: 0|Fortinet|'],
  ['the rest of CEF', '', '0|Fortinet|Fortigate|'],
  ['JSON', '<188>', '{"date":"2026-03-14"}'],
  ['WELF', 'Juniper: ', 'id=firewall time='],
  [
    "Pulse Secure's pipe form",
    '<14>1 - pcs-a1 PulseSecure: - - - ',
    '10.80.1.5 | 2026-03-14 12:10:53 | AUT',
  ],
  [
    'FortiOS behind structured data',
    '<189>1 2026-03-14T08:16:53Z h - - - [a@1 x="y"] ',
    'date=2026',
  ],
  ['FortiOS behind a name in brackets', 'Mar 14 07:58:09 - [relay-7.example] ', 'date=2026'],
  ['FortiOS behind pipes', '08:16:53 | FGT60 | relay | ', 'date=2026'],
  ['WELF behind a tag', 'Pulse: - - - ', 'id=firewall time='],
  ["Pulse Secure's standard form behind a tag", 'Juniper: ', PULSE],
  [
    "Pulse Secure's older export",
    '226 <23>Nov  8 21:17:32 ive Juniper: ',
    'Info - [203.0.113.9] - ',
  ],
])('a body of %s', (_name, header, body) => {
  expect(lineOf(header + body).body).toBe(header.length)
})

test.each([
  ['words only', 'Mar 14 10:00:00 host sshd[812]: Failed password for root'],
  ['a pipe before something else', 'ive | 2026-03-14 12:10 | AUT24414 | info'],
  ['a severity before something else', 'info - 203.0.113.9 - '],
  ['a word that is no severity', 'job - [203.0.113.9] - '],
  ['a date written otherwise', '2026/03/14 08:16:53 - pcs-a1 - [203.0.113.50] '],
  ['a body too far from the start', `${'x '.repeat(17)}date=2026-03-14`],
  ['a body after one long word', `${'x'.repeat(600)} date=2026-03-14`],
  ['a pair behind a tag of Pulse Secure', 'Juniper: words of jdoe logid=0101039424 type=event'],
  ['a pair right behind such a tag', '<134>1 - ive PulseSecure: date=2026-03-14 logid=0101039424'],
  ['an object behind such a tag', 'Pulse: - - - {"logid":"0101039424"}'],
  ['a pair behind an address of a header', 'notice - [203.0.113.9] - x logid=0101039424(R)[]'],
  ['a pair behind an empty address', '2026/03/14 08:16:53 - ive - [] x logid=0101039424(R)[]'],
  ['a pair behind an IPv6 address', 'job  - [2001:DB8::7]  - date=2026-03-14'],
  ['a pair behind a message code', 'my ive| 08:16:53 | AUT23457 | info | | | | x logid=0101039424'],
  ['nothing', ''],
])('no body in %s', (_name, text) => {
  expect(lineOf(text).body).toBe(-1)
})
