/** A JSON value and the chunks after it, as the pieces of a snapshot carry them. */
export function* withMeta(meta: unknown, chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  const text = Buffer.from(JSON.stringify(meta))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  yield length
  yield text
  yield* chunks
}

/** Takes the JSON value off again. */
export function metaOf<T>(pieces: readonly Buffer[]): { meta: T; rest: Buffer[] } {
  const bytes = Buffer.concat(pieces)
  const length = bytes.readUInt32LE(0)
  return {
    meta: JSON.parse(bytes.toString('utf8', 4, 4 + length)) as T,
    rest: [bytes.subarray(4 + length)],
  }
}
