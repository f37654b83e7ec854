/** Something that the run cannot do without cannot be read: told in the message, one sentence with a remedy. */
export class InputError extends Error {}
