import type { LineSink } from './source.ts'

/** Keeps what a source delivered, for tests. */
export class CollectingSink implements LineSink {
  readonly lines: string[] = []
  readonly lineNumbers: number[] = []
  readonly tooLongLines: { firstBytes: string; lineNumber: number; byteLength: number }[] = []

  line(bytes: Buffer, start: number, end: number, lineNumber: number): void {
    this.lines.push(bytes.toString('utf8', start, end))
    this.lineNumbers.push(lineNumber)
  }

  tooLong(firstBytes: Buffer, lineNumber: number, byteLength: number): void {
    this.tooLongLines.push({ firstBytes: firstBytes.toString('latin1'), lineNumber, byteLength })
  }
}
