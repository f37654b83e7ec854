import { hash } from 'node:crypto'
import type { AlertContent } from '@sekisho/event'

/** What a rule says; the stage adds what it knows: tenant, id, inputs. */
export type AlertDraft = Omit<AlertContent, 'id' | 'tenant' | 'inputs'>

/** Changing what a rule means raises the major version of its family and thereby its ids; 1 where none is named. */
const MAJOR_OF_FAMILY: ReadonlyMap<string, number> = new Map([['U2', 2]])

/**
 * Alert id: first 128 bits of SHA-256(`tenant | family | major | entity | day | discriminator`). Semantic, never
 * "the event that happened to come last", so a late line revises the same document (C.5).
 */
export function alertIdOf(
  tenant: string,
  draft: Pick<AlertDraft, 'family' | 'entity' | 'day' | 'discriminator'>,
): string {
  const major = MAJOR_OF_FAMILY.get(draft.family) ?? 1
  const parts = [tenant, draft.family, major, draft.entity, draft.day, draft.discriminator]
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32)
}
