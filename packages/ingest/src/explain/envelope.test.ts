import { expect, test } from '@jest/globals'
import { bodyStartOf } from '../header/syslog-envelope.ts'
import { RawLine } from '../raw-line.ts'
import { headerPartsOf } from './envelope.ts'

const BODY = 'id=firewall x=y'

function partsOf(header: string): [string, string, string][] {
  const bytes = Buffer.from(`  ${header}${BODY}`)
  const line = new RawLine()
  line.moveTo(bytes, 2, bytes.length)
  line.body = bodyStartOf(bytes, 2, bytes.length)
  return headerPartsOf(line).map(({ name, text, meaning, start, end }) => {
    expect(bytes.toString('latin1', start, end)).toBe(text)
    return [name, text, meaning]
  })
}

const NEVER_USED = 'has neither year nor zone, and is never used'
const NOTHING = 'nothing, as RFC 5424 writes it'

test.each<[string, [string, string, string][]]>([
  ['', []],
  ['<189>', [['priority', '<189>', 'local7, notice']]],
  ['<999>', [['priority', '<999>', 'no priority of syslog']]],
  [
    '<13>Mar  4 07:58:09 relay ',
    [
      ['priority', '<13>', 'user, notice'],
      ['BSD time', 'Mar  4 07:58:09', NEVER_USED],
      ['host', 'relay', ''],
    ],
  ],
  [
    '731 <134>1 2026-03-14T08:26:51.5+01:00 10.80.1.5 PulseSecure: 77 - [meta a="b c"] ',
    [
      ['octet count', '731', 'bytes of the message, as a TCP relay counts them'],
      ['priority', '<134>', 'local0, info'],
      ['version', '1', 'of RFC 5424'],
      ['RFC 3339 time', '2026-03-14T08:26:51.5+01:00', ''],
      ['host', '10.80.1.5', ''],
      ['tag', 'PulseSecure:', ''],
      ['word', '77', ''],
      ['word', '-', NOTHING],
      ['structured data', '[meta a="b c"]', 'not read'],
    ],
  ],
  [
    '2026-03-14T08:26:51 outer Mar 14 07:58:09 inner ',
    [
      ['RFC 3339 time', '2026-03-14T08:26:51', 'has no zone, and is not used'],
      ['host', 'outer', ''],
      ['BSD time', 'Mar 14 07:58:09', NEVER_USED],
      ['host', 'inner', ''],
    ],
  ],
])('%j', (header, parts) => {
  expect(partsOf(header)).toEqual(parts)
})
