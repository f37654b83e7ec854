import { expect, test } from '@jest/globals'
import type { Membership } from '../../broker.ts'
import { type BrokerUnderTest, keysOf, newTopic, outgoing, taken, until } from './context.ts'

const PARTITIONS = 6
const SIDES = ['left', 'right'] as const
type Side = (typeof SIDES)[number]

/** What the members of one group share in this test as they do in service by way of the changelog. */
class Ledger {
  /** Per side and partition: where to go on. Kept with what was processed, as a transaction does. */
  readonly positions = new Map<string, number>()
  /** Who may write for a partition, as fencing decides it. */
  readonly owners = new Map<number, GroupMember>()
  readonly seen: string[] = []
}

/** Reads what it is given, from where the ledger says, and writes down what it read while it is the owner. */
class GroupMember {
  readonly partitions = new Set<number>()
  readonly assigned: number[] = []
  readonly revoked: number[] = []
  readonly #ledger: Ledger
  readonly #topics: Readonly<Record<Side, string>>
  readonly #reading = new Set<Promise<void>>()
  #membership: Membership | null = null

  constructor(ledger: Ledger, topics: Readonly<Record<Side, string>>) {
    this.#ledger = ledger
    this.#topics = topics
  }

  async join(under: BrokerUnderTest, group: string): Promise<void> {
    const early: number[] = []
    this.#membership = await under.broker().join({
      group,
      topics: Object.values(this.#topics),
      onAssigned: (partitions) => {
        for (const partition of partitions) {
          this.partitions.add(partition)
          this.assigned.push(partition)
          this.#ledger.owners.set(partition, this)
          if (this.#membership === null) early.push(partition)
          else this.#start(partition)
        }
      },
      onRevoked: (partitions) => {
        for (const partition of partitions) this.partitions.delete(partition)
        this.revoked.push(...partitions)
      },
      onLost: (error) => {
        throw error
      },
    })
    for (const partition of early) this.#start(partition)
  }

  async leave(): Promise<void> {
    await this.#membership?.leave()
    await Promise.all(this.#reading)
  }

  #start(partition: number): void {
    for (const side of SIDES) this.#reading.add(this.#read(side, partition))
  }

  async #read(side: Side, partition: number): Promise<void> {
    const { owners, positions, seen } = this.#ledger
    const reader = this.#membership?.reader(this.#topics[side], partition)
    if (reader === undefined) throw new Error('not a member')
    const place = `${side} ${partition}`
    let position = positions.get(place) ?? 0
    reader.seek(position)
    while (this.partitions.has(partition)) {
      const records = await reader.take(7, 100)
      // A member that was given the partition has fenced this one, which may not know yet.
      if (owners.get(partition) !== this) return
      for (const { offset, key } of records) {
        expect(offset).toBeGreaterThanOrEqual(position)
        position = offset + 1
        seen.push(`${place} ${key}`)
      }
      positions.set(place, position)
    }
  }
}

export function groupsContract(under: BrokerUnderTest): void {
  test('members come and go; every record is read once; both topics stay together', async () => {
    const ledger = new Ledger()
    const topics = {
      left: await newTopic(under, 'left', PARTITIONS),
      right: await newTopic(under, 'right', PARTITIONS),
    }
    const group = under.name('group')
    const written: string[] = []
    const writer = await under.broker().writer()
    const writeRound = async (): Promise<void> => {
      const round = String(written.length)
      const records = SIDES.flatMap((side) =>
        Array.from({ length: PARTITIONS }, (_, partition) => ({
          ...outgoing(topics[side], partition, round),
          place: `${side} ${partition} ${round}`,
        })),
      )
      await writer.write(records)
      written.push(...records.map(({ place }) => place))
    }
    let isWriting = true
    const writing = (async () => {
      while (isWriting) await writeRound()
    })()

    const members = [new GroupMember(ledger, topics), new GroupMember(ledger, topics)]
    const [first, second] = members as [GroupMember, GroupMember]
    const shares = () => members.map(({ partitions }) => partitions.size).sort()
    await first.join(under, group)
    expect([...first.partitions].sort()).toEqual([0, 1, 2, 3, 4, 5])
    await second.join(under, group)
    await until(() => shares().join() === '3,3', 'two members with three partitions each')
    // What the first one kept it kept without a word.
    expect(first.assigned).toHaveLength(PARTITIONS)
    expect(first.revoked).toHaveLength(3)

    const third = new GroupMember(ledger, topics)
    members.push(third)
    await third.join(under, group)
    await until(() => shares().join() === '2,2,2', 'three members with two partitions each')
    await first.leave()
    await until(() => shares().join() === '0,3,3', 'the two that stayed have everything')
    expect(new Set([...second.partitions, ...third.partitions]).size).toBe(PARTITIONS)

    isWriting = false
    await writing
    await until(() => ledger.seen.length >= written.length, 'everything is read')
    await second.leave()
    await third.leave()
    expect(third.partitions.size).toBe(0)
    expect([...ledger.seen].sort()).toEqual([...written].sort())
  })

  test('a reader that stays over a rebalance goes on where it was', async () => {
    const topic = await newTopic(under, 'stays', 2)
    const writer = await under.broker().writer()
    await writer.write(
      [0, 1].flatMap((partition) =>
        Array.from({ length: 9 }, (_, n) => outgoing(topic, partition, String(n))),
      ),
    )
    const group = under.name('group')
    const events: string[] = []
    const member = (name: string) =>
      under.broker().join({
        group,
        topics: [topic],
        onAssigned: (partitions) => events.push(`${name}+${partitions.join()}`),
        onRevoked: (partitions) => events.push(`${name}-${partitions.join()}`),
        onLost: (error) => events.push(`${name} ${error.message}`),
      })
    const first = await member('a')
    const readers = [0, 1].map((partition) => first.reader(topic, partition))
    for (const reader of readers) reader.seek(2)
    for (const reader of readers) {
      expect(keysOf(await taken(reader, 3))).toEqual(['2', '3', '4'])
      await reader.commit(1)
    }
    await member('b')
    await until(() => events.length === 3, 'both have one')
    const lost = events.includes('a-0') ? 0 : 1
    const kept = 1 - lost
    expect([...events].sort()).toEqual(['a+0,1', `a-${lost}`, `b+${lost}`])
    expect(await readers[lost]?.take(10, 10_000)).toEqual([])
    const reader = readers[kept]
    if (reader === undefined) throw new Error('there are two')
    expect(keysOf(await taken(reader, 4))).toEqual(['5', '6', '7', '8'])
    expect(await first.reader(topic, lost).take(10, 10_000)).toEqual([])
  })

  test('a group cannot be joined for a topic that is missing', async () => {
    const options = {
      group: under.name('group'),
      topics: [under.name('missing')],
      onAssigned: () => {},
      onRevoked: () => {},
      onLost: () => {},
    }
    await expect(under.broker().join(options)).rejects.toMatchObject({ problem: 'no-topic' })
  })
}
