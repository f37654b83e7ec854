import type { Readable } from 'node:stream'

/** One thing to read lines from. */
export interface Source {
  /** As the user gave it, or as found under a folder or glob the user gave; `-` for standard input. */
  readonly path: string
  readonly kind: 'file' | 'stdin'
  /** Size on disk, compressed if the file is; null when unknown (pipes, devices). */
  readonly sizeBytes: number | null
}

/** A path that could not be turned into sources. */
export interface InputProblem {
  readonly path: string
  /** One plain sentence without the path, e.g. `no such file or folder`. */
  readonly problem: string
}

/** Where the lines of a source go; called synchronously, in the order of the lines. */
export interface LineSink {
  /**
   * One line, without its LF or CRLF.
   * @param bytes holds the line at `start` (inclusive) to `end` (exclusive); valid only during the call
   * @param lineNumber 1-based
   */
  line(bytes: Buffer, start: number, end: number, lineNumber: number): void
  /**
   * A line longer than `LINE_BYTES_MAX`.
   * @param firstBytes its first `LINE_BYTES_MAX` bytes; valid only during the call
   * @param byteLength of the whole line
   */
  tooLong(firstBytes: Buffer, lineNumber: number, byteLength: number): void
}

export interface ReadOptions {
  /**
   * Called after each block.
   * @param totalBytes size on disk, null when unknown
   */
  readonly onProgress?: (compressedBytesRead: number, totalBytes: number | null) => void
  /** Stops reading at the next block; the lines until then are delivered. */
  readonly signal?: AbortSignal
  /** Stands for standard input; `process.stdin` unless given. */
  readonly stdin?: Readable
}

export interface SourceResult {
  /** Lines delivered, too long ones included. */
  readonly lines: number
  /** Bytes of text, decompressed. */
  readonly bytes: number
  /** Bytes read from the file; equal to `bytes` when nothing is compressed. */
  readonly compressedBytes: number
  /** Why the source was not read to its end, one plain sentence without the path; null when it was. */
  readonly problem: string | null
}
