import { LineSplitter } from '../../sources/line-splitter.ts'
import type { LiveLine } from '../live-source.ts'

/** Cuts blocks of whole lines into lines. */
export class BlockLines {
  #lines: LiveLine[] = []
  #path = ''
  #linesBefore = 0
  readonly #splitter = new LineSplitter({
    line: (bytes, start, end) => this.#take(bytes.subarray(start, end), null),
    tooLong: (firstBytes, _number, byteLength) => this.#take(firstBytes, byteLength),
  })

  /**
   * @param block ends with a line ending, and is never written again: lines are parts of it
   * @param linesBefore lines in the file before these
   */
  linesOf(block: Buffer, path: string, linesBefore: number): LiveLine[] {
    this.#lines = []
    this.#path = path
    this.#linesBefore = linesBefore
    this.#splitter.push(block)
    return this.#lines
  }

  #take(bytes: Buffer, tooLongBytes: number | null): void {
    const number = this.#linesBefore + this.#lines.length + 1
    this.#lines.push({ bytes, tooLongBytes, path: this.#path, number })
  }
}
