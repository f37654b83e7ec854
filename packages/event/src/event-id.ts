import { hash } from 'node:crypto'
import type { AuthEvent } from './auth-event.ts'

/**
 * Identity of an event: first 128 bits (32 hex digits) of SHA-256 over its length-prefixed content.
 * Content only: no header, relay, priority, white space or time of receipt, so that a line forwarded twice or
 * archived twice is one event. Source: docs/decisions, event identity.
 */
export function eventIdOf(event: AuthEvent): string {
  return hash(
    'sha256',
    field(event.vendor) +
      field(event.gatewaySerial === '' ? event.gateway : event.gatewaySerial) +
      field(event.code) +
      field(`${event.timestampMs}.${event.subMillisecondNs}`) +
      field(event.userRaw) +
      field(event.sourceAddress) +
      field(event.action) +
      field(event.outcome) +
      field(event.reasonRaw) +
      field(event.sessionId),
    'hex',
  ).slice(0, 32)
}

function field(text: string): string {
  return `${text.length}:${text}`
}
