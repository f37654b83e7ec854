/** A wrong flag, command or configuration: told in the message, one sentence for each mistake, and nothing else. */
export class UsageError extends Error {}
