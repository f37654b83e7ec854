import { hash } from 'node:crypto'
import { type KeyHash, keyHashOf } from './key-hash.ts'

/** Slots that keys are divided into by their hash. Caps hold for each slot, and a slot is never split between partitions. */
export const HASH_SLOTS = 256

/** The slot of a hash. */
export function slotOfHash(keyHash: number): number {
  return keyHash >>> 24
}

/** The hash that a configuration's key makes: of user names and source networks. */
export function keyHashOfConfig(hashKey: string): KeyHash {
  const bytes = hash('sha256', `keys:${hashKey}`, 'buffer')
  return keyHashOf(bytes.readUInt32LE(0), bytes.readUInt32LE(4))
}
