import { hash } from 'node:crypto'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'

/** What changes results. Paths and outputs are not part of it, so that they do not change the hash. */
export interface DetectConfig {
  readonly tenant: string
  /**
   * Key of the hashes that choose samples and mask names; an attacker who knew it could choose names that
   * hide others. Part of the configuration, never random at start.
   */
  readonly hashKey: string
  readonly travel: {
    /**
     * `score`: impossible travel is a term of the login's score. `strict`: besides, an infeasible, unsuppressed travel
     * with an end new to the user is at least a medium alert. `off`: it counts for nothing.
     */
    readonly mode: 'score' | 'strict' | 'off'
  }
  readonly identity: {
    /** `@suffix` values that name the one directory and are taken off user names (folded, without `@`). */
    readonly stripSuffixes: readonly string[]
    /** Realms that are directories of their own: their users are other people than those of the same name elsewhere. */
    readonly separateRealms: readonly string[]
    /** Realms that administrators log in to. */
    readonly administratorRealms: readonly string[]
  }
  /** Gateways that users take for one, by the name of the group; a gateway that is in none is a group of its own. */
  readonly gatewayGroups: Readonly<Record<string, readonly string[]>>
  /** Every number that a rule compares with. */
  readonly limits: Limits
}

export const DEFAULT_CONFIG: DetectConfig = {
  tenant: 'default',
  hashKey: 'sekisho',
  travel: { mode: 'score' },
  identity: { stripSuffixes: [], separateRealms: [], administratorRealms: [] },
  gatewayGroups: {},
  limits: DEFAULT_LIMITS,
}

/** First 64 bits of SHA-256 over everything that changes results, 16 hex digits. */
export function configHashOf(config: DetectConfig, dated: readonly string[]): string {
  return hash('sha256', JSON.stringify([config, dated]), 'hex').slice(0, 16)
}

/** A keyed 64-bit hash as 16 hex digits, to choose among members and to mask names. */
export function keyedHashOf(hashKey: string, text: string): string {
  return hash('sha256', `${hashKey.length}:${hashKey}${text}`, 'hex').slice(0, 16)
}
