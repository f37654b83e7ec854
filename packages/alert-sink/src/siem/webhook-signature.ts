import { createHmac, timingSafeEqual } from 'node:crypto'

/** `t=<epoch seconds>,v1=<HMAC-SHA256 in hexadecimal>`, over `<epoch seconds>.<body>`. */
export const SIGNATURE_HEADER = 'sekisho-signature'

/** How old a request may be before a receiver should take it for a replay. */
export const SIGNATURE_AGE_S_MAX = 300

/** @param epochS when it is sent, whole seconds */
export function signatureOf(secret: string, epochS: number, body: string): string {
  return `t=${epochS},v1=${digestOf(secret, epochS, body)}`
}

/**
 * What a receiver does: whether a request comes from one who knows the secret, was not changed, and is not an old one sent again.
 * @param nowS the receiver's clock, epoch seconds
 */
export function isSignedBy(secret: string, header: string, body: string, nowS: number): boolean {
  const [, seconds, digest] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? []
  if (seconds === undefined || digest === undefined) return false
  if (Math.abs(nowS - Number(seconds)) > SIGNATURE_AGE_S_MAX) return false
  const expected = digestOf(secret, Number(seconds), body)
  return timingSafeEqual(Buffer.from(digest), Buffer.from(expected))
}

function digestOf(secret: string, epochS: number, body: string): string {
  return createHmac('sha256', secret).update(`${epochS}.${body}`).digest('hex')
}
