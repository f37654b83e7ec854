/** A Pulse Secure line taken apart, whatever its form; texts as logged, absent ones `''`. */
export interface PulseRecord {
  /** Local time of the line as milliseconds since 1970-01-01 00:00 on the same clock. */
  readonly wallMs: number
  readonly node: string
  readonly virtualSystem: string
  readonly user: string
  readonly realm: string
  readonly roles: string
  /** The short id that 22.x adds. */
  readonly sessionId: string
  readonly address: string
  readonly userAgent: string
  /** `AUT24414`, or `''` in forms that carry none. */
  readonly code: string
  readonly message: string
}

/**
 * What a line may mean, from left to right: several readings when the name in it imitates the vendor's own text.
 * None when it does so more than `READINGS_MAX` times, or when the line is too damaged to be read.
 */
export type PulseReadings = readonly PulseRecord[]

/** Readings of one line that are weighed. */
export const READINGS_MAX = 8
