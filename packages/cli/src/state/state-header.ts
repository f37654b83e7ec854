import { configHashOf, type DetectConfig, keyedHashOf } from '@sekisho/detect'
import type { Config } from '../config/config.ts'
import type { ReadingSettings } from '../reading/reading-settings.ts'
import { UsageError } from '../usage-error.ts'
import { versionOf } from '../version.ts'

/** First and last event that a state knows of. */
export interface TimeSpan {
  readonly firstMs: number
  readonly lastMs: number
}

/** What a state file says of itself. */
export interface StateHeader {
  /** Version of the program that wrote it. */
  readonly program: string
  readonly tenant: string
  /** Tells one `hashKey` from another without giving it away. */
  readonly key: string
  /** Hash of the configuration, without the databases. */
  readonly config: string
  /** Location databases and their dates. */
  readonly databases: string
  /** Null when it knows of no event. */
  readonly span: TimeSpan | null
}

/** What the configuration puts into whatever depends on it beside the rules: zone and networks. */
export function datedOf({ config, timezone }: ReadingSettings): string[] {
  return [JSON.stringify(config.networks), timezone ?? '']
}

/** The header of a state that this run writes. */
export function stateHeaderOf(
  settings: ReadingSettings,
  databases: string,
  span: TimeSpan | null,
): StateHeader {
  const { detect } = settings.config
  return {
    program: versionOf(),
    tenant: detect.tenant,
    key: keyOf(detect),
    config: configHashOf(detect, datedOf(settings)),
    databases,
    span,
  }
}

function keyOf({ hashKey }: DetectConfig): string {
  return keyedHashOf(hashKey, 'state file')
}

/**
 * Refuses the state of another tenant, and one whose samples and slots were chosen with another key.
 * @throws UsageError
 */
export function refuseOtherOwner(
  { tenant, key }: StateHeader,
  { detect }: Config,
  shownPath: string,
): void {
  if (tenant !== detect.tenant) {
    throw new UsageError(
      `${shownPath} is the state of the tenant ${JSON.stringify(tenant)}, and the configuration says ${JSON.stringify(detect.tenant)}; keep a state file for each tenant`,
    )
  }
  if (key !== keyOf(detect)) {
    throw new UsageError(
      `${shownPath} was made with another hashKey; configure the key of that time, or begin a new state file`,
    )
  }
}

/** What of this run differs from that of the state without spoiling it; sentences. */
export function differencesOf(header: StateHeader, current: StateHeader): string[] {
  const differences: string[] = []
  if (header.config !== current.config) {
    differences.push(
      'was made with another configuration: its history stays valid, rules and hashes are those of today',
    )
  }
  if (header.databases !== current.databases) {
    differences.push(
      `was made with other location databases (${header.databases}): what it knows of places stays as it was`,
    )
  }
  return differences
}

/** Both together. */
export function joinedSpan(a: TimeSpan | null, b: TimeSpan | null): TimeSpan | null {
  if (a === null || b === null) return a ?? b
  return { firstMs: Math.min(a.firstMs, b.firstMs), lastMs: Math.max(a.lastMs, b.lastMs) }
}
