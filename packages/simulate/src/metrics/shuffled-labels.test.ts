import { describe, expect, test } from '@jest/globals'
import type { Episode } from '../simulation.ts'
import { LabelledEpisode } from './labelled-episode.ts'
import { withShuffledLabels } from './shuffled-labels.ts'

const POPULATION = {
  userKeys: Array.from({ length: 500 }, (_, index) => `user${index}`),
  prefixes: Array.from({ length: 200 }, (_, index) => `10.0.${index}.0/24`),
}

function episode() {
  const labelled = new LabelledEpisode()
  for (const [index, userKey] of ['emma', 'noah', 'grace'].entries()) {
    const at = { timestampMs: 1000 + index, userKey, sourceAddress: '198.51.100.7' }
    const attempt = userKey === 'grace' ? 'success' : 'bad_credential'
    labelled.add({ ...at, attempt, decides: 'yes' })
  }
  const truth = { id: 'a-1', victims: ['Grace'], addresses: ['198.51.100.7'] }
  return labelled.judge({ ...truth, startMs: 1000, endMs: 2000 } as unknown as Episode)
}

describe('withShuffledLabels', () => {
  const [shuffled] = withShuffledLabels([episode()], POPULATION, 7)

  test('as many others, at the same time', () => {
    const { labels } = episode()
    expect(shuffled?.labels).toMatchObject({ fromMs: labels.fromMs, throughMs: labels.throughMs })
    expect([...(shuffled?.labels.triedMs.values() ?? [])]).toEqual([1000, 1001, 1002])
    for (const name of shuffled?.labels.triedMs.keys() ?? []) {
      expect(POPULATION.userKeys).toContain(name)
    }
    expect(shuffled?.labels.prefixes.size).toBe(1)
  })

  test('a user stays one user', () => {
    const [victim] = shuffled?.labels.victims ?? []
    expect(shuffled?.labels.gotIn).toEqual(new Set([victim]))
    expect(shuffled?.labels.triedMs.has(victim ?? '')).toBe(true)
  })

  test('who was attacked is no longer found, and the same seed gives the same', () => {
    const about = { timestampMs: 1500, userKey: 'grace', prefixes: ['198.51.100.0/24'] }
    expect(episode().isNamedBy(about)).toBe(true)
    expect(shuffled?.isNamedBy(about)).toBe(false)
    expect(withShuffledLabels([episode()], POPULATION, 7)[0]?.labels).toEqual(shuffled?.labels)
    expect(withShuffledLabels([episode()], POPULATION, 8)[0]?.labels).not.toEqual(shuffled?.labels)
  })
})
