import type { LiveBatch, LiveLine, LiveSource } from '../live-source.ts'

/** Reads a live source step by step, for tests. */
export class Reading<Position> {
  readonly source: LiveSource<Position>
  readonly read: LiveLine[] = []
  position: Position | undefined
  readonly #never = new AbortController().signal
  #handedOut = 0

  constructor(source: LiveSource<Position>) {
    this.source = source
  }

  async batch(signal: AbortSignal = this.#never): Promise<LiveBatch<Position> | null> {
    const batch = await this.source.next(signal)
    if (batch === null) return null
    this.read.push(...batch.lines)
    this.position = batch.position
    return batch
  }

  /** The next lines as text, waiting for them. */
  async lines(count: number): Promise<string[]> {
    while (this.read.length < this.#handedOut + count) await this.batch()
    const lines = this.read.slice(this.#handedOut, this.#handedOut + count)
    this.#handedOut += count
    return lines.map(({ bytes }) => bytes.toString('utf8'))
  }
}
