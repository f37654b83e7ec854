import { BARE, type ValueStyle } from '../pairs/pair-syntax.ts'
import { latin1TextOf } from './latin1-text.ts'

/** Places of a cache; a power of two. */
const PLACES = 4096

/** Longest value that is kept, in bytes: names and realms are shorter. */
const KEY_BYTES = 48

/**
 * What was made of values that came before, found by their bytes. One place for each hash: a value that comes there
 * later takes it, so that neither memory nor time can be made to grow by those who choose the values.
 */
export class ValueCache<T> {
  readonly #make: (text: string) => T
  readonly #hashes = new Int32Array(PLACES)
  /** Length and style of the value at a place, -1 for none. */
  readonly #shapes = new Int32Array(PLACES).fill(-1)
  readonly #keys = new Uint8Array(PLACES * KEY_BYTES)
  readonly #values: (T | undefined)[] = new Array(PLACES).fill(undefined)
  #hash = 0

  /** @param make what is made of a decoded value; the same for the same text, and never changed by anybody */
  constructor(make: (text: string) => T) {
    this.#make = make
  }

  /** What was made of the value with these bytes, or undefined. */
  find(bytes: Buffer, start: number, end: number, style: ValueStyle): T | undefined {
    let hash = style + 1
    for (let i = start; i < end; i++)
      hash = (Math.imul(hash, 0x01000193) ^ (bytes[i] as number)) | 0
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) | 0
    this.#hash = hash
    const place = (hash >>> 8) & (PLACES - 1)
    if (this.#hashes[place] !== hash || this.#shapes[place] !== (end - start) * 4 + style)
      return undefined
    const keys = this.#keys
    const key = place * KEY_BYTES - start
    for (let i = start; i < end; i++) if (keys[key + i] !== bytes[i]) return undefined
    return this.#values[place]
  }

  /** What is made of a value that stands as it is, one character a byte. */
  get(bytes: Buffer, start: number, end: number): T {
    const known = this.find(bytes, start, end, BARE)
    if (known !== undefined) return known
    return this.made(latin1TextOf(bytes, start, end), bytes, start, end, BARE, true)
  }

  /** Makes something of the value that was last looked for, and keeps it if it may. */
  made(
    text: string,
    bytes: Buffer,
    start: number,
    end: number,
    style: ValueStyle,
    mayKeep: boolean,
  ): T {
    const value = this.#make(text)
    if (!mayKeep || end - start > KEY_BYTES) return value
    const place = (this.#hash >>> 8) & (PLACES - 1)
    this.#hashes[place] = this.#hash
    this.#shapes[place] = (end - start) * 4 + style
    const key = place * KEY_BYTES - start
    for (let i = start; i < end; i++) this.#keys[key + i] = bytes[i] as number
    this.#values[place] = value
    return value
  }
}
