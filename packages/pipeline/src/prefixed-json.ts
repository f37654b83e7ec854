/** A value as JSON after its length in bytes, 32 bits, little-endian: what follows it may be any bytes. */
export function prefixedJson(value: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(value))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return Buffer.concat([length, text])
}

/** The value at the beginning of bytes, and what follows it. @throws SyntaxError when there is none */
export function splitJson<T>(bytes: Buffer): { readonly value: T; readonly rest: Buffer } {
  const length = bytes.length >= 4 ? bytes.readUInt32LE(0) : 0
  const value = JSON.parse(bytes.toString('utf8', 4, 4 + length)) as T
  return { value, rest: bytes.subarray(4 + length) }
}
