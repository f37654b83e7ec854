import { DAY_MS } from '@sekisho/detect'
import { type AttemptEvent, prefixOf, userKeyOf } from '@sekisho/event'
import type { Episode } from '../simulation.ts'
import type { Subject } from './finding.ts'

/** Alerts count until so long after the last line of an attack (design of the evaluation). */
export const WINDOW_AFTER_MS = DAY_MS

type LabelledEvent = Pick<
  AttemptEvent,
  'timestampMs' | 'userKey' | 'sourceAddress' | 'attempt' | 'decides'
>

/**
 * An attack as its lines tell it: the truth of the generator, widened by what the parser read of the labelled lines. A
 * gateway whose clock is wrong moves the window with it, for event time is the only time that a detector has.
 */
export class LabelledEpisode {
  readonly #prefixes = new Set<string>()
  readonly #tried = new Map<string, number>()
  readonly #gotIn = new Set<string>()
  #firstMs = Number.POSITIVE_INFINITY
  #lastMs = Number.NEGATIVE_INFINITY

  /** A parsed line of the attack, in any order. */
  add({ timestampMs, userKey, sourceAddress, attempt, decides }: LabelledEvent): void {
    if (timestampMs < this.#firstMs) this.#firstMs = timestampMs
    if (timestampMs > this.#lastMs) this.#lastMs = timestampMs
    const prefix = prefixOf(sourceAddress)
    if (prefix !== '') this.#prefixes.add(prefix)
    const before = this.#tried.get(userKey)
    if (userKey !== '' && (before === undefined || timestampMs < before)) {
      this.#tried.set(userKey, timestampMs)
    }
    if (attempt === 'success' && decides !== 'no') this.#gotIn.add(userKey)
  }

  /** What the episode is when all lines were added. */
  judge(episode: Episode): JudgedEpisode {
    return new JudgedEpisode(episode, {
      prefixes: new Set([...this.#prefixes, ...episode.addresses.map(prefixOf)]),
      triedMs: this.#tried,
      victims: new Set(episode.victims.map(userKeyOf)),
      gotIn: this.#gotIn,
      fromMs: Math.min(episode.startMs, this.#firstMs),
      throughMs: Math.max(episode.endMs, this.#lastMs) + WINDOW_AFTER_MS,
    })
  }
}

/** What an attack is recognised by: folded names of users, source networks (/24 or /48), and event times. */
export interface EpisodeLabels {
  readonly prefixes: ReadonlySet<string>
  /** When each user was tried first. */
  readonly triedMs: ReadonlyMap<string, number>
  /** Users whose password was right. */
  readonly victims: ReadonlySet<string>
  /** Users under whose name a line says that the attacker was let in. */
  readonly gotIn: ReadonlySet<string>
  readonly fromMs: number
  /** Last time of which an alert counts. */
  readonly throughMs: number
}

/** An attack that findings can be held against. */
export class JudgedEpisode {
  readonly episode: Episode
  readonly labels: EpisodeLabels

  constructor(episode: Episode, labels: EpisodeLabels) {
    this.episode = episode
    this.labels = labels
  }

  /** First event time of the attack. */
  get startMs(): number {
    return this.labels.fromMs
  }

  /**
   * True when a finding inside the window names a correct entity: a victim, a tried user together with one of the
   * attacker's networks, or, when it is about a source, one of those networks.
   */
  isNamedBy({ timestampMs, userKey, prefixes }: Subject): boolean {
    const { fromMs, throughMs, victims, triedMs } = this.labels
    if (timestampMs < fromMs || timestampMs > throughMs) return false
    if (victims.has(userKey)) return true
    if (userKey !== '' && !triedMs.has(userKey)) return false
    return prefixes.some((prefix) => this.labels.prefixes.has(prefix))
  }

  /** Distinct users that the attack had tried up to and at a time. */
  triedUntil(timestampMs: number): number {
    let count = 0
    for (const triedMs of this.labels.triedMs.values()) if (triedMs <= timestampMs) count++
    return count
  }
}
