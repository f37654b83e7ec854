import type { Page } from './page.ts'
import { SLOT_ASCII, SLOT_IN_TABLE, SLOT_WIDE } from './row-layout.ts'
import { NO_CODE, type TextColumn, type TextTable } from './text-table.ts'

/** Writes the slots of a row, one after the other. */
export class SlotWriter {
  #bytes: Buffer = Buffer.alloc(0)
  /** Where the next slot goes. */
  at = 0

  start({ bytes }: Page, at: number): void {
    this.#bytes = bytes
    this.at = at
  }

  text(column: TextColumn, text: string): void {
    const code = column.codeOf(text)
    if (code === NO_CODE) this.#spelledOut(text)
    else this.#varint(code, SLOT_IN_TABLE)
  }

  #spelledOut(text: string): void {
    const slot = this.at
    this.#varint(text.length, SLOT_ASCII)
    const written = this.#bytes.write(text, this.at, 'utf8')
    if (written === text.length) this.at += written
    else {
      this.at = slot
      this.#varint(text.length, SLOT_WIDE)
      this.at += this.#bytes.write(text, this.at, 'utf16le')
    }
  }

  /** Seven bits a byte, the low ones first; the high bit says that more follow (as in LEB128). */
  #varint(number: number, kind: number): void {
    let rest = number * 4 + kind
    while (rest > 127) {
      this.#bytes[this.at++] = (rest & 127) | 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.at++] = rest
  }
}

/** Reads the slots of a row, in the order they were written. */
export class SlotReader {
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0

  start({ bytes }: Page, at: number): void {
    this.#bytes = bytes
    this.#at = at
  }

  text(table: TextTable): string {
    const slot = this.#varint()
    const number = slot >>> 2
    const kind = slot & 3
    if (kind === SLOT_IN_TABLE) return table.textOf(number)
    const start = this.#at
    this.#at += kind === SLOT_WIDE ? 2 * number : number
    return this.#bytes.toString(kind === SLOT_WIDE ? 'utf16le' : 'latin1', start, this.#at)
  }

  #varint(): number {
    let byte = this.#bytes[this.#at++] as number
    let number = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = this.#bytes[this.#at++] as number
      number |= (byte & 127) << shift
    }
    return number >>> 0
  }
}
