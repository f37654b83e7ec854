import { AttemptCodec } from './attempt-codec.ts'
import type { RowPlace } from './page.ts'
import { RUN_BYTES_MAX, Run } from './run.ts'
import { Segments } from './segments.ts'
import type { SortableAttempt } from './sortable-attempt.ts'

export interface SortedAttemptsOptions {
  /** Memory to use, in bytes, about; beyond it attempts go to disk. */
  readonly memoryBudgetBytes: number
  /** Where temporary files are made when memory does not suffice. */
  readonly temporaryDirectory: string
}

/**
 * The attempts of a batch in time order, each once: an external merge sort, batch's stand-in for an ordered log.
 *
 * Add all, then drain once. The result depends on the set of attempts only, not on the order of adding, on repeats or
 * on the budget. Of copies with one id (one event archived twice) the one with the smallest (rawSha256, path, line
 * number) is kept.
 */
export class SortedAttempts {
  readonly #codec: AttemptCodec
  readonly #segments: Segments
  #run: Run | null
  #duplicates = 0

  constructor({ memoryBudgetBytes, temporaryDirectory }: SortedAttemptsOptions) {
    const share = Math.floor(memoryBudgetBytes / 16)
    this.#codec = new AttemptCodec(share)
    this.#run = new Run(this.#codec, Math.min(RUN_BYTES_MAX, share))
    this.#segments = new Segments(this.#codec, {
      storeBytesMax: 10 * share,
      bufferBytesMax: 4 * share,
      temporaryDirectory,
    })
  }

  /** Copies left out by `drain` so far. */
  get duplicates(): number {
    return this.#duplicates
  }

  /**
   * Takes a copy of an attempt.
   * @throws Error when a temporary file cannot be written, or after `drain` or `close`
   */
  add(attempt: SortableAttempt): void {
    const run = this.#run
    if (run === null) throw new Error('attempts are added before they are drained')
    const { timestampMs } = attempt.event
    if (!Number.isSafeInteger(timestampMs)) {
      throw new Error(`the time of an attempt is not in whole milliseconds: ${timestampMs}`)
    }
    if (run.add(attempt)) return
    this.#segments.append(run.inOrder())
    run.clear()
    run.add(attempt)
  }

  /**
   * Gives out the attempts in the order of (timestampMs, id) and then closes, also when the caller stops early.
   * @throws Error when a temporary file cannot be written or read, or when called twice
   */
  *drain(): Generator<SortableAttempt> {
    try {
      yield* this.#distinct(this.#placesInOrder())
    } finally {
      this.close()
    }
  }

  #placesInOrder(): Generator<RowPlace> {
    if (this.#run === null) throw new Error('attempts are drained once')
    this.#segments.append(this.#run.inOrder())
    this.#run = null
    return this.#segments.inOrder()
  }

  /** Gives memory and temporary files back; safe to repeat. */
  close(): void {
    this.#run = null
    this.#segments.close()
  }

  *#distinct(places: Iterable<RowPlace>): Generator<SortableAttempt> {
    let lastId: string | null = null
    for (const { page, row } of places) {
      const attempt = this.#codec.read(page, row)
      if (attempt.id === lastId) this.#duplicates++
      else yield attempt
      lastId = attempt.id
    }
  }
}
