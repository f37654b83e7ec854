import type { Parsed } from '@sekisho/event'

/** The same result with an event of its own, which holds after the next line has been read. */
export function keptOf(parsed: Parsed): Parsed {
  return parsed.kind === 'event' ? { kind: 'event', event: { ...parsed.event } } : parsed
}
