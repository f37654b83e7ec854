import type { AlertDraft } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'

/** True when an alert or signal has the line of an attempt among its evidence. */
export function showsLine({ evidence }: Pick<AlertDraft, 'evidence'>, { id }: Attempt): boolean {
  return evidence.some(({ eventId }) => eventId === id)
}
