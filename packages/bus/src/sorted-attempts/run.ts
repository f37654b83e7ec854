import { type AttemptCodec, rowBytesMax } from './attempt-codec.ts'
import { type Page, pageOf, type RowPlace } from './page.ts'
import { idHeadOf } from './row-layout.ts'
import type { SortableAttempt } from './sortable-attempt.ts'
import { timeOrderOf } from './time-order.ts'

/** Largest page of a run: about the processor's cache, and fewer rows than `SORTED_ROWS_MAX` however short they are. */
export const RUN_BYTES_MAX = 4 * 1024 * 1024

/** Room for rows in a new run; it doubles as they come. */
const ROWS_AT_FIRST = 1024

/**
 * A page of rows, taken in any order and given out in order. It is small on purpose: rows that are sorted inside the
 * processor's cache and merged afterwards are ready sooner than rows sorted all over the memory.
 */
export class Run {
  readonly #codec: AttemptCodec
  #page: Page
  /** Where the next row goes. */
  #end = 0
  #rows = 0
  #starts = new Uint32Array(ROWS_AT_FIRST)
  #timesMs = new Float64Array(ROWS_AT_FIRST)
  /** `idHeadOf` each row: enough to tell most rows of one time apart without a look at them. */
  #idHeads = new Uint32Array(ROWS_AT_FIRST)

  /** @param bytes size of the page, at most `RUN_BYTES_MAX`; a longer row gets a longer page */
  constructor(codec: AttemptCodec, bytes: number) {
    this.#codec = codec
    this.#page = pageOf(bytes)
  }

  /** Takes a copy of an attempt; false when there is no room for it beside those taken before. */
  add(attempt: SortableAttempt): boolean {
    const bytes = rowBytesMax(attempt)
    if (this.#end + bytes > this.#page.bytes.length) {
      if (this.#rows > 0) return false
      this.#page = pageOf(bytes)
    }
    if (this.#rows === this.#starts.length) this.#growColumns()
    const rowBytes = this.#codec.write(this.#page, this.#end, attempt)
    this.#starts[this.#rows] = this.#end
    this.#timesMs[this.#rows] = attempt.event.timestampMs
    this.#idHeads[this.#rows] = idHeadOf(this.#page, this.#end)
    this.#rows++
    this.#end += rowBytes
    return true
  }

  #growColumns(): void {
    const [starts, timesMs, idHeads] = [this.#starts, this.#timesMs, this.#idHeads]
    this.#starts = new Uint32Array(2 * this.#rows)
    this.#starts.set(starts)
    this.#timesMs = new Float64Array(2 * this.#rows)
    this.#timesMs.set(timesMs)
    this.#idHeads = new Uint32Array(2 * this.#rows)
    this.#idHeads.set(idHeads)
  }

  /** Forgets the rows and keeps the memory for the next ones. */
  clear(): void {
    this.#rows = 0
    this.#end = 0
  }

  /** The rows in the order of `AttemptCodec.compare`. The place given is one object, moved on from row to row. */
  *inOrder(): Generator<RowPlace> {
    const timesMs = this.#timesMs.subarray(0, this.#rows)
    const order = timeOrderOf(timesMs, (a, b) => this.#compareTies(a, b))
    const place = { page: this.#page, row: 0 }
    for (const number of order) {
      place.row = this.#starts[number] as number
      yield place
    }
  }

  #compareTies(a: number, b: number): number {
    const byHead = (this.#idHeads[a] as number) - (this.#idHeads[b] as number)
    if (byHead !== 0) return byHead
    const startA = this.#starts[a] as number
    const startB = this.#starts[b] as number
    return this.#codec.compare(this.#page, startA, this.#page, startB)
  }
}
