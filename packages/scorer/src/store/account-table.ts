import type { DetectConfig } from '@sekisho/detect'
import type { ByteSource } from './byte-source.ts'
import type { KeyHash } from './key-hash.ts'
import { type DayKeys, LongTermRecord } from './long-term-record.ts'
import { Slabs } from './slabs.ts'

const LOAD_MAX = 0.7
const CAPACITY_MIN = 16
/** Records that are touched before they are read: as many loads as a processor keeps waiting, several times over. */
export const TOUCHED = 32
/** Cache lines of most processors that a record mostly takes, and their words of 32 bits. */
const TOUCHED_LINES = 3
const LINE_WORDS = 16
/** Free room that is let be. */
const FREE_BYTES_MIN = 1 << 20
const FREE_SHARE_MAX = 0.1

/** A number that stands for an account while it is kept: 1 and up, used again. */
export type AccountId = number

/**
 * Every account, by name: a record of bytes each in slabs, found through an index of keyed hashes. No object per
 * account.
 */
export class AccountTable {
  readonly #hashOf: KeyHash
  #slabs = new Slabs()
  readonly #free: AccountId[] = []
  readonly #record = new LongTermRecord()
  #refs = new Uint32Array(CAPACITY_MIN)
  /** 1 for accounts that have succeeded: spares who asks only that the record. */
  #succeeded = new Uint8Array(CAPACITY_MIN)
  /** Open addressing: of each account the hash of its name and its id, side by side. */
  #slots = new Uint32Array(2 * CAPACITY_MIN)
  #last: AccountId = 0
  size = 0
  /** What touching came to: it means nothing, and keeps the loads from being left out. */
  touched = 0

  constructor(hashOf: KeyHash) {
    this.#hashOf = hashOf
  }

  get byteLength(): number {
    return (
      this.#slabs.byteLength +
      this.#refs.byteLength +
      this.#succeeded.byteLength +
      this.#slots.byteLength +
      8 * this.#free.length
    )
  }

  /** @param hash of the name. @returns 0 when there is none */
  find(name: string, hash = this.#hashOf(name)): AccountId {
    return this.#slots[this.#slotOf(name, hash) + 1] as number
  }

  /**
   * Loads what finding names will read, as `touch` does of records: their slots, and then what lies behind those.
   * @param hashes of at most `TOUCHED` names
   * @param ids is given, for each, the account that is probably its own, or 0
   */
  touchNames(hashes: Uint32Array, count: number, ids: Uint32Array): void {
    const slots = this.#slots
    const mask = slots.length - 1
    for (let i = 0; i < count; i++) {
      const hash = hashes[i] as number
      const slot = (2 * hash) & mask
      ids[i] = slots[slot] === hash ? (slots[slot + 1] as number) : 0
    }
    let touched = 0
    for (let i = 0; i < count; i++) {
      const id = ids[i] as number
      touched ^= (this.#refs[id] as number) ^ (this.#succeeded[id] as number)
    }
    for (let i = 0; i < count; i++) {
      const ref = this.#refs[ids[i] as number] as number
      touched ^= this.#slabs.page(ref).words[this.#slabs.at(ref) >>> 2] ?? 0
    }
    this.touched ^= touched
  }

  /** The account of a name, made when there is none. */
  require(name: string): AccountId {
    const hash = this.#hashOf(name)
    let slot = this.#slotOf(name, hash)
    const known = this.#slots[slot + 1] as number
    if (known !== 0) return known
    if (2 * (this.size + 1) > this.#slots.length * LOAD_MAX) {
      this.#growSlots()
      slot = this.#slotOf(name, hash)
    }
    const id = this.#newId()
    this.#slots[slot] = hash
    this.#slots[slot + 1] = id
    this.#put(id, LongTermRecord.ofName(name))
    this.size++
    return id
  }

  /** The record of an account. It is laid over another one by the next call. */
  record(id: AccountId): LongTermRecord {
    const ref = this.#refs[id] as number
    return this.#record.lay(this.#slabs.page(ref), this.#slabs.at(ref))
  }

  /**
   * Loads the beginning of a record. Records lie all over memory, and a processor waits for several at a time as long as for
   * one: who goes through many accounts touches a few before it reads them.
   */
  touch(id: AccountId): void {
    const ref = this.#refs[id] as number
    const { words } = this.#slabs.page(ref)
    const at = this.#slabs.at(ref) >>> 2
    for (let line = 0; line < TOUCHED_LINES; line++) {
      this.touched ^= words[at + line * LINE_WORDS] ?? 0
    }
  }

  /** Somebody has succeeded under the name on a complete day. */
  hasSucceeded(id: AccountId): boolean {
    return this.#succeeded[id] === 1
  }

  /** Notes a success on a complete day. */
  markSucceeded(id: AccountId, day: number): void {
    this.record(id).markSucceeded(day)
    this.#succeeded[id] = 1
  }

  nameOf(id: AccountId): string {
    return this.record(id).name
  }

  /** Adds a complete day to an account. */
  fold(id: AccountId, day: number, keys: DayKeys, config: DetectConfig): void {
    const record = this.record(id)
    if (record.foldInPlace(day, keys)) return
    const bytes = record.folded(day, keys, config)
    const { used } = record
    if (this.#slabs.isSameClass(used, bytes.length)) this.#write(this.#refs[id] as number, bytes)
    else {
      this.#slabs.free(this.#refs[id] as number, used)
      this.#put(id, bytes)
    }
  }

  delete(id: AccountId): void {
    const { used, name } = this.record(id)
    this.#deleteSlot(this.#slotOf(name, this.#hashOf(name)))
    this.#slabs.free(this.#refs[id] as number, used)
    this.#free.push(id)
    this.#refs[id] = 0
    this.#succeeded[id] = 0
    this.size--
  }

  /** Moves the records together when much of their room has become free: records grow, and leave what is too small. */
  compact(): void {
    if (this.#slabs.freeBytes < FREE_BYTES_MIN) return
    if (this.#slabs.freeBytes < this.#slabs.byteLength * FREE_SHARE_MAX) return
    const slabs = new Slabs()
    for (const id of this.ids()) {
      const old = this.#refs[id] as number
      const { used } = this.record(id)
      const ref = slabs.allocate(used)
      const at = this.#slabs.at(old)
      slabs.page(ref).bytes.set(this.#slabs.page(old).bytes.subarray(at, at + used), slabs.at(ref))
      // The old place is not asked for again: every account comes once.
      this.#refs[id] = ref
    }
    this.#slabs = slabs
  }

  /** Every record, which is laid over another one by the next call. */
  forEachRecord(use: (record: LongTermRecord) => void): void {
    const refs = this.#refs
    for (let id = 1; id <= this.#last; id++) {
      if (id % TOUCHED === 1) {
        const to = Math.min(this.#last, id + TOUCHED - 1)
        for (let next = id; next <= to; next++) if (refs[next] !== 0) this.touch(next)
      }
      if (refs[id] !== 0) use(this.record(id))
    }
  }

  /** Ids of all accounts, ascending. The account of the moment may be deleted. */
  *ids(): Generator<AccountId> {
    for (let id = 1; id <= this.#last; id++) if (this.#refs[id] !== 0) yield id
  }

  /** The records, each with its id: what a snapshot keeps. */
  *save(): Generator<Uint8Array> {
    const head = new Float64Array([this.#last, this.size])
    yield new Uint8Array(head.buffer)
    for (const id of this.ids()) {
      const ref = this.#refs[id] as number
      const at = this.#slabs.at(ref)
      const { used } = this.record(id)
      const prefix = Buffer.alloc(6)
      prefix.writeUInt32LE(id, 0)
      prefix.writeUInt16LE(used, 4)
      yield prefix
      yield this.#slabs.page(ref).bytes.subarray(at, at + used)
    }
  }

  /** Takes over what `save` gave out; the table must be empty. */
  restore(source: ByteSource): void {
    const [last = 0, size = 0] = new Float64Array(new Uint8Array(source.take(16)).buffer)
    this.#growIds(last)
    this.#last = last
    while (2 * size > this.#slots.length * LOAD_MAX) {
      this.#slots = new Uint32Array(this.#slots.length * 2)
    }
    for (let i = 0; i < size; i++) {
      const prefix = Buffer.from(source.take(6))
      const id = prefix.readUInt32LE(0)
      this.#put(id, source.take(prefix.readUInt16LE(4)))
      const { name, hasSucceeded } = this.record(id)
      this.#succeeded[id] = hasSucceeded ? 1 : 0
      const hash = this.#hashOf(name)
      const slot = this.#slotOf(name, hash)
      this.#slots[slot] = hash
      this.#slots[slot + 1] = id
    }
    this.size = size
    for (let id = last; id >= 1; id--) if (this.#refs[id] === 0) this.#free.push(id)
  }

  #newId(): AccountId {
    const freed = this.#free.pop()
    if (freed !== undefined) return freed
    this.#last++
    this.#growIds(this.#last)
    return this.#last
  }

  #growIds(last: AccountId): void {
    if (last < this.#refs.length) return
    const capacity = Math.max(last + 1, this.#refs.length * 2)
    this.#refs = grown(this.#refs, capacity)
    const succeeded = new Uint8Array(capacity)
    succeeded.set(this.#succeeded)
    this.#succeeded = succeeded
  }

  #put(id: AccountId, bytes: Uint8Array): void {
    const ref = this.#slabs.allocate(bytes.length)
    this.#refs[id] = ref
    this.#write(ref, bytes)
  }

  #write(ref: number, bytes: Uint8Array): void {
    this.#slabs.page(ref).bytes.set(bytes, this.#slabs.at(ref))
  }

  /** Index of the slot of a name, or of the empty one where it would be. */
  #slotOf(name: string, hash: number): number {
    const mask = this.#slots.length - 1
    let slot = (2 * hash) & mask
    for (;;) {
      const id = this.#slots[slot + 1] as number
      if (id === 0) return slot
      if (this.#slots[slot] === hash && this.record(id).hasName(name)) return slot
      slot = (slot + 2) & mask
    }
  }

  #growSlots(): void {
    const old = this.#slots
    this.#slots = new Uint32Array(old.length * 2)
    const mask = this.#slots.length - 1
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0) continue
      let slot = (2 * (old[from] as number)) & mask
      while (this.#slots[slot + 1] !== 0) slot = (slot + 2) & mask
      this.#slots[slot] = old[from] as number
      this.#slots[slot + 1] = old[from + 1] as number
    }
  }

  /** What follows a slot moves up, so that no probe ends before its name. */
  #deleteSlot(deleted: number): void {
    const slots = this.#slots
    const mask = slots.length - 1
    let hole = deleted
    for (let next = (hole + 2) & mask; slots[next + 1] !== 0; next = (next + 2) & mask) {
      const home = (2 * (slots[next] as number)) & mask
      if (((next - home) & mask) < ((next - hole) & mask)) continue
      slots[hole] = slots[next] as number
      slots[hole + 1] = slots[next + 1] as number
      hole = next
    }
    slots[hole] = 0
    slots[hole + 1] = 0
  }
}

function grown(numbers: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity)
  larger.set(numbers)
  return larger
}
