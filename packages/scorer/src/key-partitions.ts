import type { DetectConfig } from '@sekisho/detect'
import { keyHashOfConfig, slotOfHash } from './store/key-slots.ts'
import { prefixTextOf } from './store/prefix-key.ts'

/** Which partition a key belongs to. */
export interface KeyPartitions {
  ofUser(userKey: string): number
  /** @param prefix number of a source network (`SourceChange.prefix`) */
  ofSource(prefix: number): number
}

/** A slot of keys is never split, so that caps that hold for a slot do not depend on the number of partitions. */
export function keyPartitionsOf(config: DetectConfig, partitions: number): KeyPartitions {
  const hashOf = keyHashOfConfig(config.hashKey)
  return {
    ofUser: (userKey) => slotOfHash(hashOf(userKey)) % partitions,
    ofSource: (prefix) => slotOfHash(hashOf(prefixTextOf(prefix))) % partitions,
  }
}
