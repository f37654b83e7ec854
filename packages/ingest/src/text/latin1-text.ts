/** What `Buffer.toString('latin1', …)` comes down to once it has looked the encoding up; it has no type of its own. */
interface Latin1Buffer extends Buffer {
  latin1Slice(start: number, end: number): string
}

/** The bytes from `start` to before `end` as text, one character a byte. */
export function latin1TextOf(bytes: Buffer, start: number, end: number): string {
  return (bytes as Latin1Buffer).latin1Slice(start, end)
}
