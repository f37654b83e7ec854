import { Buffer } from 'node:buffer'
import { GrowingArray } from './growing-array.ts'

/** Texts by index: one block of UTF-8 and where each text begins. Read one at a time, so that loading decodes none. */
export interface TextTable {
  readonly bytes: Uint8Array
  readonly offsets: Uint32Array
}

/** The text at an index of the table. */
export function textAt(table: TextTable, index: number): string {
  const { bytes } = table
  const start = table.offsets[index] as number
  const end = table.offsets[index + 1] as number
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
}

/** Collects texts, each once. The first, index 0, is the empty text. */
export class TextBuilder {
  readonly #indexes = new Map<string, number>([['', 0]])

  indexOf(text: string): number {
    const known = this.#indexes.get(text)
    if (known !== undefined) return known
    const index = this.#indexes.size
    this.#indexes.set(text, index)
    return index
  }

  finish(): TextTable {
    const offsets = new GrowingArray()
    let length = 0
    for (const text of this.#indexes.keys()) {
      offsets.push(length)
      length += Buffer.byteLength(text)
    }
    offsets.push(length)
    return { bytes: Buffer.from([...this.#indexes.keys()].join('')), offsets: offsets.filled() }
  }
}
