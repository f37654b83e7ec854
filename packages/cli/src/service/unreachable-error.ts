/** A service that this one needs does not answer as it should: told in the message, one sentence with the address. Exit code 4. */
export class UnreachableError extends Error {}
