import type { DeadLetter } from '../dead-letters.ts'
import type { FeedBatch, LineFeed } from './line-feed.ts'

/** Lines that were set aside, as lines to read again: they keep the place where they were read. Has an end. */
export class LettersFeed implements LineFeed {
  readonly name = 'dead-letters'
  readonly isCaughtUp = true
  readonly isInOrder = true
  #letters: readonly DeadLetter[]

  /** @param letters of which the whole line was kept */
  constructor(letters: readonly DeadLetter[]) {
    this.#letters = letters
  }

  get lag(): number {
    return this.#letters.length
  }

  async next(signal: AbortSignal): Promise<FeedBatch | null> {
    const letters = this.#letters
    this.#letters = []
    if (signal.aborted || letters.length === 0) return null
    const lines = letters.map(({ start, path, number }) => ({
      ...{ bytes: Buffer.from(start, 'base64'), tooLongBytes: null, path, number },
    }))
    return { lines, position: null }
  }

  async release(): Promise<void> {}

  async close(): Promise<void> {}
}
