/** What a world is for: calibration reads tuning worlds only, published figures come from reporting worlds only. */
export type WorldPurpose = 'tuning' | 'reporting'

/** Kinds of attack (design of the evaluation, docs/evaluation.md); each can be switched off. */
export type AttackKind =
  | 'single-source-stuffing'
  | 'rotating-prefix-stuffing'
  | 'hosting-fleet'
  | 'residential-botnet'
  | 'ordered-spray'
  | 'distributed-brute-force'
  | 'leaked-list-replay'
  | 'stolen-hosting-abroad'
  | 'stolen-foreign-home'
  | 'stolen-domestic-home'
  | 'stolen-usual-hours'
  | 'session-theft'
  | 'factor-fatigue'
  | 'dormant-account'
  | 'branch-pivot'
  | 'administrator-creation'
  | 'shared-carrier-gateway'
  | 'teaching-attacker'
  | 'log-suppression'

/** One attack from its first line to its last. */
export interface Episode {
  /** Unique in a run, `stolen-hosting-abroad-3`. */
  readonly id: string
  readonly kind: AttackKind
  /** Facts by which figures are split, such as `{ device: 'logged', network: 'hosting', abroad: true }`. */
  readonly traits: Readonly<Record<string, string | number | boolean>>
  /** Names as logged of the users whose password was right. */
  readonly victims: readonly string[]
  /** Names as logged of everybody that was tried, at most 1,000 of them. */
  readonly tried: readonly string[]
  /** Client addresses of the attacker, at most 1,000 of them. */
  readonly addresses: readonly string[]
  readonly startMs: number
  readonly endMs: number
  /** First success of the attacker; null when there was none. */
  readonly firstSuccessMs: number | null
}

/** A raw line as a gateway sent it. */
export interface SimulatedLine {
  /** With its syslog frame, without the line's end. */
  readonly text: string
  /** Name of the gateway: one log file each. */
  readonly gateway: string
  /** When it reached the collector, epoch ms: delivery order. */
  readonly deliveredMs: number
  /** Of the attack it belongs to; null for honest lines. */
  readonly episode: string | null
  /** The benign process that made it or decided where its person was, `work` for the plain day; null in attacks. */
  readonly process: string | null
}

export interface SimulationOptions {
  readonly seed: number
  readonly users: number
  readonly days: number
  /** Days at the beginning without attacks. */
  readonly learningDays: number
  /** Attacks that happen; all unless said. */
  readonly attacks?: readonly AttackKind[]
  /** Benign processes and delivery faults that do not happen, by name. */
  readonly without?: readonly string[]
}

/** What is known of a run beside its lines. Complete when the lines have been read to their end. */
export interface Truth {
  readonly episodes: readonly Episode[]
  readonly firstMs: number
  readonly endMs: number
  readonly users: number
}

export interface Simulation {
  /** Lines in the order of delivery; to be read once. */
  readonly lines: Iterable<SimulatedLine>
  readonly truth: Truth
  /** `sekisho.yaml` of a plausible administrator. */
  readonly configurationText: string
}
