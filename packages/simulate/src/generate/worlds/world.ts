import type { WorldPurpose } from '../../simulation.ts'

/** A place where people of an organisation work. */
export interface Site {
  /** `nagoya`; unique in the world. */
  readonly key: string
  readonly country: string
  readonly latitude: number
  readonly longitude: number
  /** IANA zone. */
  readonly timezone: string
  /** Part of the people who belong here. */
  readonly share: number
  /** Given and family names of people here, joined by the world's form of a name. */
  readonly names: NameStock
}

export interface NameStock {
  readonly given: readonly string[]
  readonly family: readonly string[]
}

/** How a gateway's lines look and where they pass. */
export type GatewayForm =
  | 'fortigate-plain'
  | 'fortigate-bsd'
  | 'fortigate-rfc3339'
  | 'fortigate-rfc5424'
  | 'fortigate-ipsec'
  | 'pulse-rfc5424'
  | 'pulse-bsd'
  | 'pulse-welf'

export interface GatewayPlan {
  readonly name: string
  /** Site at which it stands. */
  readonly site: string
  readonly form: GatewayForm
  /** Sites whose people use it; the first gateway that names a site is the usual one there. */
  readonly serves: readonly string[]
  /** Minutes between lines about a session's traffic; 0 for none. */
  readonly statisticsMinutes: number
}

/** How people of a world work, as probabilities of a day. */
export interface Habits {
  /** Logs in on a working day. */
  readonly workday: number
  /** Logs in on a day off. */
  readonly dayOff: number
  /** Of working days, those in the office behind its one address. */
  readonly office: number
  /** Of people, those who also log in by phone. */
  readonly phones: number
  /** Of days of such a person, those with a login by phone. */
  readonly phoneDay: number
  /** Trips that begin, per person and day. */
  readonly trips: number
  /** Of trips, those that leave the country. */
  readonly abroad: number
  /** Of people, those who work in shifts around the clock. */
  readonly shifts: number
  /** Of people, those who keep hours of their own (students, researchers). */
  readonly freeHours: number
  /** Of logins, those with a mistyped password first. */
  readonly typos: number
  /** Of people, those behind a secure web gateway. */
  readonly webGateway: number
  /** Names of accounts that several people share, per 1,000 people. */
  readonly sharedAccounts: number
}

/** An organisation: data alone; what happens there are the processes and attacks. */
export interface World {
  readonly name: string
  readonly purpose: WorldPurpose
  /** One sentence. */
  readonly describe: string
  /** First day, `2026-03-02`. */
  readonly firstDate: string
  /** Zone that the administrator configured for lines without one. */
  readonly timezone: string
  readonly domain: string
  /** How a name is made of given and family name. */
  readonly nameForm: 'given.family' | 'initial.family' | 'family-digits'
  readonly sites: readonly Site[]
  readonly gateways: readonly GatewayPlan[]
  readonly habits: Habits
  /** Weekdays of work, 0 Sunday … 6 Saturday. */
  readonly workdays: readonly number[]
  /** A second factor is asked for. */
  readonly secondFactor: boolean
  /** Lines name the client's device. */
  readonly deviceIds: boolean
  /** Destinations of trips abroad, and countries of home-routed phones. */
  readonly destinations: readonly string[]
  /** Country that people of an acquired company log in from, from one day on. */
  readonly merger: Omit<Site, 'share' | 'key'>
}
