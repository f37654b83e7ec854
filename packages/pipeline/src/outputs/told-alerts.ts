import { type AlertState, SEVERITY_SCORE, type Severity } from '@sekisho/event'

export type Channel = 'alerts' | 'signals'

/** An alert that is not settled, and who has heard of it. */
export interface Told {
  readonly id: string
  /** When it was first emitted, epoch ms. */
  readonly createdMs: number
  readonly channels: readonly Channel[]
}

/**
 * Remembers who was told of alerts that are not settled: whoever heard of an alert hears, too, that it has become a mere signal, and
 * the other way round.
 */
export class ToldAlerts {
  readonly #told = new Map<string, Told>()
  #news = new Set<string>()

  /** Who is told of a word on an alert. */
  tell(id: string, severity: Severity, state: AlertState, nowMs: number): Told {
    const known = this.#told.get(id)
    const channel: Channel = SEVERITY_SCORE[severity] > SEVERITY_SCORE.low ? 'alerts' : 'signals'
    const channels = known?.channels.includes(channel)
      ? known.channels
      : [...(known?.channels ?? []), channel]
    const told = { id, createdMs: known?.createdMs ?? nowMs, channels }
    if (state === 'final') this.#told.delete(id)
    else this.#told.set(id, told)
    this.#news.add(id)
    return told
  }

  /** What has changed since the last call; of what is settled, no channels. */
  takeChanges(): Told[] {
    const news = [...this.#news]
    this.#news = new Set()
    return news.map((id) => this.#told.get(id) ?? { id, createdMs: 0, channels: [] })
  }

  entries(): Told[] {
    return [...this.#told.values()]
  }

  restore(told: readonly Told[]): void {
    for (const each of told) {
      if (each.channels.length === 0) this.#told.delete(each.id)
      else this.#told.set(each.id, each)
    }
  }
}
