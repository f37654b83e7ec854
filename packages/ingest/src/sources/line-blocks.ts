import { decodedBlocks } from './decoded-blocks.ts'
import { causeOf, codeOf, InputError, sentenceOf } from './input-error.ts'
import { LineSplitter } from './line-splitter.ts'
import { rawInputOf } from './raw-input.ts'
import type { Source } from './source.ts'

/** A line with bytes of its own. */
export interface SourceLine {
  /** Without its line ending; of a line that is too long, the first `LINE_BYTES_MAX` bytes. */
  readonly bytes: Buffer
  /** 1-based. */
  readonly number: number
  /** Bytes of the whole line when it is too long; null for every other. */
  readonly tooLongBytes: number | null
}

/**
 * The lines of a source block by block, for who takes them at his own pace: plain, gzip or zstd. Nothing is read ahead.
 *
 * @returns why the source was not read to its end, one plain sentence without the path; null when it was
 */
export async function* lineBlocks(
  source: Source,
  signal: AbortSignal,
): AsyncGenerator<readonly SourceLine[], string | null> {
  let lines: SourceLine[] = []
  const splitter = new LineSplitter({
    line(bytes, start, end, number) {
      lines.push({ bytes: Buffer.from(bytes.subarray(start, end)), number, tooLongBytes: null })
    },
    tooLong(firstBytes, number, byteLength) {
      lines.push({ bytes: Buffer.from(firstBytes), number, tooLongBytes: byteLength })
    },
  })
  try {
    const input = await rawInputOf(source, { signal })
    try {
      for await (const block of decodedBlocks(input)) {
        splitter.push(block)
        yield lines
        lines = []
        if (signal.aborted) return 'was stopped'
      }
    } finally {
      await input.close()
    }
  } catch (error) {
    if (lines.length > 0) yield lines
    if (error instanceof InputError) {
      return sentenceOf(error, splitter.lines, splitter.unfinishedBytes)
    }
    if (codeOf(error) === '') throw error
    return `cannot be read: ${causeOf(error)}`
  }
  splitter.end()
  yield lines
  return null
}
