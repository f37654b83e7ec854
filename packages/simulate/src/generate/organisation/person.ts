import type { Zone } from '../clock.ts'
import type { Prefix } from '../networks/prefix.ts'
import type { Site } from '../worlds/world.ts'
import type { Gateway } from './gateway.ts'

/** A computer or phone that logs in. */
export interface Device {
  readonly isPhone: boolean
  /** FortiClient's id, 32 hexadecimal digits. */
  readonly clientId: string
  readonly mac: string
  readonly name: string
}

/** A home line from a day on. */
export interface HomeLine {
  /** Index of the day from which it holds. */
  readonly fromDay: number
  readonly address: string
  /** The line's IPv6 address, null where it has none. */
  readonly address6: string | null
}

/** How somebody's working hours lie. */
export type Hours = 'office' | 'shifts' | 'free'

/** Somebody with an account, or an account that several people share. */
export interface Person {
  readonly index: number
  /** The account's name in the directory. */
  readonly account: string
  readonly site: Site
  readonly zone: Zone
  /** The usual gateway first. */
  readonly gateways: readonly Gateway[]
  readonly hours: Hours
  /** By `fromDay`, the first from day 0 on. */
  readonly homes: readonly HomeLine[]
  readonly laptop: Device
  /** Null for people who never log in by phone. */
  readonly phone: Device | null
  /** Addresses of the phone's carrier. */
  readonly carrier: readonly Prefix[]
  /** Logs in from this day on (joiners, an acquired company). */
  readonly fromDay: number
  /** Last day, inclusive. */
  readonly lastDay: number
  /** Several people use the account. */
  readonly isShared: boolean
}

/** The home line of a day. */
export function homeOf({ homes }: Person, day: number): HomeLine {
  let found = homes[0] as HomeLine
  for (const home of homes) if (home.fromDay <= day) found = home
  return found
}
