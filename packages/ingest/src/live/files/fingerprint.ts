import { hash } from 'node:crypto'

/** How many bytes at the start of a file tell it from another one. */
export const FINGERPRINT_BYTES = 1024

/** The first bytes of a file; of fewer than `FINGERPRINT_BYTES` while the file is shorter. */
export interface Fingerprint {
  readonly byteLength: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** @param head the first bytes of a file, all of them or at least `FINGERPRINT_BYTES` */
export function fingerprintOf(head: Buffer): Fingerprint {
  const byteLength = Math.min(head.length, FINGERPRINT_BYTES)
  return { byteLength, sha256: sha256Of(head, byteLength) }
}

/** True when a file that begins with `head` can be the one the fingerprint was taken of, now longer or not. */
export function hasFingerprint(head: Buffer, { byteLength, sha256 }: Fingerprint): boolean {
  return head.length >= byteLength && sha256Of(head, byteLength) === sha256
}

function sha256Of(head: Buffer, byteLength: number): string {
  return hash('sha256', head.subarray(0, byteLength), 'hex')
}
