/** Bytes that come in chunks of any size, taken in pieces of the size that is asked for. */
export class ByteSource {
  readonly #chunks: Iterator<Uint8Array>
  #chunk: Uint8Array = new Uint8Array(0)
  #at = 0

  constructor(chunks: Iterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.iterator]()
  }

  /** The next so many bytes. @throws SnapshotError when there are fewer */
  take(length: number): Uint8Array {
    if (this.#chunk.length - this.#at >= length) {
      this.#at += length
      return this.#chunk.subarray(this.#at - length, this.#at)
    }
    const bytes = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      if (this.#at === this.#chunk.length) this.#next()
      const part = this.#chunk.subarray(this.#at, this.#at + length - filled)
      bytes.set(part, filled)
      filled += part.length
      this.#at += part.length
    }
    return bytes
  }

  /** A value that `jsonChunks` wrote. */
  json<T>(): T {
    const length = Buffer.from(this.take(4)).readUInt32LE(0)
    return JSON.parse(Buffer.from(this.take(length)).toString('utf8'))
  }

  #next(): void {
    const { value, done } = this.#chunks.next()
    if (done === true) throw new SnapshotError('it ends too early')
    this.#chunk = value
    this.#at = 0
  }
}

/** A snapshot that cannot be restored, and why. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
}

/** A value as JSON after its length. */
export function* jsonChunks(value: unknown): Generator<Uint8Array> {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  yield length
  yield bytes
}
