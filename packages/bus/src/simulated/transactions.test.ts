import { expect, test } from '@jest/globals'
import { BrokerError, type BrokerProblem } from '../broker.ts'
import { BrokerWorld, outgoing } from './testing/broker-world.ts'

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)

/** What a promise was rejected with; null when it was not. */
async function problemOf(promise: Promise<unknown>): Promise<BrokerProblem | null> {
  try {
    await promise
    return null
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error
    return error.problem
  }
}

test('a crash at any step leaves a transaction whole or leaves nothing', async () => {
  const outcomes = new Set<string>()
  for (const seed of SEEDS) {
    for (let steps = 1; steps < 26; steps += 2) {
      const under = new BrokerWorld(seed)
      const { world } = under
      const crashing = under.process('a')
      void under.writeAs(crashing, 'id', 'x')
      await world.run({ steps })
      crashing.crash()
      const next = under.process('a')
      await world.complete(under.writeAs(next, 'id', 'y'))
      await world.run()
      const keys = under.committedKeys.join('')
      outcomes.add(keys)
      expect(under.areStable()).toEqual([true, true, true])
    }
  }
  expect([...outcomes].sort()).toEqual(['xyxyxy', 'yyy'])
})

test('markers become visible partition by partition', async () => {
  const seen = new Set<number>()
  for (const seed of SEEDS) {
    const under = new BrokerWorld(seed)
    void under.writeAs(under.process('a'), 'id', 'x')
    while ((await under.world.run({ steps: 1 })) === 'steps') seen.add(under.committedKeys.length)
  }
  expect([...seen].sort()).toEqual([0, 1, 2, 3])
})

test('a zombie that goes on after another has begun writes nothing', async () => {
  for (const seed of SEEDS) {
    const under = new BrokerWorld(seed)
    const { world } = under
    const zombie = under.process('zombie')
    const writer = await world.complete(under.broker.of(zombie).transactionalWriter('id'))
    await world.complete(writer.write([outgoing('t', 0, 'a')]))
    const problem = problemOf(writer.write([0, 1, 2].map((p) => outgoing('t', p, 'z'))))
    await world.run({ steps: 1 + (seed % 4) })
    zombie.pause()
    await world.complete(under.writeAs(under.process('next'), 'id', 'b', 1))
    zombie.resume()
    expect(await world.complete(problem)).toBe('fenced')
    expect(await problemOf(writer.write([outgoing('t', 0, 'z')]))).toBe('fenced')
    await world.run()
    expect(under.committedKeys).toEqual(['a', 'b'])
  }
})

test('an open transaction of a process that is gone is aborted when its time is over', async () => {
  const under = new BrokerWorld(1)
  const { world, broker } = under
  const process = under.process('a')
  const session = broker.sessionOf(process, 'id')
  const write = async (): Promise<void> => {
    await session.begin()
    for (const append of await session.appends([outgoing('t', 0, 'x')]))
      await session.append(append)
  }
  for (let round = 0; round < 2; round++) {
    await world.complete(write())
    await world.complete(session.end(true))
    await world.complete(process.clock.sleep(30_000))
  }
  await world.complete(write())
  process.pause()
  await world.run({ forMs: 55_000 })
  expect(under.areStable()).toEqual([false, true, true])
  await world.run({ forMs: 10_000 })
  expect(under.areStable()).toEqual([true, true, true])
  process.resume()
  expect(await problemOf(world.complete(session.end(true)))).toBe('fenced')
  expect(under.committedKeys).toEqual(['x', 'x'])
})

test.each([
  ['refusedCall', [0]],
  ['lostCall', [0]],
  ['lostAnswer', [0, 3]],
  ['lateCall', [0, 3]],
] as const)(
  'of a transaction that fails by %s it is said what is known',
  async (fault, possible) => {
    const problems = new Set<BrokerProblem | null>()
    const uncertainWritten = new Set<number>()
    for (let seed = 0; seed < 150; seed++) {
      const under = new BrokerWorld(seed)
      const { world, broker } = under
      const process = under.process('a')
      const writer = await world.complete(broker.of(process).transactionalWriter('id'))
      const written = problemOf(writer.write([0, 1, 2].map((p) => outgoing('t', p, 'x'))))
      const problem = await world.complete(written, { faults: { [fault]: 0.1 } })
      problems.add(problem)
      if (problem === 'unavailable') {
        // Such a writer may go on.
        await world.complete(writer.write([outgoing('t', 0, 'y')]))
      } else if (problem === 'uncertain') {
        expect(await problemOf(writer.write([outgoing('t', 0, 'y')]))).toBe('uncertain')
      }
      await world.run()
      const count = under.committedKeys.filter((key) => key === 'x').length
      if (problem === 'uncertain') uncertainWritten.add(count)
      else expect(count).toBe(problem === null ? 3 : 0)
    }
    expect(problems).toEqual(new Set([null, 'unavailable', 'uncertain']))
    expect([...uncertainWritten].sort()).toEqual(possible)
  },
)
