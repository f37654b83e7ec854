import type { Severity } from '@sekisho/event'
import type { AlertDocument } from '../delivery/destination.ts'
import { factsOf } from './alert-facts.ts'
import { cefOf } from './cef.ts'
import { jsonPayloadOf } from './json-payload.ts'
import { leefOf } from './leef.ts'
import { shownText } from './safe-text.ts'

export type SyslogPayload = 'cef' | 'leef' | 'json'

export interface SyslogMessageOptions {
  readonly payload: SyslogPayload
  /** 0 … 23 (RFC 5424, 6.2.1). 13 is "log audit". */
  readonly facility: number
  /** Who sends. */
  readonly hostname: string
  /** Bytes of the whole message, at least 2,048. */
  readonly bytesMax: number
}

const SEVERITIES: Readonly<Record<Severity, number>> = { critical: 2, high: 3, medium: 4, low: 5 }
const INFORMATIONAL = 6
const PARAMETER_BYTES_MAX = 128
/**
 * A name of our own needs a private enterprise number; 32473 is the one for examples (RFC 5612), which no other sender's elements
 * can be mistaken for.
 */
const ELEMENT_ID = 'sekisho@32473'

/**
 * A syslog message (RFC 5424), without the framing of a transport. There is no byte order mark before the payload, though RFC 5424
 * asks for one before UTF-8: what parses CEF, LEEF and JSON behind it (ArcSight, QRadar, rsyslog's mmjsonparse) looks for its
 * first letters, and RFC 5424 lets a sender who leaves it out be read as any encoding.
 * @returns null when the document does not fit
 */
export function syslogMessageOf(
  document: AlertDocument,
  { payload, facility, hostname, bytesMax }: SyslogMessageOptions,
): string | null {
  const facts = factsOf(document.body)
  const severity = facts.state === 'retracted' ? INFORMATIONAL : SEVERITIES[facts.severity]
  const priority = facility * 8 + (severity ?? INFORMATIONAL)
  const timestamp = facts.timestampMs === null ? '-' : new Date(facts.timestampMs).toISOString()
  const host = headerName(hostname, 255)
  const messageId = headerName(facts.ruleId, 32)
  const parameters = `alert="${parameterText(facts.alertId)}" state="${parameterText(facts.state)}"`
  const header = `<${priority}>1 ${timestamp} ${host} sekisho - ${messageId} [${ELEMENT_ID} ${parameters}] `
  const left = bytesMax - Buffer.byteLength(header)
  const text = payloadText(document, payload, left)
  return text === null ? null : header + text
}

function payloadText(
  document: AlertDocument,
  payload: SyslogPayload,
  bytesMax: number,
): string | null {
  if (payload === 'cef') return cefOf(document.body, bytesMax)
  if (payload === 'leef') return leefOf(document.body, bytesMax)
  return jsonPayloadOf(document, bytesMax)
}

/** Printable US-ASCII without spaces, `-` for none (RFC 5424, section 6). */
function headerName(text: string, charactersMax: number): string {
  return text.replace(/[^!-~]/g, '?').slice(0, charactersMax) || '-'
}

/** RFC 5424, 6.3.3. */
function parameterText(text: string): string {
  return shownText(text, PARAMETER_BYTES_MAX).replace(/["\\\]]/g, '\\$&')
}

/** Octet counting (RFC 6587, 3.4.1; RFC 5425, 4.3): nothing inside of a message can end it. */
export function octetCounted(message: string): Buffer {
  const bytes = Buffer.from(message)
  return Buffer.concat([Buffer.from(`${bytes.length} `), bytes])
}
