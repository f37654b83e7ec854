/** Longer texts are rarely repeated and would fill the table. */
const TEXT_LENGTH_MAX = 256

/** What an entry costs beside its characters: a map slot, an array slot and the head of the string, rounded up. */
const ENTRY_BYTES = 96

/** Well below the 2^24 entries at which a `Map` throws. */
const ENTRIES_MAX = 2 ** 22

/** Code of a text that is not in the table. */
export const NO_CODE = -1

/**
 * Numbers for repeated texts. Attackers type user names, so the table takes texts until its budget is spent and
 * none after that; a text without a number is simply written out.
 */
export class TextTable {
  readonly #bytesMax: number
  readonly #codes = new Map<string, number>()
  readonly #texts: string[] = []
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** The number of a text, given now if need be, or `NO_CODE`. */
  codeOf(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    const bytes = ENTRY_BYTES + 2 * text.length
    const isRefused =
      text.length > TEXT_LENGTH_MAX ||
      this.#bytes + bytes > this.#bytesMax ||
      this.#texts.length >= ENTRIES_MAX
    if (isRefused) return NO_CODE
    const code = this.#texts.length
    const kept = ownCopyOf(text)
    this.#bytes += bytes
    this.#codes.set(kept, code)
    this.#texts.push(kept)
    return code
  }

  /** The text of a number that `codeOf` gave. */
  textOf(code: number): string {
    return this.#texts[code] as string
  }
}

/** A copy in memory of its own: a piece of a longer text would keep the whole of it (a raw line) in memory. */
function ownCopyOf(text: string): string {
  const bytes = Buffer.from(text, 'latin1')
  const copy = bytes.toString('latin1')
  return copy === text ? copy : Buffer.from(text, 'utf16le').toString('utf16le')
}

/** One column of texts in front of a table: the last text, which is often the next one too, needs no look-up. */
export class TextColumn {
  readonly table: TextTable
  #lastText = ''
  #lastCode: number

  constructor(table: TextTable) {
    this.table = table
    this.#lastCode = table.codeOf('')
  }

  /** As `TextTable.codeOf`. */
  codeOf(text: string): number {
    if (text !== this.#lastText) {
      const code = this.table.codeOf(text)
      if (code === NO_CODE) return NO_CODE
      this.#lastCode = code
      this.#lastText = this.table.textOf(code)
    }
    return this.#lastCode
  }
}
