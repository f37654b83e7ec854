/** Places of the table; a power of two well above the number of names. */
const HASH_PLACES = 1024

/** Finds the slot of a key in the bytes of a line without making a text of it. */
export class KeyNames {
  readonly #names: readonly string[]
  readonly #slots: readonly number[]
  /** For each hash 1 + the index of a name, or 0. */
  readonly #byHash = new Uint8Array(HASH_PLACES)

  /** @param slots at most 255 names and the slot of each; several names may share a slot. */
  constructor(slots: Readonly<Record<string, number>>) {
    this.#names = Object.keys(slots)
    this.#slots = Object.values(slots)
    for (const [index, name] of this.#names.entries()) {
      let hash = 0
      for (let i = 0; i < name.length; i++) hash = nextHash(hash, name.charCodeAt(i))
      let place = hash & (HASH_PLACES - 1)
      while (this.#byHash[place] !== 0) place = (place + 1) & (HASH_PLACES - 1)
      this.#byHash[place] = index + 1
    }
  }

  /**
   * The slot of the key in these bytes, or -1.
   *
   * @param hash of the bytes, `nextHash` from 0 on.
   */
  slotOf(hash: number, bytes: Buffer, start: number, end: number): number {
    let place = hash & (HASH_PLACES - 1)
    for (;;) {
      const entry = this.#byHash[place] as number
      if (entry === 0) return -1
      if (isTextAt(bytes, start, end, this.#names[entry - 1] as string))
        return this.#slots[entry - 1] as number
      place = (place + 1) & (HASH_PLACES - 1)
    }
  }
}

/** The hash of a text and one more code. */
export function nextHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0
}

/** True when these bytes are an ASCII text. */
export function isTextAt(bytes: Buffer, start: number, end: number, text: string): boolean {
  if (text.length !== end - start) return false
  for (let i = start; i < end; i++) if (bytes[i] !== text.charCodeAt(i - start)) return false
  return true
}
