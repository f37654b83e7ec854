import type { ByteSource } from './byte-source.ts'
import { NumberMap } from './number-map.ts'

/** Bytes of a page; a row lies in one page. */
const PAGE_BITS = 16
const PAGE_BYTES = 1 << PAGE_BITS

/** Of each row: the row of the same key before it (4 bytes) and its length (2), of which the high bit says that it is dead. */
const HEADER_BYTES = 6
const LENGTH_AT = 4
const DEAD = 0x8000

/** A row's place: page in the high half, offset in the low half. 0 is no row. */
export type RowRef = number

/** The longest payload of a row. */
export const PAYLOAD_BYTES_MAX = DEAD - 1

/**
 * Rows of bytes by key, appended to pages; the rows of one key hang together, the newest first. What is kept of one UTC
 * day of all users or of all source networks is one log, which is dropped as a whole.
 */
export class RowLog {
  readonly #pages: Buffer[] = []
  #used = PAGE_BYTES
  /** Newest row of each key. */
  readonly #heads: NumberMap
  readonly #width: 'narrow' | 'wide'

  /** @param width `wide` where keys may be over 32 bits */
  constructor(width: 'narrow' | 'wide' = 'narrow') {
    this.#width = width
    this.#heads = new NumberMap(width)
  }

  /** Bytes in use. */
  get byteLength(): number {
    return this.#pages.length * PAGE_BYTES + this.#heads.byteLength
  }

  /** Keys with rows. */
  get keys(): number {
    return this.#heads.size
  }

  hasKey(key: number): boolean {
    return this.#heads.get(key) !== 0
  }

  /** Keys, ascending. */
  sortedKeys(): Iterable<number> {
    return this.#heads.sortedKeys()
  }

  /** The newest row of a key that lives, or 0. */
  first(key: number): RowRef {
    return this.#living(this.#heads.get(key))
  }

  /** The row of the same key before one, or 0. */
  next(ref: RowRef): RowRef {
    return this.#living(this.#linkOf(ref))
  }

  /** The page of a row; its payload begins at `payloadAt(ref)`. */
  page(ref: RowRef): Buffer {
    return this.#pages[ref >>> PAGE_BITS] as Buffer
  }

  payloadAt(ref: RowRef): number {
    return (ref & (PAGE_BYTES - 1)) + HEADER_BYTES
  }

  payloadLength(ref: RowRef): number {
    return this.page(ref).readUInt16LE((ref & (PAGE_BYTES - 1)) + LENGTH_AT) & ~DEAD
  }

  /** Adds a row to a key. @throws RangeError when the payload is longer than a row can be, which a caller must not let happen */
  append(key: number, payload: Uint8Array, length: number): RowRef {
    if (length > PAYLOAD_BYTES_MAX) throw new RangeError(`a row of ${length} bytes`)
    const bytes = HEADER_BYTES + length
    if (this.#used + bytes > PAGE_BYTES) {
      this.#pages.push(Buffer.allocUnsafeSlow(PAGE_BYTES))
      // Nothing stands at 0, so that no row's place is 0.
      this.#used = 1
    }
    const index = this.#pages.length - 1
    const page = this.#pages[index] as Buffer
    const at = this.#used
    this.#used += bytes
    page.writeUInt32LE(this.#heads.get(key), at)
    page.writeUInt16LE(length, at + LENGTH_AT)
    copy(payload, length, page, at + HEADER_BYTES)
    const ref = ((index << PAGE_BITS) | at) >>> 0
    this.#heads.set(key, ref)
    return ref
  }

  /** Puts another row in the place of one, in its bytes where it fits. @returns where it now is */
  replace(key: number, ref: RowRef, payload: Uint8Array, length: number): RowRef {
    const at = ref & (PAGE_BYTES - 1)
    const page = this.page(ref)
    if (length > page.readUInt16LE(at + LENGTH_AT)) {
      this.kill(ref)
      return this.append(key, payload, length)
    }
    copy(payload, length, page, at + HEADER_BYTES)
    return ref
  }

  /** Takes a row out; its bytes stay until the log goes. */
  kill(ref: RowRef): void {
    const at = (ref & (PAGE_BYTES - 1)) + LENGTH_AT
    const page = this.page(ref)
    page.writeUInt16LE(page.readUInt16LE(at) | DEAD, at)
  }

  /** An empty log for keys of the same width. */
  empty(): RowLog {
    return new RowLog(this.#width)
  }

  /** Takes every row of a key out. */
  deleteKey(key: number): void {
    this.#heads.delete(key)
  }

  /** The log as bytes: its pages and heads, for a snapshot. */
  *save(): Generator<Uint8Array> {
    const head = new Float64Array([this.#pages.length, this.#used, this.#heads.size])
    yield new Uint8Array(head.buffer)
    const keys = Float64Array.from(this.#heads.sortedKeys())
    yield new Uint8Array(keys.buffer)
    yield new Uint8Array(Uint32Array.from(keys, (key) => this.#heads.get(key)).buffer)
    yield* this.#pages.slice(0, -1)
    const last = this.#pages.at(-1)
    if (last !== undefined) yield last.subarray(0, this.#used)
  }

  /** Takes over what `save` gave out. */
  static restore(width: 'narrow' | 'wide', source: ByteSource): RowLog {
    const log = new RowLog(width)
    const [pages = 0, used = 0, size = 0] = new Float64Array(aligned(source.take(24)))
    const keys = new Float64Array(aligned(source.take(8 * size)))
    const heads = new Uint32Array(aligned(source.take(4 * size)))
    for (let i = 0; i < size; i++) log.#heads.set(keys[i] as number, heads[i] as number)
    for (let i = 0; i < pages; i++) {
      const page = Buffer.allocUnsafeSlow(PAGE_BYTES)
      page.set(source.take(i === pages - 1 ? used : PAGE_BYTES))
      log.#pages.push(page)
    }
    log.#used = pages === 0 ? PAGE_BYTES : used
    return log
  }

  #linkOf(ref: RowRef): RowRef {
    return this.page(ref).readUInt32LE(ref & (PAGE_BYTES - 1))
  }

  #living(ref: RowRef): RowRef {
    let living = ref
    // The high byte of the length holds the bit.
    while (
      living !== 0 &&
      ((this.page(living)[(living & (PAGE_BYTES - 1)) + LENGTH_AT + 1] as number) & 0x80) !== 0
    ) {
      living = this.#linkOf(living)
    }
    return living
  }
}

function aligned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}

/** Up to this many bytes a copy by hand costs less than a call into the runtime. */
const COPIED_BY_HAND = 64

function copy(from: Uint8Array, length: number, to: Buffer, at: number): void {
  if (length > COPIED_BY_HAND) to.set(from.subarray(0, length), at)
  else for (let i = 0; i < length; i++) to[at + i] = from[i] as number
}
