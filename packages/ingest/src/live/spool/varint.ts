/** Bytes of the greatest number that is written, 2^53 - 1. */
export const VARINT_BYTES_MAX = 8

export interface Varint {
  readonly value: number
  /** Where it ends. */
  readonly end: number
}

/** Writes a whole number of at most 2^53 - 1 as an unsigned LEB128: seven bits a byte, the lowest first. Returns where it ends. */
export function writeVarint(target: Buffer, at: number, value: number): number {
  let rest = value
  let to = at
  while (rest >= 128) {
    target[to++] = (rest % 128) + 128
    rest = Math.floor(rest / 128)
  }
  target[to++] = rest
  return to
}

/** Reads an unsigned LEB128 before `end`; null when it goes on there, or is longer than any that is written. */
export function varintAt(bytes: Buffer, at: number, end: number): Varint | null {
  let value = 0
  let factor = 1
  const limit = Math.min(end, at + VARINT_BYTES_MAX)
  for (let from = at; from < limit; from++) {
    const byte = bytes[from] as number
    value += (byte % 128) * factor
    if (byte < 128) return { value, end: from + 1 }
    factor *= 128
  }
  return null
}
