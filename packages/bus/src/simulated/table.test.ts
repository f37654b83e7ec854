import { expect, test } from '@jest/globals'
import { BrokerError, type ConsumedRecord } from '../broker.ts'
import { SeededRandom } from './random.ts'
import { BrokerWorld, outgoing, topicSpec } from './testing/broker-world.ts'

const KEYS = 5
const CONFIG = { 'cleanup.policy': 'compact', 'delete.retention.ms': '60000' }

type Table = Map<string, string>

function apply(table: Table, { key, value }: ConsumedRecord): void {
  if (value === null) table.delete(key)
  else table.set(key, value.toString())
}

/** Writes random values and deletions to a compacted topic in transactions while a tail reads it, and another one afterwards. */
async function simulated(seed: number) {
  const { world, broker } = new BrokerWorld(seed)
  broker.create(topicSpec('table', 1, CONFIG))
  const random = new SeededRandom(seed)
  const process = world.process('p')
  const connection = broker.of(process)
  const written: Table = new Map()
  const write = async (): Promise<void> => {
    const writer = await connection.transactionalWriter('id')
    for (let round = 0; round < 30; round++) {
      const key = String(random.integer(KEYS))
      const value = random.chance(0.2) ? null : Buffer.from(`${seed}.${round}`)
      try {
        await writer.write([{ ...outgoing('table', 0, key), value }])
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error
        continue
      }
      if (value === null) written.delete(key)
      else written.set(key, value.toString())
      await process.clock.sleep(500)
    }
  }
  const early: Table = new Map()
  await world.complete(connection.tail('table', (record) => apply(early, record)))
  await world.complete(write(), { faults: { compaction: 0.1, refusedCall: 0.003 } })
  await world.run({ forMs: 20_000, faults: { compaction: 0.1 } })
  const late: Table = new Map()
  const tail = await world.complete(connection.tail('table', (record) => apply(late, record)))
  await world.complete(tail.caughtUp)
  await world.complete(tail.close())
  const { end } = broker.offsets('table', 0)
  return { written, early, late, end, kept: broker.committed('table').length }
}

const sorted = (table: Table) => [...table].sort()

test('a compacted topic says the same to who read all of it and to who comes later', async () => {
  let removed = 0
  for (let seed = 1; seed <= 100; seed++) {
    const { written, early, late, end, kept } = await simulated(seed)
    expect([seed, sorted(early)]).toEqual([seed, sorted(written)])
    expect([seed, sorted(late)]).toEqual([seed, sorted(written)])
    removed += end - kept
  }
  expect(removed).toBeGreaterThan(3_000)
})

test('whether a tail has caught up is about what there was when it was asked for', async () => {
  const { world, broker } = new BrokerWorld(1)
  const process = world.process('p')
  const connection = broker.of(process)
  const session = broker.sessionOf(process, 'open')
  const open = async (): Promise<void> => {
    await session.begin()
    for (const append of await session.appends([outgoing('t', 0, 'x')]))
      await session.append(append)
  }
  await world.complete(open())
  let isCaughtUp = false
  const tail = await world.complete(connection.tail('t', () => {}))
  void tail.caughtUp.then(() => {
    isCaughtUp = true
  })
  await world.run({ forMs: 20_000 })
  expect(isCaughtUp).toBe(false)
  await world.complete(session.end(false))
  await world.run({ forMs: 10_000 })
  expect(isCaughtUp).toBe(true)
})
