import type { AlertBody } from '../delivery/destination.ts'
import { type AlertFacts, factsOf } from './alert-facts.ts'
import { cutToBytes, shownText, visibleText } from './safe-text.ts'

/** Bytes of a header field, which the standard leaves open. */
const HEADER_BYTES_MAX = 256

/** A key of the extension, its value as it was typed, how many bytes of it are told, and what a key of free use means. */
type Field = readonly [key: string, value: string, bytesMax: number, label?: string]

/**
 * An alert in the Common Event Format (CEF:0, "Implementing ArcSight Common Event Format", version 26): one line.
 *
 * Line ends in values are `\n` and `\r`, as the standard has it; other characters that a receiver or a screen could trip over are
 * `\u{hex}` (visibleText). Fields stand in order of importance; those that do not fit are left out.
 * @param bytesMax of the whole line in UTF-8, at least 1,500
 */
export function cefOf(body: AlertBody, bytesMax: number): string {
  const facts = factsOf(body)
  const headers = [facts.ruleVersion, facts.ruleId, facts.ruleName, String(facts.severityOfTen)]
  let line = `CEF:0|Sekisho|Sekisho|${headers.map(headerText).join('|')}|`
  let left = bytesMax - Buffer.byteLength(line)
  let separator = ''
  for (const [key, value, fieldBytesMax, label] of fieldsOf(facts)) {
    if (value === '') continue
    const meaning = label === undefined ? '' : ` ${key}Label=${label}`
    const text = `${separator}${key}=${extensionText(value, fieldBytesMax)}${meaning}`
    const bytes = Buffer.byteLength(text)
    if (bytes > left) break
    line += text
    left -= bytes
    separator = ' '
  }
  return line
}

function headerText(text: string): string {
  return shownText(text, HEADER_BYTES_MAX).replace(/[\\|]/g, '\\$&')
}

const LINE_ENDS = /[\r\n]/g
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '=': '\\=',
  '\n': '\\n',
  '\r': '\\r',
}

/** Cut before it is escaped, so that no escape is cut in two. */
function extensionText(value: string, bytesMax: number): string {
  const start = value.slice(0, bytesMax + 1)
  const parts = start.split(LINE_ENDS)
  const ends = start.match(LINE_ENDS) ?? []
  const visible = parts.map((part, at) => visibleText(part) + (ends[at] ?? '')).join('')
  return cutToBytes(visible, bytesMax).replace(/[\\=\n\r]/g, (found) => ESCAPES[found] as string)
}

/** Lengths are the standard's, in bytes instead of characters. */
function fieldsOf(facts: AlertFacts): readonly Field[] {
  return [
    ['externalId', facts.alertId, 40],
    ['rt', millisecondsText(facts.timestampMs), 20],
    sourceField(facts),
    ['suser', facts.userName, 1023],
    ['cs3', facts.state, 64, 'State'],
    ['msg', facts.message, 1023],
    ['dvchost', facts.gatewayName, 100],
    ['start', millisecondsText(facts.startMs), 20],
    ['end', millisecondsText(facts.endMs), 20],
    ['outcome', facts.outcome, 63],
    ['act', facts.action, 63],
    ['cat', facts.ruleCategory, 1023],
    ['cs2', facts.incident || facts.entity, 1023, facts.incident === '' ? 'Entity' : 'Incident'],
    ['cs6', facts.techniques, 1023, 'ATT&CK'],
    ['cs1', facts.terms, 1023, 'Terms'],
    ['cn1', String(facts.riskScore), 20, 'Risk Score'],
    ['deviceExternalId', facts.gatewaySerial, 255],
    ['sntdom', facts.userDomain, 255],
    ['cs4', facts.revision, 20, 'Revision'],
    ['cs5', facts.configuration, 128, 'Configuration'],
    ['flexString1', facts.organization, 1023, 'Organization'],
    ['reason', facts.reason, 1023],
  ]
}

/** `src` takes IPv4 only; a network has no address and stands as text. */
function sourceField({ sourceIp, sourceIpVersion, sourceAddress }: AlertFacts): Field {
  if (sourceIpVersion === 4) return ['src', sourceIp, 64]
  if (sourceIpVersion === 6) return ['c6a2', sourceIp, 64, 'Source IPv6 Address']
  return ['flexString2', sourceAddress, 64, 'Source Network']
}

function millisecondsText(epochMs: number | null): string {
  return epochMs === null ? '' : String(epochMs)
}
