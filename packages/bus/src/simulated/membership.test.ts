import { expect, test } from '@jest/globals'
import type { Membership } from '../broker.ts'
import type { SimulatedProcess } from './process.ts'
import { BrokerWorld, keysOf, outgoing } from './testing/broker-world.ts'

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)
const PARTITIONS = 4

/** A member of a group that notes what it owns. */
class Member {
  readonly owned = new Set<number>()
  readonly events: string[] = []
  readonly process: SimulatedProcess
  readonly membership: Promise<Membership>

  constructor(under: BrokerWorld, name: string) {
    this.process = under.process(name)
    this.membership = under.broker.of(this.process).join({
      group: 'g',
      topics: ['t'],
      onAssigned: (partitions) => {
        for (const partition of partitions) this.owned.add(partition)
        this.events.push(`+${partitions.join()}`)
      },
      onRevoked: (partitions) => {
        for (const partition of partitions) this.owned.delete(partition)
        this.events.push(`-${partitions.join()}`)
      },
      onLost: (error) => this.events.push(error.problem),
    })
  }
}

/** Members that have joined; all partitions are shared among them. */
async function joined(seed: number, ...names: string[]) {
  const under = new BrokerWorld(seed, PARTITIONS)
  const members = names.map((name) => new Member(under, name))
  await under.world.complete(Promise.all(members.map(({ membership }) => membership)))
  await under.world.run({ forMs: 20_000 })
  return { under, members }
}

const sizes = (...members: readonly Member[]) => members.map(({ owned }) => owned.size).sort()
const all = (...members: readonly Member[]) => members.flatMap(({ owned }) => [...owned]).sort()

test('members share all partitions; who leaves gives his to the others', async () => {
  for (const seed of SEEDS) {
    const { under, members } = await joined(seed, 'a', 'b', 'c')
    const [a, b, c] = members as [Member, Member, Member]
    expect(sizes(a, b, c)).toEqual([1, 1, 2])
    expect(all(a, b, c)).toEqual([0, 1, 2, 3])
    const leaving = (await under.world.complete(c.membership)).leave()
    expect(c.owned.size).toBe(0)
    await under.world.complete(leaving)
    await under.world.run({ forMs: 20_000 })
    expect(sizes(a, b)).toEqual([2, 2])
    expect(all(a, b)).toEqual([0, 1, 2, 3])
  }
})

test('who has crashed is given up after the session timeout and not before', async () => {
  for (const seed of SEEDS) {
    const { under, members } = await joined(seed, 'a', 'b')
    const [a, b] = members as [Member, Member]
    a.process.crash()
    await under.world.run({ forMs: 9_900 })
    expect(b.owned.size).toBe(2)
    await under.world.run({ forMs: 40_000 })
    expect(all(b)).toEqual([0, 1, 2, 3])
    expect(a.owned.size).toBe(2)
    const next = new Member(under, 'a')
    await under.world.complete(next.membership)
    await under.world.run({ forMs: 20_000 })
    expect(all(next, b)).toEqual([0, 1, 2, 3])
    expect(sizes(next, b)).toEqual([2, 2])
  }
})

test.each([
  ['pause', 'resume'],
  ['disconnect', 'reconnect'],
] as const)(
  'after a long %s a member believes for a while that it owns what others own',
  async (begin, end) => {
    for (const seed of SEEDS.slice(0, 15)) {
      const { under, members } = await joined(seed, 'a', 'b')
      const [a, b] = members as [Member, Member]
      a.process[begin]()
      await under.world.run({ forMs: 40_000 })
      expect(sizes(a, b)).toEqual([2, 4])
      a.process[end]()
      // It was another member meanwhile, so what it had it loses before it is given anything.
      const hasLostAll = () => a.owned.size === 0
      expect(await under.world.run({ forMs: 40_000, until: hasLostAll })).toBe('until')
      await under.world.run({ forMs: 40_000 })
      expect(all(a, b)).toEqual([0, 1, 2, 3])
      expect(sizes(a, b)).toEqual([2, 2])
    }
  },
)

test('a short pause goes unnoticed', async () => {
  for (const seed of SEEDS) {
    const { under, members } = await joined(seed, 'a', 'b')
    const events = members.map((member) => [...member.events])
    members[0]?.process.pause()
    await under.world.run({ forMs: 9_900 })
    members[0]?.process.resume()
    await under.world.run({ forMs: 30_000 })
    expect(members.map((member) => member.events)).toEqual(events)
  }
})

test('during a rebalance two members may own one partition, and none is left without an owner', async () => {
  let shared = 0
  for (const seed of SEEDS) {
    const { under, members } = await joined(seed, 'a', 'b')
    members.push(new Member(under, 'c'))
    const watch = (): boolean => {
      const owners = all(...members)
      if (new Set(owners).size < owners.length) shared++
      return false
    }
    await under.world.run({ forMs: 30_000, until: watch })
    under.broker.rebalance('g')
    await under.world.run({ forMs: 30_000, until: watch, faults: { rebalance: 1e-9 } })
    expect(all(...members)).toEqual([0, 1, 2, 3])
    expect([...under.broker.shares('g').values()].map((share) => [...share].sort())).toEqual(
      expect.arrayContaining(members.map(({ owned }) => [...owned].sort())),
    )
  }
  expect(shared).toBeGreaterThan(30)
})

test('a reader gives nothing once its partition is revoked, also to who waits', async () => {
  for (const seed of SEEDS) {
    const { under, members } = await joined(seed, 'a')
    const [a] = members as [Member]
    const membership = await a.membership
    const reader = membership.reader('t', 0)
    if (seed % 2 === 0) reader.seek(0)
    const waiting = reader.take(10, 1_000_000)
    await under.world.run({ forMs: 1_000 })
    const startMs = under.world.nowMs
    void membership.leave()
    expect(await under.world.complete(waiting)).toEqual([])
    await under.world.complete(under.writeAs(a.process, 'id', 'x'))
    expect(await under.world.complete(reader.take(10, 1_000_000))).toEqual([])
    expect(await under.world.complete(membership.reader('t', 1).take(10, 1_000_000))).toEqual([])
    expect(under.world.nowMs - startMs).toBeLessThan(60_000)
  }
})

test('take gives some of what there is, in order, and waits no longer than it is told', async () => {
  const sizesSeen = new Set<number>()
  for (const seed of SEEDS) {
    const { under, members } = await joined(seed, 'a')
    const { world, broker } = under
    const [a] = members as [Member]
    const reader = (await a.membership).reader('t', 0)
    const writer = await world.complete(broker.of(a.process).writer())
    const keys = Array.from({ length: 20 }, (_, index) => String(index))
    await world.complete(writer.write(keys.map((key) => outgoing('t', 0, key))))
    reader.seek(3)
    const read: string[] = []
    while (read.length < 17) {
      const records = await world.complete(reader.take(10, 1_000))
      expect(records.length).toBeLessThanOrEqual(10)
      sizesSeen.add(records.length)
      read.push(...keysOf(records))
    }
    expect(read).toEqual(keys.slice(3))
    const startMs = world.nowMs
    expect(await world.complete(reader.take(10, 5_000))).toEqual([])
    const waitedMs = world.nowMs - startMs
    expect(waitedMs >= 5_000 && waitedMs < 9_000).toBe(true)
    await world.complete(reader.commit(20))
    expect(broker.groupOffset('g', 't', 0)).toBe(20)
    expect(broker.groupOffset('g', 't', 1)).toBeNull()
    broker.deleteBefore('t', 0, 5)
    reader.seek(0)
    expect((await world.complete(reader.take(1, 1_000)))[0]?.offset).toBe(5)
    expect(await world.complete(reader.beginning())).toBe(5)
  }
  expect(sizesSeen.size).toBeGreaterThan(5)
})
