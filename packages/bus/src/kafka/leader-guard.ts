import type { ICustomPartitioner, Message, PartitionerArgs } from 'kafkajs'
import { BrokerError } from '../broker.ts'

/**
 * Chooses the partition that the record names, and sees to it that the library's retries write nothing twice.
 *
 * The library sends a request to each leader, and tries again those that failed; what another leader has taken
 * already is left out by leader, not by partition. So a partition that was written and then moves to a leader that is
 * tried again would be written again, under new sequence numbers that hide it from the broker. That is refused.
 */
export class LeaderGuard {
  #firstMessage: Message | null = null
  #before = new Map<string, number>()
  #now = new Map<string, number>()

  /** To be given to the library. */
  readonly createPartitioner: ICustomPartitioner = () => (choice) => this.#partitionOf(choice)

  /** A request begins; one at a time. @param firstMessage the first of its messages */
  begin(firstMessage: Message): void {
    this.#firstMessage = firstMessage
    this.#before = new Map()
    this.#now = new Map()
  }

  /** The library asks for every message again whenever it tries, in the same order. */
  #partitionOf({ topic, message, partitionMetadata }: PartitionerArgs): number {
    if (message === this.#firstMessage) {
      this.#before = this.#now
      this.#now = new Map()
    }
    const partition = message.partition ?? -1
    const id = `${topic} ${partition}`
    const known = this.#now.get(id)
    if (known !== undefined) return partition
    const metadata = partitionMetadata.find(({ partitionId }) => partitionId === partition)
    // The library would leave out the record without a word.
    if (metadata === undefined) {
      throw new BrokerError('no-topic', `topic ${topic} has no partition ${partition}`)
    }
    const leader = this.#before.get(id)
    const wasTakenPerhaps = new Set(this.#before.values()).size > 1
    if (wasTakenPerhaps && leader !== undefined && leader !== metadata.leader) {
      const message = `partition ${partition} of topic ${topic} changed its leader while it was written`
      throw new BrokerError('uncertain', message)
    }
    this.#now.set(id, metadata.leader)
    return partition
  }
}
