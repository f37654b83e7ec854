import { expect, test } from '@jest/globals'
import type { Faults } from './faults.ts'
import { wronglyOrdered, wronglyRead, wronglyWritten } from './testing/checks.ts'
import { type Attempt, Model } from './testing/model.ts'

const SEEDS = 300
const FAULTS: Faults = {
  crash: 0.002,
  pause: 0.003,
  disconnection: 0.002,
  outage: 0.002,
  rebalance: 0.002,
  refusedCall: 0.01,
  lostCall: 0.005,
  lostAnswer: 0.01,
  lateCall: 0.005,
}
const OUTCOMES: readonly Attempt['outcome'][] = [
  'written',
  'unavailable',
  'uncertain',
  'fenced',
  'pending',
]

/** A run with faults, and then one without, in which everything comes to its end. */
async function simulated(seed: number): Promise<Model> {
  const model = new Model(seed)
  const { world } = model.under
  await world.run({ steps: 1_500, faults: FAULTS, until: () => model.look() })
  world.heal()
  model.endWriting()
  // Late requests, and the sessions and transactions that they begin, are over by then.
  await world.run({ forMs: 200_000 })
  return model
}

test('committed data are read exactly and in order, others never', async () => {
  const counts = new Map<string, number>()
  const count = (name: string, by: number): void => {
    counts.set(name, (counts.get(name) ?? 0) + by)
  }
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { under, attempts, readings, crashes, sharedLooks } = await simulated(seed)
    const committed = under.broker.committed('t')
    const problems = [
      ...wronglyWritten(attempts, committed),
      ...wronglyOrdered(attempts, committed),
      ...wronglyRead(readings, committed),
      ...under.areStable().flatMap((isStable, p) => (isStable ? [] : [`${p} is not stable`])),
    ]
    if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${under.world.report()}`)
    for (const { outcome } of attempts) count(outcome, 1)
    count('crashes', crashes)
    count('shared', sharedLooks)
  }
  // A simulation in which nothing goes wrong would prove nothing.
  for (const name of [...OUTCOMES, 'crashes', 'shared']) {
    expect([name, (counts.get(name) ?? 0) > SEEDS]).toEqual([name, true])
  }
}, 120_000)

test('a seed is a run', async () => {
  const hashes = async (): Promise<string[]> => {
    const all: string[] = []
    for (let seed = 1; seed <= 5; seed++) all.push((await simulated(seed)).under.world.traceHash)
    return all
  }
  const first = await hashes()
  expect(await hashes()).toEqual(first)
  expect(new Set(first).size).toBe(5)
})
