import type { AttemptOutcome } from '@sekisho/event'

/** Failures that are a guess at the password; a refused policy or second factor is another matter. */
export const GUESSES: ReadonlySet<AttemptOutcome> = new Set([
  'bad_credential',
  'unknown_user',
  'expired_password',
  'disabled_or_locked',
])
