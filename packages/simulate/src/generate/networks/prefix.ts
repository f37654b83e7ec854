import type { NetworkClass } from '@sekisho/event'

/** A /24 that the location tables know, as one network and one place. */
export interface Prefix {
  /** First address as a number. */
  readonly start: number
  readonly asn: number
  readonly country: string
  readonly latitude: number
  readonly longitude: number
  readonly networkClass: NetworkClass
  /** One network number serves fixed lines and phones. */
  readonly isMixed: boolean
}

/** A /48 of an access network. */
export interface Prefix6 {
  /** Bits 0-31 and 32-47. */
  readonly high: number
  readonly low: number
  readonly asn: number
  readonly country: string
  readonly latitude: number
  readonly longitude: number
}
