import { balancedShares } from '../kafka/balanced-shares.ts'
import type { Availability } from './availability.ts'
import type { SimulatedProcess } from './process.ts'
import type { SimulatedWorld } from './world.ts'

/** How soon a living member joins again after it was asked to, and how late it may be, ms. */
const JOIN_MS_MIN = 10
const JOIN_MS_MAX = 2_500
/** How often the coordinator looks whether a silent member has come back or run out of time, ms. */
const SILENT_POLL_MS = 500
/** How soon a member hears that it was given up, ms. */
const HEARTBEAT_MS = 1_000

/** A member as the coordinator sees it. */
export interface GroupMember {
  /** Another one for every time it joins. */
  readonly id: string
  readonly process: SimulatedProcess
  readonly partitionCount: number
  /** Told in the member's process, some time after the coordinator has decided. */
  onAssigned(generation: number, partitions: readonly number[]): void
  /** The group has given it up. */
  onEvicted(): void
}

/** One consumer group's coordinator: an eager rebalance whenever its members change. */
export class Group {
  readonly name: string
  readonly offsets = new Map<string, number>()
  readonly #world: SimulatedWorld
  readonly #availability: Availability
  readonly #sessionTimeoutMs: number
  readonly #members = new Map<string, GroupMember>()
  #shares: ReadonlyMap<string, readonly number[]> = new Map()
  #generation = 0
  #memberIds = 0
  #isRebalancing = false

  constructor(
    world: SimulatedWorld,
    availability: Availability,
    name: string,
    sessionTimeoutMs: number,
  ) {
    this.#world = world
    this.#availability = availability
    this.name = name
    this.#sessionTimeoutMs = sessionTimeoutMs
  }

  /** Who has which partitions, as the coordinator knows it. */
  get shares(): ReadonlyMap<string, readonly number[]> {
    return this.#shares
  }

  /** A name for a new member, which no other one has or had. */
  newMemberId({ id }: SimulatedProcess): string {
    return `${id}/${++this.#memberIds}`
  }

  join(member: GroupMember): void {
    this.#members.set(member.id, member)
    member.process.onChange(() => this.#watch(member))
    this.#watch(member)
    this.#rebalance()
  }

  leave(id: string): void {
    if (this.#members.delete(id)) this.#rebalance()
  }

  /** Of a member nobody heard of again, because it does not know that it has joined or could not say that it leaves. */
  expire(id: string): void {
    const label = `session of ${id} in ${this.name} ends`
    this.#availability.plan(label, () => this.leave(id), this.#sessionTimeoutMs)
  }

  /** Lets all members join again, as they do when metadata change or the coordinator moves. */
  disturb(): void {
    this.#rebalance()
  }

  /** Gives up a member that stays silent. */
  #watch(member: GroupMember): void {
    const sinceMs = member.process.silentSinceMs
    if (sinceMs === null || !this.#members.has(member.id)) return
    const label = `session of ${member.id} in ${this.name} may end`
    const delayMs = this.#sessionTimeoutMs + this.#world.random.between(0, HEARTBEAT_MS)
    this.#availability.plan(
      label,
      () => {
        if (member.process.silentSinceMs !== sinceMs || !this.#members.delete(member.id)) return
        this.#tellEvicted(member)
        this.#rebalance()
      },
      delayMs,
    )
  }

  /** When it can hear of it again. */
  #tellEvicted(member: GroupMember): void {
    const { process } = member
    const delayMs = this.#world.random.between(0, HEARTBEAT_MS)
    process.plan(delayMs, `${process.id} hears that ${this.name} has given it up`, () => {
      if (process.isDisconnected) this.#tellEvicted(member)
      else member.onEvicted()
    })
  }

  #rebalance(): void {
    if (this.#isRebalancing || this.#members.size === 0) return
    this.#isRebalancing = true
    this.#completeAfter(this.#world.random.between(JOIN_MS_MIN, JOIN_MS_MAX))
  }

  #completeAfter(delayMs: number): void {
    this.#availability.plan(`rebalance of ${this.name}`, () => this.#complete(), delayMs)
  }

  /** All that are left must have joined again before anybody is given anything. */
  #complete(): void {
    const members = [...this.#members.values()]
    if (members.some(({ process }) => process.silentSinceMs !== null)) {
      this.#completeAfter(SILENT_POLL_MS)
      return
    }
    this.#isRebalancing = false
    this.#generation++
    this.#shares = this.#newShares(members)
    for (const member of members) this.#tellAssigned(member, this.#shares.get(member.id) ?? [])
  }

  /** Everybody keeps what he has; where rebalances are among the faults, half of the time nobody need. */
  #newShares(members: readonly GroupMember[]): ReadonlyMap<string, number[]> {
    const { random, faults } = this.#world
    const partitions = members[0]?.partitionCount ?? 0
    const isKept = (faults.rebalance ?? 0) === 0 || random.chance(0.5)
    const candidates = members.map(({ id }) => ({
      id,
      partitions: isKept ? (this.#shares.get(id) ?? []) : [],
    }))
    const shares = balancedShares(partitions, candidates)
    if (isKept) return shares
    const order = random.shuffled(Array.from({ length: partitions }, (_, index) => index))
    return new Map(
      [...shares].map(([id, share]) => [id, share.map((partition) => order[partition] ?? 0)]),
    )
  }

  /** One may hear of it long after another: for that time both believe that they have the same partition. */
  #tellAssigned(member: GroupMember, partitions: readonly number[]): void {
    const { random, scheduler } = this.#world
    const generation = this.#generation
    const delayMs = scheduler.latencyMs() + (random.chance(0.1) ? random.between(0, 10_000) : 0)
    const { process } = member
    const label = `${process.id} is given ${this.name} ${JSON.stringify(partitions)}`
    process.plan(delayMs, label, () => member.onAssigned(generation, partitions))
  }
}
