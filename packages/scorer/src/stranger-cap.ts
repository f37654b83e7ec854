import { keyedHashOf } from '@sekisho/detect'

/** Hash slots of a day, and names in each: 16,384 names a day (docs/decisions/0008). */
const SLOTS = 256
const NAMES_PER_SLOT = 64

/** Names of one slot with their hashes; the largest is the first to go. */
interface Slot {
  readonly names: Map<string, string>
  largest: string
}

/**
 * Which of the names that never succeeded are kept on a UTC day: those with the smallest keyed hashes, slot by slot, so
 * that a flood of invented names takes bounded memory and nobody can choose who is kept.
 */
export class StrangerCap {
  readonly #hashKey: string
  readonly #slots: Slot[] = Array.from({ length: SLOTS }, () => ({ names: new Map(), largest: '' }))

  constructor(hashKey: string) {
    this.#hashKey = hashKey
  }

  /**
   * Asks for a place. @returns whether the name has one, and the name that lost its place to it, if any
   */
  admit(userKey: string): { readonly isKept: boolean; readonly dropped: string | null } {
    const hash = keyedHashOf(this.#hashKey, userKey)
    const slot = this.#slots[Number.parseInt(hash.slice(0, 2), 16)] as Slot
    if (slot.names.has(userKey)) return { isKept: true, dropped: null }
    const isFull = slot.names.size >= NAMES_PER_SLOT
    if (isFull && hash > slot.largest) return { isKept: false, dropped: null }
    slot.names.set(userKey, hash)
    const dropped = isFull ? dropLargest(slot) : null
    slot.largest = largestOf(slot)
    return { isKept: true, dropped }
  }
}

function dropLargest(slot: Slot): string | null {
  for (const [name, hash] of slot.names) {
    if (hash !== slot.largest) continue
    slot.names.delete(name)
    return name
  }
  return null
}

function largestOf({ names }: Slot): string {
  let largest = ''
  for (const hash of names.values()) if (hash > largest) largest = hash
  return largest
}
