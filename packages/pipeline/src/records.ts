import type { Attempt } from '@sekisho/event'
import type { OrganisationPart, SourceChange } from '@sekisho/scorer'

/** What every attempt up to a time has come means of one ingest: its watermark. */
export interface IngestWatermark {
  /** Name of the ingest process's input, unique in the deployment. */
  readonly ingest: string
  /** Epoch ms; every line of this ingest with an earlier time has been written. */
  readonly watermarkMs: number
}

/** A value of `auth.by-user`. */
export type UserRecord = { readonly attempt: Attempt } | { readonly watermark: IngestWatermark }

/** A value of `attempts.by-net`. */
export type SourceRecord =
  | { readonly change: SourceChange }
  | { readonly closed: { readonly userPartition: number; readonly through: number } }

/** A value of `org.partials`. */
export type OrganisationRecord =
  | { readonly part: OrganisationPart }
  | { readonly closed: { readonly partition: number; readonly through: number } }

/** Values are JSON, so that a person and another program can read the topics. */
export function encoded(record: UserRecord | SourceRecord | OrganisationRecord): Buffer {
  return Buffer.from(JSON.stringify(record))
}

/** The value of a record that has one of these members; null when it is none of ours. */
export function decoded<T extends object>(
  value: Buffer | null,
  members: readonly string[],
): T | null {
  if (value === null) return null
  try {
    const record: unknown = JSON.parse(value.toString('utf8'))
    if (typeof record !== 'object' || record === null) return null
    const isKnown = members.some(
      (name) => typeof (record as Record<string, unknown>)[name] === 'object',
    )
    return isKnown ? (record as T) : null
  } catch {
    return null
  }
}
