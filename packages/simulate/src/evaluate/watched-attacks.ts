import { type AttemptEvent, userKeyOf } from '@sekisho/event'
import { WINDOW_AFTER_MS } from '../metrics/labelled-episode.ts'
import type { Episode } from '../simulation.ts'

/** Lines of an attack of which each is asked about; of the later ones one in so many, of which there are ever fewer. */
const EACH_UNTIL = 32

/** What is known of an attack while it runs. */
interface Watched {
  readonly victims: readonly string[]
  readonly untilMs: number
  lines: number
  /** Lines at which is asked next. */
  nextLines: number
}

/**
 * Says at which lines a live scorer has to be asked what it has to say, so that the time of an attack's first alert is
 * known to the line: at lines of attacks, and at those of their victims afterwards, as long as an alert counts and none
 * of high severity named the victim. Asking at every line gives the same alerts and takes ten times as long. After the first {@link EACH_UNTIL} lines of an
 * attack it is asked each time that their number has grown by a 32nd. What comes about in between, or by an honest line
 * of somebody else, is timed at the next watched line, or at the end of the day: too late rather than too early, by 3 %
 * of the lines.
 */
export class WatchedAttacks {
  readonly #attacks: ReadonlyMap<string, Watched>
  /** Until when the lines of a victim are watched, epoch ms. */
  readonly #watchedUntilMs = new Map<string, number>()

  constructor(episodes: readonly Episode[]) {
    this.#attacks = new Map(
      episodes.map(({ id, victims, endMs }) => [
        id,
        {
          victims: victims.map(userKeyOf),
          untilMs: endMs + WINDOW_AFTER_MS,
          lines: 0,
          nextLines: 1,
        },
      ]),
    )
  }

  /** @param episode of the line, null for an honest one */
  isWatched(
    { userKey, timestampMs }: Pick<AttemptEvent, 'userKey' | 'timestampMs'>,
    episode: string | null,
  ): boolean {
    if (episode === null) {
      const untilMs = this.#watchedUntilMs.get(userKey)
      return untilMs !== undefined && timestampMs <= untilMs
    }
    const attack = this.#attacks.get(episode)
    if (attack === undefined) return true
    for (const victim of attack.victims) {
      const knownMs = this.#watchedUntilMs.get(victim) ?? Number.NEGATIVE_INFINITY
      this.#watchedUntilMs.set(victim, Math.max(knownMs, attack.untilMs))
    }
    attack.lines++
    if (attack.lines < attack.nextLines) return false
    attack.nextLines = attack.lines + Math.max(1, Math.floor(attack.lines / EACH_UNTIL))
    return true
  }

  /** A victim of whom nothing graver is waited for: the lines are watched no longer. */
  wasNamed(userKey: string): void {
    if (this.#watchedUntilMs.has(userKey))
      this.#watchedUntilMs.set(userKey, Number.NEGATIVE_INFINITY)
  }
}
