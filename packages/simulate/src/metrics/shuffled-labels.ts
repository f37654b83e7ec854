import type { Attempt } from '@sekisho/event'
import { Random } from '../generate/random.ts'
import { JudgedEpisode } from './labelled-episode.ts'

/** Everybody who logged in and every source network of a run. */
export interface Population {
  readonly userKeys: readonly string[]
  readonly prefixes: readonly string[]
}

/** Collects the population of a run. */
export class PopulationTally {
  readonly #userKeys = new Set<string>()
  readonly #prefixes = new Set<string>()

  add({ event: { attempt, userKey }, prefix }: Attempt): void {
    if (prefix !== '') this.#prefixes.add(prefix)
    if (attempt === 'success') this.#userKeys.add(userKey)
  }

  get population(): Population {
    return { userKeys: [...this.#userKeys], prefixes: [...this.#prefixes] }
  }
}

/**
 * The same attacks at the same times, said to have been of other users and from other networks: each name stands for
 * one that is drawn from the run, and two names of an attack for two. What a detector still finds it finds by chance.
 */
export function withShuffledLabels(
  episodes: readonly JudgedEpisode[],
  { userKeys, prefixes }: Population,
  seed: number,
): JudgedEpisode[] {
  const random = new Random('shuffled-labels', seed)
  return episodes.map(({ episode, labels }) => {
    const users = otherNames([...labels.triedMs.keys(), ...labels.victims], userKeys, random)
    const networks = otherNames(labels.prefixes, prefixes, random)
    return new JudgedEpisode(episode, {
      ...labels,
      prefixes: new Set(networks.values()),
      triedMs: new Map([...labels.triedMs].map(([user, ms]) => [users.get(user) ?? '', ms])),
      victims: new Set([...labels.victims].map((user) => users.get(user) ?? '')),
      gotIn: new Set([...labels.gotIn].map((user) => users.get(user) ?? '')),
    })
  })
}

/** Another name for each, no two alike as long as there are enough. */
function otherNames(
  names: Iterable<string>,
  pool: readonly string[],
  random: Random,
): ReadonlyMap<string, string> {
  const distinct = [...new Set(names)]
  const drawn = random.sample(pool, Math.min(distinct.length, pool.length))
  return new Map(distinct.map((name, index) => [name, drawn[index % drawn.length] ?? '']))
}
