import {
  type AnnotatedAttempt,
  DAY_MS,
  dayOf,
  dayStartMs,
  type SourceAttack,
  type SourceView,
  sourceAttack,
} from '@sekisho/detect'
import { SourceDay } from './source-day.ts'

/** A hot day and the attack found in it, when it was last asked; `undefined` while nobody has. */
interface HotDay {
  readonly facts: SourceDay
  attack: SourceAttack | null | undefined
}

/** Facts of one source network: annotated attempts of the hot days, and its first success ever. */
export class SourceFacts implements SourceView {
  readonly prefix: string
  readonly #hashKey: string
  /** By day; rarely more than five. */
  readonly #days: HotDay[] = []
  #foldedFirstSuccessMs: number | null = null

  constructor(prefix: string, hashKey: string) {
    this.prefix = prefix
    this.#hashKey = hashKey
  }

  get isForgettable(): boolean {
    return this.#days.length === 0 && this.#foldedFirstSuccessMs === null
  }

  hasDay(day: number): boolean {
    return this.#find(day) !== undefined
  }

  put(annotated: AnnotatedAttempt): void {
    const day = dayOf(annotated.attempt.event.timestampMs)
    const hot = this.#find(day) ?? this.#insert(day)
    hot.facts.put(annotated)
    this.#forgetAttacks(day)
  }

  remove(annotated: AnnotatedAttempt): void {
    const day = dayOf(annotated.attempt.event.timestampMs)
    this.#find(day)?.facts.remove(annotated)
    this.#forgetAttacks(day)
  }

  get firstSuccessMs(): number | null {
    if (this.#foldedFirstSuccessMs !== null) return this.#foldedFirstSuccessMs
    for (const { facts } of this.#days) {
      const success = firstSuccessOf(facts)
      if (success !== null) return success
    }
    return null
  }

  attempts(fromMs: number, toMs: number): readonly AnnotatedAttempt[] {
    const attempts: AnnotatedAttempt[] = []
    for (const { facts } of this.#days) {
      const startMs = dayStartMs(facts.day)
      if (startMs > toMs || startMs + DAY_MS <= fromMs) continue
      const isWhole = fromMs <= startMs && toMs >= startMs + DAY_MS - 1
      for (const annotated of facts.sorted()) {
        const { timestampMs } = annotated.attempt.event
        if (isWhole || (timestampMs >= fromMs && timestampMs <= toMs)) attempts.push(annotated)
      }
    }
    return attempts
  }

  isCapped(fromMs: number, toMs: number): boolean {
    return this.#days.some(({ facts }) => {
      const startMs = dayStartMs(facts.day)
      return facts.isCapped && startMs <= toMs && startMs + DAY_MS > fromMs
    })
  }

  /** The attack of a day, if there is one. */
  attack(day: number): SourceAttack | null {
    const hot = this.#find(day)
    if (hot === undefined) return null
    if (hot.attack === undefined) hot.attack = sourceAttack(this, day)
    return hot.attack
  }

  foldThrough(day: number): void {
    const folded = this.#days.filter(({ facts }) => facts.day <= day)
    for (const { facts } of folded) this.#foldedFirstSuccessMs ??= firstSuccessOf(facts)
    this.#days.splice(0, folded.length)
  }

  #find(day: number): HotDay | undefined {
    for (const hot of this.#days) if (hot.facts.day === day) return hot
    return undefined
  }

  #insert(day: number): HotDay {
    const hot = { facts: new SourceDay(day, this.#hashKey), attack: undefined }
    this.#days.push(hot)
    if ((this.#days.at(-2)?.facts.day ?? day) > day) {
      this.#days.sort((a, b) => a.facts.day - b.facts.day)
    }
    return hot
  }

  /** A day's windows reach into the day before, so a change touches two days' attacks. */
  #forgetAttacks(day: number): void {
    for (const hot of this.#days) {
      if (hot.facts.day === day || hot.facts.day === day + 1) hot.attack = undefined
    }
  }
}

function firstSuccessOf(facts: SourceDay): number | null {
  const success = facts.sorted().find(({ outcome }) => outcome === 'success')
  return success === undefined ? null : success.attempt.event.timestampMs
}
