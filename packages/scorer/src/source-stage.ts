import {
  type AlertDraft,
  type AnnotatedAttempt,
  DAY_MS,
  type DetectConfig,
  dayOf,
  dayStartMs,
  type NameMask,
  SOURCE_RULES,
} from '@sekisho/detect'
import { SourceFacts } from './source-facts.ts'

/**
 * Stage N, keyed by source network (/24 or /48): annotated attempts of stage U join, rules query one network and
 * UTC day at a time.
 */
export class SourceStage {
  readonly #sources = new Map<string, SourceFacts>()
  readonly #sourcesOfDay = new Map<number, Set<string>>()
  readonly #config: DetectConfig

  constructor(config: DetectConfig) {
    this.#config = config
  }

  get sources(): number {
    return this.#sources.size
  }

  get hotDays(): number[] {
    return [...this.#sourcesOfDay.keys()].sort((a, b) => a - b)
  }

  sourcesOf(day: number): ReadonlySet<string> {
    return this.#sourcesOfDay.get(day) ?? new Set()
  }

  /** Joins an attempt as stage U sees it now; a later word on the same event replaces the earlier one. */
  put(annotated: AnnotatedAttempt): void {
    const { prefix, event } = annotated.attempt
    let facts = this.#sources.get(prefix)
    if (facts === undefined) {
      facts = new SourceFacts(prefix, this.#config.hashKey)
      this.#sources.set(prefix, facts)
    }
    facts.put(annotated)
    const day = dayOf(event.timestampMs)
    const sources = this.#sourcesOfDay.get(day)
    if (sources === undefined) this.#sourcesOfDay.set(day, new Set([prefix]))
    else sources.add(prefix)
  }

  /** Takes back an attempt that stage U no longer counts, e.g. because a better line decides its login. */
  remove(annotated: AnnotatedAttempt): void {
    this.#sources.get(annotated.attempt.prefix)?.remove(annotated)
  }

  /** The alerts of one source network's day: a pure function of the facts joined so far. */
  query(prefix: string, day: number): AlertDraft[] {
    const facts = this.#sources.get(prefix)
    if (facts === undefined || !facts.hasDay(day)) return []
    const attacks = [day - 1, day, day + 1]
      .map((near) => facts.attack(near))
      .filter((attack) => attack !== null)
    const mask = this.#maskOf(facts, day)
    return SOURCE_RULES.flatMap((rule) => rule(facts, day, attacks, mask))
  }

  foldThrough(day: number): void {
    for (const hot of this.hotDays) {
      if (hot > day) break
      for (const prefix of this.sourcesOf(hot)) {
        const facts = this.#sources.get(prefix)
        facts?.foldThrough(day)
        if (facts?.isForgettable) this.#sources.delete(prefix)
      }
      this.#sourcesOfDay.delete(hot)
    }
  }

  /** Names that stage U knows as people's, among the attempts around the day. */
  #maskOf(facts: SourceFacts, day: number): NameMask {
    let persons: Set<string> | null = null
    const isPerson = (userKey: string): boolean => {
      persons ??= new Set(
        facts
          .attempts(dayStartMs(day) - DAY_MS, dayStartMs(day) + 2 * DAY_MS - 1)
          .filter((annotated) => annotated.isPerson)
          .map(({ attempt }) => attempt.event.userKey),
      )
      return persons.has(userKey)
    }
    return { hashKey: this.#config.hashKey, isPerson }
  }
}
