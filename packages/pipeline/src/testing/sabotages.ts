import type { Broker, Membership, OutgoingRecord, PartitionReader, Writer } from '@sekisho/bus'
import type { Sabotage } from './kafka-simulation.ts'

/** Five ways to break the protocol. The simulation must notice each, or it proves nothing. */
export const SABOTAGES: readonly Sabotage[] = [
  {
    name: 'commit before output: the state and its offset go first, what was found in a transaction of its own',
    broker: (broker) =>
      withTransactions(broker, (writer) => ({
        async write(records) {
          await writer.write(records.filter(isChangelog))
          const outputs = records.filter((record) => !isChangelog(record))
          if (outputs.length > 0) await writer.write(outputs)
        },
        close: () => writer.close(),
      })),
  },
  {
    name: 'offset without state: the offset moves on, what has changed is left out',
    broker: (broker) =>
      withTransactions(broker, (writer) => ({
        write: (records) => writer.write(records.map(withoutPayload)),
        close: () => writer.close(),
      })),
  },
  {
    name: 'no fence: every owner has a transactional id of its own',
    broker: (broker, life) => ({
      ...forwarded(broker),
      transactionalWriter: (id) => broker.transactionalWriter(`${id}-${life}`),
    }),
  },
  {
    name: 'random alert id: every life of a process gives alerts other ids',
    broker: (broker, life) =>
      withTransactions(broker, (writer) => ({
        write: (records) => writer.write(records.map((record) => renamed(record, life))),
        close: () => writer.close(),
      })),
  },
  {
    name: 'skip restore: a new owner begins with nothing',
    broker: (broker) => ({
      ...forwarded(broker),
      join: (options) =>
        broker.join({
          ...options,
          onAssigned: (partitions, membership) =>
            options.onAssigned(partitions, withoutHistory(membership)),
        }),
    }),
  },
]

function forwarded(broker: Broker): Broker {
  return {
    describe: (topics) => broker.describe(topics),
    create: (topics) => broker.create(topics),
    writer: () => broker.writer(),
    transactionalWriter: (id) => broker.transactionalWriter(id),
    join: (options) => broker.join(options),
    tail: (topic, onRecord) => broker.tail(topic, onRecord),
    close: () => broker.close(),
  }
}

function withTransactions(broker: Broker, changed: (writer: Writer) => Writer): Broker {
  return {
    ...forwarded(broker),
    transactionalWriter: async (id) => changed(await broker.transactionalWriter(id)),
  }
}

function isChangelog({ topic }: OutgoingRecord): boolean {
  return topic.includes('.changelog.')
}

/** Keeps the header of a piece, in which the offset stands. */
function withoutPayload(record: OutgoingRecord): OutgoingRecord {
  const { key, value } = record
  if (!isChangelog(record) || value === null || !key.startsWith('delta/')) return record
  return { ...record, value: value.subarray(0, 4 + value.readUInt32LE(0)) }
}

function renamed(record: OutgoingRecord, life: string): OutgoingRecord {
  if (!record.topic.endsWith('.alerts') || record.value === null) return record
  const id = `${record.key}-${life}`
  const text = record.value.toString('utf8').replaceAll(record.key, id)
  return { ...record, key: id, value: Buffer.from(text) }
}

function withoutHistory(membership: Membership): Membership {
  return {
    reader(topic, partition) {
      const reader = membership.reader(topic, partition)
      return topic.includes('.changelog.') ? ownersOnly(reader) : reader
    },
    leave: () => membership.leave(),
  }
}

function ownersOnly(reader: PartitionReader): PartitionReader {
  return {
    seek: (offset) => reader.seek(offset),
    beginning: () => reader.beginning(),
    take: async (recordsMax, waitMs) =>
      (await reader.take(recordsMax, waitMs)).filter(({ key }) => key === 'owner'),
    get lag() {
      return reader.lag
    },
    commit: (nextOffset) => reader.commit(nextOffset),
  }
}
