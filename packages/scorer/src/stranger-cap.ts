import { compareText } from '@sekisho/detect'
import { HASH_SLOTS, slotOfHash } from './store/key-slots.ts'

/** Names of one slot with their hashes; the largest is the first to go. */
interface Slot {
  readonly names: Map<string, number>
  largest: string | null
}

/**
 * Which of the names that never succeeded are kept on a UTC day: those with the smallest keyed hashes, slot by slot, so
 * that a flood of invented names takes bounded memory and nobody can choose who is kept (docs/decisions/0008).
 */
export class StrangerCap {
  readonly #namesPerSlot: number
  readonly #slots = new Map<number, Slot>()

  /** @param namesPerDay room of a whole day, in all slots together */
  constructor(namesPerDay: number) {
    this.#namesPerSlot = Math.ceil(namesPerDay / HASH_SLOTS)
  }

  /** Asks for a place. @returns whether the name has one, and the name that lost its place to it, if any */
  admit(name: string, hash: number): { readonly isKept: boolean; readonly dropped: string | null } {
    const slot = this.#slotOf(slotOfHash(hash))
    if (slot.names.has(name)) return KEPT
    const isFull = slot.names.size >= this.#namesPerSlot
    if (isFull && slot.largest !== null && isAfter(hash, name, slot, slot.largest)) return REFUSED
    slot.names.set(name, hash)
    const dropped = isFull ? slot.largest : null
    if (dropped !== null) slot.names.delete(dropped)
    if (dropped !== null || slot.names.size >= this.#namesPerSlot) slot.largest = largestOf(slot)
    return dropped === null ? KEPT : { isKept: true, dropped }
  }

  /** Names with their hashes, for a snapshot. */
  names(): [string, number][] {
    return [...this.#slots.values()].flatMap(({ names }) => [...names])
  }

  #slotOf(index: number): Slot {
    let slot = this.#slots.get(index)
    if (slot === undefined) {
      slot = { names: new Map(), largest: null }
      this.#slots.set(index, slot)
    }
    return slot
  }
}

const KEPT = { isKept: true, dropped: null } as const
const REFUSED = { isKept: false, dropped: null } as const

function isAfter(hash: number, name: string, { names }: Slot, other: string): boolean {
  return (hash - (names.get(other) as number) || compareText(name, other)) > 0
}

function largestOf(slot: Slot): string | null {
  let largest: string | null = null
  for (const [name, hash] of slot.names) {
    if (largest === null || isAfter(hash, name, slot, largest)) largest = name
  }
  return largest
}
