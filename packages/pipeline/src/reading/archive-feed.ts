import { lineBlocks, type Source, type SourceLine } from '@sekisho/ingest'
import type { FeedBatch, FeedLine, LineFeed } from './line-feed.ts'

/** How far the files were read: whole ones, and lines of the next. */
interface ArchivePosition {
  readonly sources: number
  readonly lines: number
}

/** Files that are there already, one after the other, each once: compressed or not. Has an end. */
export class ArchiveFeed implements LineFeed {
  readonly name: string
  readonly #sources: readonly Source[]
  readonly #problem: (path: string, problem: string) => void
  #position: ArchivePosition
  #lines: AsyncGenerator<readonly SourceLine[], string | null> | null = null
  #isAtEnd = false

  /**
   * @param name unique to this list of files: positions are kept under it
   * @param position of a former run over the same files, or undefined
   * @param problem told of a file that could not be read to its end; the others are read
   */
  constructor(
    name: string,
    sources: readonly Source[],
    position: unknown,
    problem: (path: string, problem: string) => void,
  ) {
    this.name = name
    this.#sources = sources
    this.#position = (position as ArchivePosition | undefined) ?? { sources: 0, lines: 0 }
    this.#problem = problem
  }

  get isCaughtUp(): boolean {
    return this.#isAtEnd
  }

  /** Files are read in the order in which they were named, not of their times: only behind the last one nothing old can come. */
  get isInOrder(): boolean {
    return this.#position.sources >= this.#sources.length - 1
  }

  get lag(): number {
    return this.#sources.length - this.#position.sources
  }

  async next(signal: AbortSignal): Promise<FeedBatch | null> {
    while (!signal.aborted) {
      const { sources, lines } = this.#position
      const source = this.#sources[sources]
      if (source === undefined) {
        this.#isAtEnd = true
        return null
      }
      this.#lines ??= lineBlocks(source, signal)
      const { value, done } = await this.#lines.next()
      if (signal.aborted) break
      if (done === true) {
        if (typeof value === 'string') this.#problem(source.path, value)
        this.#lines = null
        this.#position = { sources: sources + 1, lines: 0 }
        continue
      }
      const news = value.filter(({ number }) => number > lines)
      const last = news.at(-1)
      if (last === undefined) continue
      this.#position = { sources, lines: last.number }
      return { lines: news.map((line) => lineOf(line, source.path)), position: this.#position }
    }
    return null
  }

  async release(): Promise<void> {}

  async close(): Promise<void> {
    await this.#lines?.return(null)
  }
}

function lineOf({ bytes, number, tooLongBytes }: SourceLine, path: string): FeedLine {
  return { bytes, tooLongBytes, path, number }
}
