/** A line as a source of lines hands it over. */
export interface FeedLine {
  /** Without its line ending; of a line that is too long, the first bytes. */
  readonly bytes: Buffer
  /** Bytes of the whole line when it is too long; null for every other line. */
  readonly tooLongBytes: number | null
  /** Where it was read: a path, or what sent it. */
  readonly path: string
  /** Line number or offset there. */
  readonly number: number
}

/** Lines of a feed, and where it stands after them. */
export interface FeedBatch {
  readonly lines: readonly FeedLine[]
  /** JSON; given back to the feed's maker, reading goes on behind these lines. */
  readonly position: unknown
}

/** A source of lines that can be asked for more, and goes on from a position. Nothing is read ahead of what is asked for. */
export interface LineFeed {
  /** Unique and stable: positions are kept under it. */
  readonly name: string
  /** The next lines; waits for some. Null when the signal is aborted, or at the end of a feed that has one. */
  next(signal: AbortSignal): Promise<FeedBatch | null>
  /** Everything has been handed out that was there when the feed was opened. */
  readonly isCaughtUp: boolean
  /**
   * Lines to come are not much earlier than those handed out, as far as one gateway goes. False while several files wait that
   * may each begin long ago.
   */
  readonly isInOrder: boolean
  /** Bytes or records that wait to be read, as last seen. */
  readonly lag: number
  /** A position is safe: what is before it is not asked for again. */
  release(position: unknown): Promise<void>
  close(): Promise<void>
}
