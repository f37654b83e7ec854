import type { AlertBody } from '../delivery/destination.ts'
import { factsOf } from './alert-facts.ts'
import { cutToBytes, visibleCharacter, visibleText } from './safe-text.ts'

const HEADER_BYTES_MAX = 256
const VALUE_BYTES_MAX = 1024
/** Not the tab that is usual: relays write control characters differently. */
const DELIMITER = '^'

/**
 * An alert in the Log Event Extended Format 2.0 (IBM, "LEEF event components"): one line, its attributes parted by `^`. The format
 * has no escapes: in values, `^` and what could end a line are `\u{hex}` (visibleText), so that no value begins an attribute.
 * @param bytesMax of the whole line in UTF-8, at least 1,500
 */
export function leefOf(body: AlertBody, bytesMax: number): string {
  const facts = factsOf(body)
  const header = [facts.ruleVersion, facts.ruleId].map((text) =>
    cutToBytes(visibleText(text).replaceAll('|', visibleCharacter), HEADER_BYTES_MAX),
  )
  let line = `LEEF:2.0|Sekisho|Sekisho|${header.join('|')}|${DELIMITER}|`
  let left = bytesMax - Buffer.byteLength(line)
  let separator = ''
  const attributes: readonly (readonly [key: string, value: string])[] = [
    ['alertId', facts.alertId],
    // Epoch ms needs no devTimeFormat.
    ['devTime', facts.timestampMs === null ? '' : String(facts.timestampMs)],
    // 1 … 10.
    ['sev', String(Math.max(1, facts.severityOfTen))],
    ['src', facts.sourceIp],
    ['usrName', facts.userName],
    ['state', facts.state],
    ['cat', facts.ruleCategory],
    ['msg', facts.message],
    ['identSrc', facts.sourceIp],
    ['sourceNetwork', facts.sourceIp === '' ? facts.sourceAddress : ''],
    ['identHostName', facts.gatewayName],
    ['domain', facts.userDomain],
    ['action', facts.action],
    ['ruleName', facts.ruleName],
    ['outcome', facts.outcome],
    ['severityName', facts.severity],
    ['riskScore', String(facts.riskScore)],
    ['startTime', facts.startMs === null ? '' : String(facts.startMs)],
    ['endTime', facts.endMs === null ? '' : String(facts.endMs)],
    ['entity', facts.entity],
    ['incident', facts.incident],
    ['attack', facts.techniques],
    ['terms', facts.terms],
    ['country', facts.country],
    ['gatewaySerial', facts.gatewaySerial],
    ['revision', facts.revision],
    ['configuration', facts.configuration],
    ['organization', facts.organization],
  ]
  for (const [key, value] of attributes) {
    if (value === '') continue
    const text = `${separator}${key}=${attributeText(value)}`
    const bytes = Buffer.byteLength(text)
    if (bytes > left) break
    line += text
    left -= bytes
    separator = DELIMITER
  }
  return line
}

function attributeText(value: string): string {
  const safe = visibleText(value.slice(0, VALUE_BYTES_MAX + 1)).replaceAll(
    DELIMITER,
    visibleCharacter,
  )
  return cutToBytes(safe, VALUE_BYTES_MAX)
}
