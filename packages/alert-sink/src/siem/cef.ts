import type { AlertBody } from '../delivery/destination.ts'
import { type AlertFacts, factsOf } from './alert-facts.ts'
import { cutToBytes, visibleText } from './safe-text.ts'

/** Bytes of a header field, which the standard leaves open. */
const HEADER_BYTES_MAX = 256

/** A key of the extension, its value as it was typed, and how many bytes of it are told. */
type Field = readonly [key: string, value: string, bytesMax: number]

/**
 * An alert in the Common Event Format (CEF:0, "Implementing ArcSight Common Event Format", version 26): one line.
 *
 * Line ends in values are `\n` and `\r`, as the standard has it; other characters that a receiver or a screen could trip over are
 * `\u{hex}` (visibleText). Fields stand in order of importance; those that do not fit are left out.
 * @param bytesMax of the whole line in UTF-8, at least 2,048
 */
export function cefOf(body: AlertBody, bytesMax: number): string {
  const facts = factsOf(body)
  const headers = [facts.ruleVersion, facts.ruleId, facts.ruleName, String(facts.severityOfTen)]
  let line = `CEF:0|Sekisho|Sekisho|${headers.map(headerText).join('|')}|`
  let left = bytesMax - Buffer.byteLength(line)
  let separator = ''
  for (const [key, value, fieldBytesMax] of fieldsOf(facts)) {
    if (value === '') continue
    const text = `${separator}${key}=${extensionText(value, fieldBytesMax)}`
    const bytes = Buffer.byteLength(text)
    // A label without its value would be worse than neither: what does not fit ends the line.
    if (bytes > left) break
    line += text
    left -= bytes
    separator = ' '
  }
  return line
}

function headerText(text: string): string {
  return cutToBytes(visibleText(text), HEADER_BYTES_MAX).replace(/[\\|]/g, '\\$&')
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
  const parts = value.split(LINE_ENDS)
  const ends = value.match(LINE_ENDS) ?? []
  const visible = parts.map((part, at) => visibleText(part) + (ends[at] ?? '')).join('')
  return cutToBytes(visible, bytesMax).replace(/[\\=\n\r]/g, (found) => ESCAPES[found] as string)
}

/** Lengths are the standard's, in bytes instead of characters. A label follows its value. */
function fieldsOf(facts: AlertFacts): readonly Field[] {
  return [
    ['externalId', facts.alertId, 40],
    ['rt', millisecondsText(facts.timestampMs), 20],
    ...sourceFields(facts),
    ['suser', facts.userName, 1023],
    ['cs3', facts.state, 64],
    ['cs3Label', 'State', 64],
    ['msg', facts.message, 1023],
    ['dvchost', facts.gatewayName, 100],
    ['start', millisecondsText(facts.startMs), 20],
    ['end', millisecondsText(facts.endMs), 20],
    ['outcome', facts.outcome, 63],
    ['act', facts.action, 63],
    ['cat', facts.ruleCategory, 1023],
    ...labelled('cs2', facts.incident || facts.entity, facts.incident ? 'Incident' : 'Entity'),
    ...labelled('cs6', facts.techniques, 'ATT&CK'),
    ...labelled('cs1', facts.terms, 'Terms'),
    ['cn1', String(facts.riskScore), 20],
    ['cn1Label', 'Risk Score', 64],
    ['deviceExternalId', facts.gatewaySerial, 255],
    ['sntdom', facts.userDomain, 255],
    ...labelled('cs4', facts.revision, 'Revision'),
    ...labelled('cs5', facts.configuration, 'Configuration'),
    ...labelled('flexString1', facts.organization, 'Organization'),
    ['reason', facts.severity, 1023],
  ]
}

/** `src` takes IPv4 only; a network has no address and stands as text. */
function sourceFields({ sourceIp, sourceIpVersion, sourceAddress }: AlertFacts): readonly Field[] {
  if (sourceIpVersion === 4) return [['src', sourceIp, 64]]
  if (sourceIpVersion === 6) return labelled('c6a2', sourceIp, 'Source IPv6 Address')
  return labelled('flexString2', sourceAddress, 'Source Network')
}

function labelled(key: string, value: string, label: string): readonly Field[] {
  if (value === '') return []
  return [
    [key, value, 1023],
    [`${key}Label`, label, 64],
  ]
}

function millisecondsText(epochMs: number | null): string {
  return epochMs === null ? '' : String(epochMs)
}
