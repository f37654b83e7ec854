import { hash } from 'node:crypto'

/** What changes results. Paths and outputs are not part of it, so that they do not change the hash. */
export interface DetectConfig {
  readonly tenant: string
  /**
   * Key of the hashes that choose samples and mask names; an attacker who knew it could choose names that
   * hide others. Part of the configuration, never random at start.
   */
  readonly hashKey: string
  readonly travel: {
    /** `strict`: an infeasible, unsuppressed travel with an end new to the user is a medium alert. `off`: silent. */
    readonly mode: 'strict' | 'off'
  }
  readonly identity: {
    /** `@suffix` values that name the one directory and are taken off user names (folded, without `@`). */
    readonly stripSuffixes: readonly string[]
    /** Realms that are directories of their own: their users are other people than those of the same name elsewhere. */
    readonly separateRealms: readonly string[]
  }
}

export const DEFAULT_CONFIG: DetectConfig = {
  tenant: 'default',
  hashKey: 'sekisho',
  travel: { mode: 'strict' },
  identity: { stripSuffixes: [], separateRealms: [] },
}

/** First 64 bits of SHA-256 over everything that changes results, 16 hex digits. */
export function configHashOf(config: DetectConfig, dated: readonly string[]): string {
  return hash('sha256', JSON.stringify([config, dated]), 'hex').slice(0, 16)
}

/** A keyed 64-bit hash as 16 hex digits, to choose among members and to mask names. */
export function keyedHashOf(hashKey: string, text: string): string {
  return hash('sha256', `${hashKey.length}:${hashKey}${text}`, 'hex').slice(0, 16)
}
