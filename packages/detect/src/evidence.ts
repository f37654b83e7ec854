import type { AlertGateway, AlertSource, Attempt, EvidenceLine } from '@sekisho/event'
import { keyedHashOf } from './config.ts'
import { MINUTE_MS, SECOND_MS, spanTextOf } from './time.ts'

/** Compares by (time, id): the one order in which evidence is chosen and shown. */
export function byTimeAndId(a: Attempt, b: Attempt): number {
  return a.event.timestampMs - b.event.timestampMs || compareText(a.id, b.id)
}

/** Code-unit comparison: no locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** First and last time of some attempts that are in time order, epoch ms. */
export function timeSpanOf(attempts: readonly Attempt[]): { startMs: number; endMs: number } {
  const startMs = attempts[0]?.event.timestampMs ?? 0
  return { startMs, endMs: attempts.at(-1)?.event.timestampMs ?? startMs }
}

/** The span that some attempts in time order lie within, rounded up to whole seconds or minutes. */
export function durationTextOf(attempts: readonly Attempt[]): string {
  const { startMs, endMs } = timeSpanOf(attempts)
  const unitMs = endMs - startMs < 2 * MINUTE_MS ? SECOND_MS : MINUTE_MS
  return spanTextOf(Math.max(1, Math.ceil((endMs - startMs) / unitMs)) * unitMs)
}

/** Names as evidence shows them: a name that never succeeded may be a mistyped password and is masked. */
export interface NameMask {
  readonly hashKey: string
  /** True when the name is known to belong to a person. */
  isPerson(userKey: string): boolean
}

/** First two characters and 32 bits of a keyed hash: enough to tell names apart, not to read a password. */
export function shownUserOf(raw: string, userKey: string, mask: NameMask): string {
  if (raw === '' || mask.isPerson(userKey)) return raw
  return `${[...raw].slice(0, 2).join('')}…#${keyedHashOf(mask.hashKey, userKey).slice(0, 8)}`
}

/** Turns an attempt into a line of evidence. */
export function evidenceOf(
  attempt: Attempt,
  role: EvidenceLine['role'],
  mask: NameMask,
  outcome = attempt.event.attempt,
): EvidenceLine {
  const { event } = attempt
  return {
    eventId: attempt.id,
    timestampMs: event.timestampMs,
    role,
    gateway: event.gateway,
    user: shownUserOf(event.userRaw, event.userKey, mask),
    address: event.sourceAddress,
    outcome,
    line: attempt.line,
    rawSha256: attempt.rawSha256,
  }
}

/**
 * Chooses at most `count` of many attempts, the same ones whatever the order: the earliest, the latest, then
 * the smallest ids (a sample, as ids are hashes). Shown by time.
 */
export function sampleOf(attempts: readonly Attempt[], count: number): Attempt[] {
  const sorted = [...attempts].sort(byTimeAndId)
  if (sorted.length <= count) return sorted
  const first = sorted[0] as Attempt
  const last = sorted.at(-1) as Attempt
  const middle = sorted
    .slice(1, -1)
    .sort((a, b) => compareText(a.id, b.id))
    .slice(0, Math.max(0, count - 2))
  return [first, ...middle.sort(byTimeAndId), last].slice(0, count)
}

/** The source block of an alert about one client. */
export function alertSourceOf(attempt: Attempt): AlertSource {
  const { place } = attempt
  return {
    address: attempt.event.sourceAddress,
    prefix: attempt.prefix,
    asn: place.asn,
    asName: place.asName,
    networkClass: place.networkClass,
    country: place.country,
    city: place.city,
    hasLocation: place.hasLocation,
    latitude: place.latitude,
    longitude: place.longitude,
    radiusKm: place.radiusKm,
  }
}

/** The gateway block of an alert. */
export function alertGatewayOf(attempt: Attempt): AlertGateway {
  const { vendor, gateway, gatewaySerial } = attempt.event
  return { vendor, name: gateway, serial: gatewaySerial }
}

/** Sorted distinct texts, empty ones left out, at most 100. */
export function relatedOf(texts: Iterable<string>): string[] {
  const distinct = new Set(texts)
  distinct.delete('')
  return [...distinct].sort(compareText).slice(0, 100)
}

/** `AS4713 NTT (JP, Tokyo)` or as much of it as is known. */
export function networkTextOf(source: {
  readonly asn: number
  readonly asName: string
  readonly country: string
  readonly city?: string
  readonly networkClass: string
}): string {
  const network = source.asn === 0 ? 'unknown network' : `AS${source.asn} ${source.asName}`.trim()
  const where = [source.city ?? '', source.country, source.networkClass].filter(
    (text) => text !== '',
  )
  return where.length === 0 ? network : `${network} (${where.join(', ')})`
}
