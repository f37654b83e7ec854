import { type BytePage, bytesOf, newBytePage } from './byte-page.ts'
import type { ByteSource } from './byte-source.ts'
import { DenseMap } from './dense-map.ts'
import { NumberMap } from './number-map.ts'

/** Bytes of a page; a row lies in one page. The first pages are smaller, for the many logs with little in them. */
const PAGE_BITS = 20
const PAGE_BYTES = 1 << PAGE_BITS
const SMALL_PAGE_BYTES = 1 << 16
const SMALL_PAGES = 128

/**
 * Of each row: the row of the same key before it, and its length, of which the high bit says that it is dead; where keys
 * are wide also the key in two words.
 */
const LENGTH_WORD = 1
const KEY_WORD = 2
const DEAD = 0x80000000 | 0

/** Nothing stands at 0, so that no row's place is 0. */
const FIRST_AT = 4

/** Rows whose heads are touched before they are strung together. */
const STRUNG_AT_ONCE = 32

/** A row's place: page in the high 12 bits, offset in the low 20. 0 is no row. */
export type RowRef = number

/** The longest payload of a row. */
export const PAYLOAD_BYTES_MAX = 0x7fff

/** What keys are: `dense` numbers from 1 up, or any up to 2^53-1. Rows by wide keys are strung together when somebody asks. */
export type RowKeys = 'dense' | 'wide'

/**
 * Rows of whole words by key, appended to pages; the rows of one key hang together, the newest first. What is kept of one
 * UTC day of all users or of all source networks is one log, which is dropped as a whole.
 */
export class RowLog {
  readonly #pages: BytePage[] = []
  /** Bytes in use of each page. */
  readonly #ends: number[] = []
  #used = 0
  /** Bytes of the last page. */
  #capacity = 0
  /** What touching came to: it means nothing, and keeps the loads from being left out. */
  touched = 0
  /** Newest row of each key. */
  readonly #heads: DenseMap | NumberMap
  readonly #keys: RowKeys
  readonly #headerBytes: number
  /** Rows from here on are not strung together yet. */
  #loosePage = 0
  #looseAt = FIRST_AT

  constructor(keys: RowKeys) {
    this.#keys = keys
    this.#heads = keys === 'dense' ? new DenseMap() : new NumberMap()
    this.#headerBytes = keys === 'dense' ? 8 : 16
  }

  /** Bytes in use. */
  get byteLength(): number {
    return bytesOf(this.#pages) + this.#heads.byteLength
  }

  /** Keys with rows. */
  get keys(): number {
    this.#string()
    return this.#heads.size
  }

  hasKey(key: number): boolean {
    this.#string()
    return this.#heads.get(key) !== 0
  }

  /** Keys, ascending. */
  sortedKeys(): Uint32Array | Float64Array {
    this.#string()
    return this.#heads.sortedKeys()
  }

  /** The newest row of a key that lives, or 0. */
  first(key: number): RowRef {
    this.#string()
    return this.#living(this.#heads.get(key))
  }

  /** Loads the newest row of a key, as `AccountTable.touch` does a record. */
  touch(key: number): void {
    this.#string()
    const ref = this.#heads.get(key)
    if (ref !== 0) this.touched ^= this.#before(ref)
  }

  /** The row of the same key before one, or 0. */
  next(ref: RowRef): RowRef {
    return this.#living(this.#before(ref))
  }

  /** Rows of a key. */
  countOf(key: number): number {
    let count = 0
    for (let ref = this.first(key); ref !== 0; ref = this.next(ref)) count++
    return count
  }

  /** The page of a row; its payload begins at `payloadAt(ref)`. */
  page(ref: RowRef): BytePage {
    return this.#pages[ref >>> PAGE_BITS] as BytePage
  }

  /** A multiple of 4. */
  payloadAt(ref: RowRef): number {
    return (ref & (PAGE_BYTES - 1)) + this.#headerBytes
  }

  payloadLength(ref: RowRef): number {
    return (this.page(ref).words[lengthWordOf(ref)] as number) & ~DEAD
  }

  /**
   * Adds a row to a key.
   *
   * @param from where the payload begins in its page, a multiple of 4
   * @throws RangeError when the payload is longer than a row can be, which a caller must not let happen
   */
  append(key: number, payload: BytePage, length: number, from = 0): RowRef {
    if (length > PAYLOAD_BYTES_MAX) throw new RangeError(`a row of ${length} bytes`)
    const bytes = this.#headerBytes + ((length + 3) & ~3)
    if (this.#used + bytes > this.#capacity) this.#addPage()
    const index = this.#pages.length - 1
    const { words } = this.#pages[index] as BytePage
    const ref = ((index << PAGE_BITS) | this.#used) >>> 0
    const at = this.#used >>> 2
    this.#used += bytes
    words[at + LENGTH_WORD] = length
    if (this.#keys === 'wide') {
      words[at + KEY_WORD] = (key % 4294967296) | 0
      words[at + KEY_WORD + 1] = Math.floor(key / 4294967296)
    } else words[at] = this.#heads.exchange(key, ref)
    copy(payload, from, length, words, at + (this.#headerBytes >>> 2))
    return ref
  }

  /** Puts another row in the place of one, in its bytes where it fits. @returns where it now is */
  replace(key: number, ref: RowRef, payload: BytePage, length: number): RowRef {
    const { words } = this.page(ref)
    if (length > this.payloadLength(ref)) {
      this.kill(ref)
      return this.append(key, payload, length)
    }
    copy(payload, 0, length, words, this.payloadAt(ref) >>> 2)
    return ref
  }

  /** Takes a row out; its bytes stay until the log goes. */
  kill(ref: RowRef): void {
    const at = lengthWordOf(ref)
    const { words } = this.page(ref)
    words[at] = (words[at] as number) | DEAD
  }

  /** An empty log for keys of the same kind. */
  empty(): RowLog {
    return new RowLog(this.#keys)
  }

  /** Takes every row of a dense key out. */
  deleteKey(key: number): void {
    this.#heads.delete(key)
  }

  /** The log as bytes: its pages, and heads where rows do not tell their key, for a snapshot. */
  *save(): Generator<Uint8Array> {
    const keys = Float64Array.from(this.#keys === 'dense' ? this.#heads.sortedKeys() : [])
    const head = new Float64Array([this.#pages.length, this.#used, keys.length])
    yield new Uint8Array(head.buffer)
    yield new Uint8Array(keys.buffer)
    yield new Uint8Array(Uint32Array.from(keys, (key) => this.#heads.get(key)).buffer)
    yield new Uint8Array(Uint32Array.from(this.#ends).buffer)
    for (const [i, { bytes }] of this.#pages.entries()) {
      yield bytes.subarray(0, this.#ends[i] ?? this.#used)
    }
  }

  /** Takes over what `save` gave out. */
  static restore(keyKind: RowKeys, source: ByteSource): RowLog {
    const log = new RowLog(keyKind)
    const [pages = 0, used = 0, size = 0] = new Float64Array(aligned(source.take(24)))
    const keys = new Float64Array(aligned(source.take(8 * size)))
    const heads = new Uint32Array(aligned(source.take(4 * size)))
    for (let i = 0; i < size; i++) log.#heads.exchange(keys[i] as number, heads[i] as number)
    const ends = new Uint32Array(aligned(source.take(4 * Math.max(0, pages - 1))))
    for (let i = 0; i < pages; i++) {
      log.#addPage()
      log.#used = ends[i] ?? used
      log.#pages[i]?.bytes.set(source.take(log.#used))
    }
    return log
  }

  #addPage(): void {
    if (this.#pages.length > 0) this.#ends.push(this.#used)
    this.#capacity = this.#pages.length < SMALL_PAGES ? SMALL_PAGE_BYTES : PAGE_BYTES
    this.#pages.push(newBytePage(this.#capacity))
    this.#used = FIRST_AT
  }

  /** Strings rows by wide keys together that have come since the last time. */
  #string(): void {
    if (this.#keys === 'dense') return
    for (; this.#loosePage < this.#pages.length; this.#loosePage++) {
      const end = this.#ends[this.#loosePage] ?? this.#used
      const { words } = this.#pages[this.#loosePage] as BytePage
      for (let row = 0; this.#looseAt < end; row++) {
        if (row % STRUNG_AT_ONCE === 0) this.#touchHeads(words, end)
        const at = this.#looseAt >>> 2
        const ref = ((this.#loosePage << PAGE_BITS) | this.#looseAt) >>> 0
        words[at] = this.#heads.exchange(wideKeyAt(words, at), ref)
        this.#looseAt += this.#headerBytes + paddedLengthAt(words, at)
      }
      if (this.#loosePage === this.#pages.length - 1) return
      this.#looseAt = FIRST_AT
    }
  }

  /** Loads the heads of the next rows that are not strung together yet. */
  #touchHeads(words: Int32Array, end: number): void {
    let touched = 0
    for (let row = 0, next = this.#looseAt; row < STRUNG_AT_ONCE && next < end; row++) {
      const at = next >>> 2
      touched += this.#heads.touch(wideKeyAt(words, at))
      next += this.#headerBytes + paddedLengthAt(words, at)
    }
    this.touched = touched
  }

  #before(ref: RowRef): RowRef {
    return (this.page(ref).words[(ref & (PAGE_BYTES - 1)) >>> 2] as number) >>> 0
  }

  #living(ref: RowRef): RowRef {
    let living = ref
    while (living !== 0 && (this.page(living).words[lengthWordOf(living)] as number) < 0) {
      living = this.#before(living)
    }
    return living
  }
}

function wideKeyAt(words: Int32Array, at: number): number {
  const low = (words[at + KEY_WORD] as number) >>> 0
  return low + (words[at + KEY_WORD + 1] as number) * 4294967296
}

function paddedLengthAt(words: Int32Array, at: number): number {
  return (((words[at + LENGTH_WORD] as number) & ~DEAD) + 3) & ~3
}

function lengthWordOf(ref: RowRef): number {
  return ((ref & (PAGE_BYTES - 1)) >>> 2) + LENGTH_WORD
}

function aligned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}

/** Up to this many words a copy by hand costs less than a call into the runtime. */
const COPIED_BY_HAND = 64

/** Copies whole words; what stands after the length is not read again. */
function copy(
  { words: payload }: BytePage,
  from: number,
  length: number,
  to: Int32Array,
  at: number,
): void {
  const first = from >>> 2
  const count = (length + 3) >>> 2
  if (count > COPIED_BY_HAND) to.set(payload.subarray(first, first + count), at)
  else for (let i = 0; i < count; i++) to[at + i] = payload[first + i] as number
}
