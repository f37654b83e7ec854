import { expect, test } from '@jest/globals'
import { materialDigestOf } from '../delivery/material-id.ts'
import { SAMPLE_ALERT } from '../testing/sample-alert.ts'
import { cefOf } from './cef.ts'
import { leefOf } from './leef.ts'
import { syslogMessageOf } from './syslog-frame.ts'
import { readCef, readLeef } from './testing/readers.ts'
import { sampleDocument } from './testing/sample-documents.ts'

const { source } = SAMPLE_ALERT
if (source === null) throw new Error('the sample has a source')
const IPV6 = { source: { ...source, address: '2001:db8::7', prefix: '2001:db8::/48' } }
const NETWORK = { source: { ...source, address: '' } }

test('CEF begins with what matters most', () => {
  expect(cefOf(sampleDocument().body, 8192)).toMatch(
    /^CEF:0\|Sekisho\|Sekisho\|[\d.]+\|T1\|Impossible travel\|5\|externalId=0123456789abcdef0123456789abcdef rt=1773228480000 src=203\.0\.113\.7 suser=watanabe\.yui cs3=final cs3Label=State msg=/,
  )
})

test.each([
  ['IPv4', {}, { src: '203.0.113.7' }],
  ['IPv6', IPV6, { c6a2: '2001:db8::7', c6a2Label: 'Source IPv6 Address' }],
  ['a network', NETWORK, { flexString2: '203.0.113.0/24', flexString2Label: 'Source Network' }],
])('CEF: %s stands in a field of its kind', (_, changes, expected) => {
  const fields = Object.fromEntries(readCef(cefOf(sampleDocument(changes).body, 8192)).fields)
  expect(fields).toMatchObject(expected)
  expect('src' in fields).toBe('src' in expected)
})

test.each([
  ['low', 'final', '2', '2', 13 * 8 + 5],
  ['medium', 'final', '5', '5', 13 * 8 + 4],
  ['high', 'provisional', '7', '7', 13 * 8 + 3],
  ['critical', 'final', '10', '10', 13 * 8 + 2],
  ['critical', 'retracted', '0', '1', 13 * 8 + 6],
] as const)('%s, %s: severity in each format', (severity, state, cef, leef, priority) => {
  const document = sampleDocument({ severity, state })
  expect(readCef(cefOf(document.body, 8192)).headers[6]).toBe(cef)
  expect(readLeef(leefOf(document.body, 8192)).fields.get('sev')).toBe(leef)
  const options = { payload: 'cef', facility: 13, hostname: 'a b\n', bytesMax: 8192 } as const
  expect(syslogMessageOf(document, options)).toMatch(
    new RegExp(`^<${priority}>1 2026-03-11T11:28:00.000Z a\\?b\\? sekisho - T1 \\[`),
  )
})

test('the material digest: state, severity, outcome and reopening, no last word’s reopening', () => {
  const digest = (changes: object) => materialDigestOf(sampleDocument(changes).body)
  const first = digest({ state: 'provisional' })
  expect(first).toMatch(/^[0-9a-f]{16}$/)
  expect(digest({ state: 'provisional', revision: 9, joinedEvents: 9 })).toBe(first)
  const others = [
    digest({ state: 'final' }),
    digest({ state: 'provisional', severity: 'high' }),
    digest({ state: 'provisional', outcome: 'failure' }),
    digest({ state: 'provisional', reopened: 1 }),
  ]
  expect(new Set([first, ...others]).size).toBe(5)
  expect(digest({ state: 'final', reopened: 1 })).toBe(digest({ state: 'final' }))
})
