import { randomBytes } from 'node:crypto'
import type { Broker, ConsumedRecord, OutgoingRecord, PartitionReader } from '../../broker.ts'

/** What the parts of the contract need of whoever runs them against a broker. */
export interface BrokerUnderTest {
  /** A connection of its own, closed when the test is over. */
  broker(): Broker
  /** A name for a topic, group or id that nothing else has. */
  name(of: string): string
}

/** Creates a topic of that many partitions. @returns its name */
export async function newTopic(
  test: BrokerUnderTest,
  of: string,
  partitions = 1,
  config: Readonly<Record<string, string>> = {},
): Promise<string> {
  const topic = test.name(of)
  await test.broker().create([{ topic, partitions, replicationFactor: 1, config }])
  return topic
}

export function outgoing(
  topic: string,
  partition: number,
  key: string,
  value: string | null = key,
): OutgoingRecord {
  return { topic, partition, key, value: value === null ? null : Buffer.from(value) }
}

/** Bytes that do not compress. */
export function noise(bytes: number): Buffer {
  return randomBytes(bytes)
}

/** Everything that was committed in a topic up to now. */
export async function contents(test: BrokerUnderTest, topic: string): Promise<ConsumedRecord[]> {
  const records: ConsumedRecord[] = []
  const tail = await test.broker().tail(topic, (record) => records.push(record))
  await tail.caughtUp
  await tail.close()
  return records
}

export function keysOf(records: readonly ConsumedRecord[]): string[] {
  return records.map(({ key }) => key)
}

/** Takes until there are that many, or none came for `quietMs`. */
export async function taken(
  reader: PartitionReader,
  count: number,
  quietMs = 10_000,
): Promise<ConsumedRecord[]> {
  const records: ConsumedRecord[] = []
  while (records.length < count) {
    const some = await reader.take(Math.min(500, count - records.length), quietMs)
    if (some.length === 0) break
    records.push(...some)
  }
  return records
}

/** Joins a group alone, so that it has all partitions. */
export async function soleReader(
  test: BrokerUnderTest,
  topic: string,
  partition = 0,
): Promise<PartitionReader> {
  const assigned = Promise.withResolvers<void>()
  const membership = await test.broker().join({
    group: test.name('sole-reader'),
    topics: [topic],
    onAssigned: () => assigned.resolve(),
    onRevoked: () => {},
    onLost: assigned.reject,
  })
  await assigned.promise
  return membership.reader(topic, partition)
}

/** Waits until it holds; fails after `limitMs`. */
export async function until(holds: () => boolean, what: string, limitMs = 30_000): Promise<void> {
  const endMs = performance.now() + limitMs
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`not within ${limitMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
