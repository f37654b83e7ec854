import { type AttemptEvent, userKeyOf } from '@sekisho/event'
import type { Episode } from '../simulation.ts'

/**
 * Says at which lines a live scorer has to be asked what it has to say, so that the time of an attack's first alert is
 * known to the line: at lines of attacks, and at those of their victims afterwards. Asking at every line gives the same
 * alerts and takes ten times as long. What an honest line of somebody else brings about is timed at the next watched
 * line, or at the end of the day: too late rather than too early.
 */
export class WatchedAttacks {
  readonly #victims: ReadonlyMap<string, readonly string[]>
  readonly #watched = new Set<string>()

  constructor(episodes: readonly Episode[]) {
    this.#victims = new Map(episodes.map(({ id, victims }) => [id, victims.map(userKeyOf)]))
  }

  /** @param episode of the line, null for an honest one */
  isWatched({ userKey }: Pick<AttemptEvent, 'userKey'>, episode: string | null): boolean {
    if (episode === null) return this.#watched.has(userKey)
    for (const victim of this.#victims.get(episode) ?? []) this.#watched.add(victim)
    return true
  }
}
