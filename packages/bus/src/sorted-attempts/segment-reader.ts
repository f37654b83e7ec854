import { type Page, pageOf, type RowPlace } from './page.ts'
import { ROW, rowBytesOf, timestampMsOf } from './row-layout.ts'
import type { Store } from './store.ts'

/** A piece of a store that holds sorted rows. */
export interface Segment {
  readonly start: number
  readonly end: number
  /** Times of the first and the last row. */
  readonly firstMs: number
  readonly lastMs: number
}

/** Goes through a segment row by row; it is the place of the row it stands at. */
export class SegmentReader implements RowPlace {
  page: Page
  row = 0
  /** Time of the row, which decides nearly every comparison. */
  timestampMs = 0
  readonly #store: Store
  readonly #end: number
  /** Where in the store the bytes in the page end. */
  #position: number
  /** Bytes in the page. */
  #filled = 0
  #rowBytes = 0

  /** @param bufferBytes memory to read into; a longer row takes more */
  constructor(store: Store, { start, end }: Segment, bufferBytes: number) {
    this.#store = store
    this.#position = start
    this.#end = end
    this.page = pageOf(bufferBytes)
  }

  /** Goes to the next row, at first to the first; false when there is none. */
  next(): boolean {
    this.row += this.#rowBytes
    if (this.row === this.#filled && this.#position === this.#end) return false
    this.#fill(ROW.block)
    this.#rowBytes = rowBytesOf(this.page, this.row)
    this.#fill(this.#rowBytes)
    this.timestampMs = timestampMsOf(this.page, this.row)
    return true
  }

  /** Makes sure that the page holds that many bytes of the row. */
  #fill(bytes: number): void {
    if (this.row + bytes <= this.#filled) return
    const rest = this.page.bytes.subarray(this.row, this.#filled)
    if (bytes > this.page.bytes.length) this.page = pageOf(bytes)
    rest.copy(this.page.bytes)
    const room = Math.min(this.page.bytes.length - rest.length, this.#end - this.#position)
    this.#store.read(this.page.bytes.subarray(rest.length, rest.length + room), this.#position)
    this.row = 0
    this.#filled = rest.length + room
    this.#position += room
  }
}
