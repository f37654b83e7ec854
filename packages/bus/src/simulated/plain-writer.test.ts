import { expect, test } from '@jest/globals'
import { BrokerError, type Writer } from '../broker.ts'
import { BrokerWorld, outgoing } from './testing/broker-world.ts'

/** Writes each key until that has succeeded, with new writers where the old one has ended. */
async function writeAll(connect: () => Promise<Writer>, keys: readonly string[]): Promise<number> {
  let writer: Writer | null = null
  let failures = 0
  for (let index = 0; index < keys.length; ) {
    try {
      writer ??= await connect()
      await writer.write([0, 1, 2].map((partition) => outgoing('t', partition, keys[index] ?? '')))
      index++
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error
      failures++
      if (error.problem === 'uncertain') writer = null
    }
  }
  return failures
}

test('a caller who tries again loses nothing and may write twice; the writer itself never does', async () => {
  const keys = Array.from({ length: 10 }, (_, index) => String(index))
  let duplicates = 0
  let failures = 0
  for (let seed = 0; seed < 60; seed++) {
    const under = new BrokerWorld(seed)
    const { world, broker } = under
    const connection = broker.of(under.process('a'))
    const faults = { refusedCall: 0.05, lostCall: 0.05, lostAnswer: 0.05, lateCall: 0.05 }
    const writing = writeAll(() => connection.writer(), keys)
    const failed = await world.complete(writing, { faults })
    await world.run()
    failures += failed
    const written = under.committedKeys
    expect(new Set(written).size).toBe(keys.length)
    if (failed === 0) expect(written).toEqual([...keys, ...keys, ...keys])
    duplicates += written.length - 3 * keys.length
  }
  expect(failures).toBeGreaterThan(50)
  expect(duplicates).toBeGreaterThan(20)
})

test('a crash may leave a part of what was to be written', async () => {
  const counts = new Set<number>()
  for (let seed = 0; seed < 100; seed++) {
    const under = new BrokerWorld(seed)
    const { world, broker } = under
    const process = under.process('a')
    void writeAll(() => broker.of(process).writer(), ['x'])
    await world.run({ steps: 4 + (seed % 8) })
    process.crash()
    await world.run()
    counts.add(under.committedKeys.length)
  }
  expect([...counts].sort()).toEqual([0, 1, 2, 3])
})

test('a broker that is down answers later, or not, and keeps what it had', async () => {
  const outcomes = new Set<string>()
  for (let seed = 0; seed < 40; seed++) {
    const under = new BrokerWorld(seed)
    const { world, broker } = under
    const connection = broker.of(under.process('a'))
    const writer = await world.complete(connection.writer())
    await world.complete(writer.write([outgoing('t', 0, 'kept')]))
    broker.stop()
    world.after(5_000, 'restart', () => broker.restart())
    const startMs = world.nowMs
    const written = writer.write([outgoing('t', 0, 'x')]).then(
      () => 'written',
      (error: BrokerError) => error.problem,
    )
    const outcome = await world.complete(written)
    if (outcome === 'written') expect(world.nowMs - startMs).toBeGreaterThanOrEqual(4_999)
    await world.run()
    outcomes.add(outcome)
    expect(under.committedKeys).toEqual(outcome === 'written' ? ['kept', 'x'] : ['kept'])
  }
  expect([...outcomes].sort()).toEqual(['unavailable', 'uncertain', 'written'])
})
