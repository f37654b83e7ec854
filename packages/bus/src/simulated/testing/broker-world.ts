import type { ConsumedRecord, OutgoingRecord, TopicSpec } from '../../broker.ts'
import type { SimulatedProcess } from '../process.ts'
import { SimulatedBroker } from '../simulated-broker.ts'
import { SimulatedWorld } from '../world.ts'

export function topicSpec(
  topic: string,
  partitions: number,
  config: Readonly<Record<string, string>> = {},
): TopicSpec {
  return { topic, partitions, replicationFactor: 1, config }
}

export function outgoing(topic: string, partition: number, key: string): OutgoingRecord {
  return { topic, partition, key, value: Buffer.from(key) }
}

export function keysOf(records: readonly ConsumedRecord[]): string[] {
  return records.map(({ key }) => key)
}

/** A world with a broker that has a topic `t` of some partitions. */
export class BrokerWorld {
  readonly world: SimulatedWorld
  readonly broker: SimulatedBroker

  constructor(seed: number, partitions = 3) {
    this.world = new SimulatedWorld(seed)
    this.broker = new SimulatedBroker(this.world)
    this.broker.create(topicSpec('t', partitions))
  }

  get committedKeys(): string[] {
    return keysOf(this.broker.committed('t'))
  }

  process(name: string): SimulatedProcess {
    return this.world.process(name)
  }

  /** One record into every one of some partitions, by a writer of that process. */
  async writeAs(process: SimulatedProcess, id: string, key: string, partitions = 3): Promise<void> {
    const writer = await this.broker.of(process).transactionalWriter(id)
    const records = Array.from({ length: partitions }, (_, index) => outgoing('t', index, key))
    await writer.write(records)
  }

  /** True for every partition in which no transaction is open. */
  areStable(partitions = 3): boolean[] {
    return Array.from({ length: partitions }, (_, partition) => {
      const { stable, end } = this.broker.offsets('t', partition)
      return stable === end
    })
  }
}
