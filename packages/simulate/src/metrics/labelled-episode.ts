import { DAY_MS } from '@sekisho/detect'
import { type AttemptEvent, prefixOf, userKeyOf } from '@sekisho/event'
import type { Episode } from '../simulation.ts'
import type { Finding } from './finding.ts'

/** Alerts count until so long after the last line of an attack (design of the evaluation). */
export const WINDOW_AFTER_MS = DAY_MS

type LabelledEvent = Pick<AttemptEvent, 'timestampMs' | 'userKey' | 'sourceAddress'>

/**
 * An attack as its lines tell it: the truth of the generator, widened by what the parser read of the labelled lines. A
 * gateway whose clock is wrong moves the window with it, for event time is the only time that a detector has.
 */
export class LabelledEpisode {
  readonly #prefixes = new Set<string>()
  readonly #tried = new Map<string, number>()
  #firstMs = Number.POSITIVE_INFINITY
  #lastMs = Number.NEGATIVE_INFINITY

  /** A parsed line of the attack, in any order. */
  add({ timestampMs, userKey, sourceAddress }: LabelledEvent): void {
    if (timestampMs < this.#firstMs) this.#firstMs = timestampMs
    if (timestampMs > this.#lastMs) this.#lastMs = timestampMs
    const prefix = prefixOf(sourceAddress)
    if (prefix !== '') this.#prefixes.add(prefix)
    const before = this.#tried.get(userKey)
    if (userKey !== '' && (before === undefined || timestampMs < before)) {
      this.#tried.set(userKey, timestampMs)
    }
  }

  /** What the episode is when all lines were added. */
  judge(episode: Episode): JudgedEpisode {
    return new JudgedEpisode(
      episode,
      new Set([...this.#prefixes, ...episode.addresses.map(prefixOf)]),
      this.#tried,
      Math.min(episode.startMs, this.#firstMs),
      Math.max(episode.endMs, this.#lastMs) + WINDOW_AFTER_MS,
    )
  }
}

/** An attack that findings can be held against. */
export class JudgedEpisode {
  readonly episode: Episode
  readonly #prefixes: ReadonlySet<string>
  readonly #triedMs: ReadonlyMap<string, number>
  readonly #victims: ReadonlySet<string>
  readonly #fromMs: number
  readonly #throughMs: number

  constructor(
    episode: Episode,
    prefixes: ReadonlySet<string>,
    triedMs: ReadonlyMap<string, number>,
    fromMs: number,
    throughMs: number,
  ) {
    this.episode = episode
    this.#prefixes = prefixes
    this.#triedMs = triedMs
    this.#victims = new Set(episode.victims.map(userKeyOf))
    this.#fromMs = fromMs
    this.#throughMs = throughMs
  }

  /** First event time of the attack. */
  get startMs(): number {
    return this.#fromMs
  }

  /**
   * True when a finding inside the window names a correct entity: a victim, a tried user together with one of the
   * attacker's networks, or, when it is about a source, one of those networks.
   */
  isNamedBy({ timestampMs, userKey, prefixes }: Finding): boolean {
    if (timestampMs < this.#fromMs || timestampMs > this.#throughMs) return false
    if (this.#victims.has(userKey)) return true
    if (userKey !== '' && !this.#triedMs.has(userKey)) return false
    return prefixes.some((prefix) => this.#prefixes.has(prefix))
  }

  /** Distinct users that the attack had tried up to and at a time. */
  triedUntil(timestampMs: number): number {
    let count = 0
    for (const triedMs of this.#triedMs.values()) if (triedMs <= timestampMs) count++
    return count
  }
}
