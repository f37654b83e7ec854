import type { IngestWatermark } from './records.ts'

/** An ingest that has not written a watermark for so long, while others have, no longer holds the others back. */
const SILENT_MS = 10 * 60_000

/** Watermark and time of writing of each ingest, for a snapshot. */
export type SavedWatermarks = readonly (readonly [
  ingest: string,
  watermarkMs: number,
  writtenMs: number,
])[]

/**
 * The watermark of a partition: the least of all ingests that write to it. A function of the log alone, so that whoever reads the
 * log again comes to the same; an ingest that is gone is known by the times at which records were written.
 */
export class IngestWatermarks {
  readonly #ingests = new Map<string, { watermarkMs: number; writtenMs: number }>()
  #latestWrittenMs = Number.NEGATIVE_INFINITY

  take({ ingest, watermarkMs }: IngestWatermark, writtenMs: number): void {
    const known = this.#ingests.get(ingest)
    this.#latestWrittenMs = Math.max(this.#latestWrittenMs, writtenMs)
    this.#ingests.set(ingest, {
      watermarkMs: Math.max(known?.watermarkMs ?? Number.NEGATIVE_INFINITY, watermarkMs),
      writtenMs,
    })
  }

  /** -Infinity while there is none. */
  get watermarkMs(): number {
    let least = Number.POSITIVE_INFINITY
    for (const { watermarkMs, writtenMs } of this.#ingests.values()) {
      if (writtenMs >= this.#latestWrittenMs - SILENT_MS) least = Math.min(least, watermarkMs)
    }
    return least === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : least
  }

  save(): SavedWatermarks {
    return [...this.#ingests].map(([ingest, { watermarkMs, writtenMs }]) => [
      ...[ingest, watermarkMs, writtenMs],
    ]) as unknown as SavedWatermarks
  }

  restore(saved: SavedWatermarks): void {
    for (const [ingest, watermarkMs, writtenMs] of saved)
      this.take({ ingest, watermarkMs }, writtenMs)
  }
}
