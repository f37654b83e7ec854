import { hash } from 'node:crypto'
import type { AlertBody } from './destination.ts'

const DIGEST_DIGITS = 16

/**
 * What makes two words on one alert materially the same: state, severity, outcome, and how often it was opened again. The first
 * 64 bits of a SHA-256 in hexadecimal. A last word ends what was opened, however often that was.
 */
export function materialDigestOf({ event, sekisho }: AlertBody): string {
  const reopened = sekisho.state === 'final' ? 0 : (sekisho.alert.reopened ?? 0)
  const outcome = event.outcome ?? ''
  const text = `${sekisho.state}|${sekisho.severity}|${outcome}|${reopened}`
  return hash('sha256', text).slice(0, DIGEST_DIGITS)
}

/** Names a material word on an alert: the same however often, and by whomever, it is delivered. */
export function materialIdOf(body: AlertBody): string {
  return `${body.sekisho.alert.id}-${materialDigestOf(body)}`
}
