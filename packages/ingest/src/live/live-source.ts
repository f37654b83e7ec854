/** A line as a live source hands it over. */
export interface LiveLine {
  /** Without its line ending; of a line that is too long, the first `LINE_BYTES_MAX` bytes. Never written again. */
  readonly bytes: Buffer
  /** Bytes of the whole line when it is too long; null for every other line. */
  readonly tooLongBytes: number | null
  /** Where it was read: a path, or the transport and address of what sent it, such as `udp:192.0.2.1`. */
  readonly path: string
  /** 1-based line number in the file, or number in the spool. */
  readonly number: number
}

/** Lines, and where the source stands after them. */
export interface LiveBatch<Position> {
  readonly lines: readonly LiveLine[]
  /** JSON. Given to the source's next run, reading goes on behind these lines. */
  readonly position: Position
}

/**
 * A source of lines that has no end and goes on from a position. Nothing is read ahead of what is asked for, so a slow
 * reader is felt where the lines come from.
 *
 * Who reads keeps the position of the last batch together with what the lines did: then no line is lost and none counts
 * twice, whenever the process ends.
 */
export interface LiveSource<Position> {
  /** Unique and stable: positions are kept under it. */
  readonly name: string
  /**
   * The next lines; waits for some. Null when the signal is aborted. Not to be called again before it has settled.
   * Throws on no input; problems are told to the callback the source was made with.
   */
  next(signal: AbortSignal): Promise<LiveBatch<Position> | null>
  /** Everything has been handed out that was there when reading began. */
  readonly isCaughtUp: boolean
  /** Lines to come are not much older than those handed out. False while several files wait that may each begin long ago. */
  readonly isInOrder: boolean
  /** Bytes that wait to be read, as last seen. */
  readonly lag: number
  /** The position is in a durable snapshot: what is before it will not be asked for again. */
  release(position: Position): Promise<void>
  close(): Promise<void>
}

/** Bytes read in one piece, unless a source is told otherwise. */
export const BATCH_BYTES = 256 * 1024
