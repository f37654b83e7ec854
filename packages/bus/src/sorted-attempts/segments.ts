import type { AttemptCodec } from './attempt-codec.ts'
import { mergedRows } from './merge.ts'
import type { RowPlace } from './page.ts'
import { rowBytesOf, timestampMsOf } from './row-layout.ts'
import { type Segment, SegmentReader } from './segment-reader.ts'
import { Store } from './store.ts'

/** Most segments merged at once; more are merged in passes. */
const MERGED_MAX = 512

const BUFFER_BYTES_MAX = 256 * 1024
const BUFFER_BYTES_MIN = 4096

export interface SegmentsOptions {
  /** Memory for the segments themselves; what is more goes to disk. */
  readonly storeBytesMax: number
  /** Memory for reading them back. */
  readonly bufferBytesMax: number
  readonly temporaryDirectory: string
}

/** Sorted runs, and their merging. */
export class Segments {
  readonly #codec: AttemptCodec
  readonly #options: SegmentsOptions
  readonly #mergedMax: number
  #store: Store
  #segments: Segment[] = []

  constructor(codec: AttemptCodec, options: SegmentsOptions) {
    this.#codec = codec
    this.#options = options
    const buffers = Math.floor(options.bufferBytesMax / BUFFER_BYTES_MIN)
    this.#mergedMax = Math.min(MERGED_MAX, Math.max(2, buffers))
    this.#store = new Store(options.storeBytesMax, options.temporaryDirectory)
  }

  /** Takes one sorted run. @throws Error when a temporary file cannot be written */
  append(rows: Iterable<RowPlace>): void {
    const segment = this.#written(this.#store, rows)
    const last = this.#segments.at(-1)
    // Logs are mostly in order already: then all runs are one segment, and there is nothing to merge.
    const continues = last !== undefined && last.lastMs < segment.firstMs
    if (continues) this.#segments.pop()
    this.#segments.push(
      continues ? { ...segment, start: last.start, firstMs: last.firstMs } : segment,
    )
  }

  /** All rows in order. @throws Error when a temporary file cannot be written or read */
  *inOrder(): Generator<RowPlace> {
    while (this.#segments.length > this.#mergedMax) this.#mergePass()
    yield* this.#merged(this.#segments)
  }

  /** Gives memory and disk space back. */
  close(): void {
    this.#store.close()
    this.#segments = []
  }

  #mergePass(): void {
    const segments: Segment[] = []
    // A second store beside the first finds no room in memory.
    const store = new Store(0, this.#options.temporaryDirectory)
    try {
      for (let i = 0; i < this.#segments.length; i += this.#mergedMax) {
        const rows = this.#merged(this.#segments.slice(i, i + this.#mergedMax))
        segments.push(this.#written(store, rows))
      }
    } catch (error) {
      store.close()
      throw error
    }
    this.#store.close()
    this.#store = store
    this.#segments = segments
  }

  #merged(segments: readonly Segment[]): Generator<RowPlace> {
    const share = Math.floor(this.#options.bufferBytesMax / Math.max(1, segments.length))
    const bufferBytes = Math.min(BUFFER_BYTES_MAX, Math.max(BUFFER_BYTES_MIN, share))
    const readers = segments.map((segment) => new SegmentReader(this.#store, segment, bufferBytes))
    return mergedRows(this.#codec, readers)
  }

  #written(store: Store, rows: Iterable<RowPlace>): Segment {
    const start = store.length
    const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES_MAX)
    let filled = 0
    let firstMs = Number.NaN
    let lastMs = Number.NaN
    for (const { page, row } of rows) {
      const rowBytes = rowBytesOf(page, row)
      if (filled + rowBytes > buffer.length) {
        store.append(buffer.subarray(0, filled))
        filled = 0
      }
      if (rowBytes > buffer.length) store.append(page.bytes.subarray(row, row + rowBytes))
      else filled += page.bytes.copy(buffer, filled, row, row + rowBytes)
      lastMs = timestampMsOf(page, row)
      if (Number.isNaN(firstMs)) firstMs = lastMs
    }
    store.append(buffer.subarray(0, filled))
    return { start, end: store.length, firstMs, lastMs }
  }
}
