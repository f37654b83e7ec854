import type { AttemptOutcome, LineRef } from './auth-event.ts'
import type { NetworkClass } from './place.ts'
import type { Vendor } from './vendors.ts'

/** `low` is a signal: stored and explained, never among the alerts. */
export type Severity = 'low' | 'medium' | 'high' | 'critical'

/** `event.severity` of each word, and the risk of rules without log odds of a login; also the order of severities. */
export const SEVERITY_SCORE: Readonly<Record<Severity, number>> = {
  low: 21,
  medium: 47,
  high: 73,
  critical: 99,
}

export type AlertState = 'provisional' | 'final' | 'retracted'

/** Rule ids of this release (docs/rules). */
export type RuleId =
  | 'T1'
  | 'T2'
  | 'N1'
  | 'N2'
  | 'U1'
  | 'U2'
  | 'U3'
  | 'U4'
  | 'X1'
  | 'S1'
  | 'P2'
  | 'M1'

/** One named summand of the score, checkable from the evidence lines it points at. */
export interface ScoreTerm {
  readonly name: string
  /** Natural log odds (nats), or the rule's own points; an exact multiple of 1/1024. */
  readonly value: number
  readonly why: string
  /** The numbers that the value is made of, by the names of the formula on the rule's page, so that anyone can recompute it. */
  readonly quantities: Readonly<Record<string, number>>
  /** Indexes into the alert's evidence. */
  readonly evidence: readonly number[]
}

/** What was weighed against the alert, and whether it applied: an analyst sees why not, too. */
export interface Consideration {
  readonly name: string
  readonly applied: boolean
  readonly why: string
}

/** One raw line behind an alert. */
export interface EvidenceLine {
  readonly eventId: string
  readonly timestampMs: number
  readonly role: 'decisive' | 'context' | 'sample'
  readonly gateway: string
  /** As logged; the name of someone who never succeeded is masked (it may be a mistyped password). */
  readonly user: string
  readonly address: string
  readonly outcome: AttemptOutcome
  readonly line: LineRef
  readonly rawSha256: string
}

/** One end of an impossible travel: a presence of the user in a source network. */
export interface TravelEnd {
  readonly prefix: string
  readonly address: string
  readonly country: string
  readonly city: string
  readonly latitude: number
  readonly longitude: number
  readonly radiusKm: number
  readonly asn: number
  readonly asName: string
  readonly networkClass: NetworkClass
  readonly firstMs: number
  readonly lastMs: number
  readonly newForUser: boolean
}

/** Geometry of an impossible travel; formulas in docs/rules/T1.md. */
export interface Travel {
  readonly from: TravelEnd
  readonly to: TravelEnd
  readonly distanceKm: number
  readonly distanceLowerKm: number
  readonly gapMs: number
  /** Longest time the journey may have taken, clock error and resolution included. */
  readonly elapsedUpperMs: number
  readonly speedLowerKmh: number
}

export interface AlertSource {
  /** Client address, or `''` when the alert is about a network. */
  readonly address: string
  readonly prefix: string
  readonly asn: number
  readonly asName: string
  readonly networkClass: NetworkClass
  readonly country: string
  readonly city: string
  readonly hasLocation: boolean
  readonly latitude: number
  readonly longitude: number
  readonly radiusKm: number
}

export interface AlertGateway {
  readonly vendor: Vendor
  readonly name: string
  readonly serial: string
}

/** The content of an alert: a pure function of events, configuration and dated databases. */
export interface AlertContent {
  /** First 128 bits of SHA-256(`tenant | family | major | entity | day | discriminator`), 32 hex digits. */
  readonly id: string
  readonly tenant: string
  /** Family that the id is made of: `U2` (also T1, T2, U3 and U4, which are names of it), `N` (N1 and N2), or the rule. */
  readonly family: string
  readonly ruleId: RuleId
  readonly entity: string
  /** UTC day, `2026-11-20`. */
  readonly day: string
  readonly discriminator: string
  readonly timestampMs: number
  /** First and last evidence. */
  readonly startMs: number
  readonly endMs: number
  readonly severity: Severity
  /** 0 … 100. */
  readonly riskScore: number
  readonly outcome: 'success' | 'failure'
  /** One sentence an analyst can read aloud. */
  readonly reason: string
  /** The person, or empty texts when the alert is about a source. */
  readonly userName: string
  readonly userDomain: string
  readonly userKey: string
  readonly source: AlertSource | null
  readonly gateway: AlertGateway
  readonly relatedAddresses: readonly string[]
  readonly relatedUsers: readonly string[]
  readonly relatedGateways: readonly string[]
  readonly score: number
  /** Probability that the login is stolen, for rules that sum log odds; null for the others. */
  readonly posterior: number | null
  readonly threshold: number
  readonly terms: readonly ScoreTerm[]
  readonly considered: readonly Consideration[]
  readonly travel: Travel | null
  readonly evidence: readonly EvidenceLine[]
  readonly evidenceTotal: number
  readonly counts: Readonly<Record<string, number>>
  readonly inputs: {
    readonly config: string
    readonly geo: string
    readonly profileDay: string
    readonly profile: string
  }
}

/** An alert as emitted: its content, and where it stands in its life. */
export interface Alert extends AlertContent {
  readonly state: AlertState
  readonly revision: number
  readonly materialRevision: number
  /** This word raised `materialRevision`: it is new, graver, a first success, a retraction, an opening again or the last word. */
  readonly isMaterial: boolean
  /** Somebody should look (again): a first word, a graver one, an opening again. */
  readonly isFresh: boolean
  /** How often it was opened again after a retraction. */
  readonly reopened: number
  /** Distinct events that are known of its key's day: what orders words on an alert, whoever says them. */
  readonly joinedEvents: number
  readonly lateBeyondHorizon: boolean
  /** Of a retraction: id of the event after which it was no longer true, where that is known. */
  readonly retractedBy?: string
}
