import { decodedBlocks } from './decoded-blocks.ts'
import { causeOf, codeOf, InputError, sentenceOf } from './input-error.ts'
import { LineSplitter } from './line-splitter.ts'
import { type RawInput, rawInputOf } from './raw-input.ts'
import type { LineSink, ReadOptions, Source, SourceResult } from './source.ts'

/**
 * Hands the lines of a source to a sink, in order: plain, gzip or zstd, whatever its name is. Memory is bounded
 * whatever the source holds.
 *
 * Whatever is wrong with the source is said in the result, and the lines in front of it are delivered; of a source
 * that is cut short in compressed bytes, the line that was cut is not. Throws only what the sink throws.
 */
export async function readSource(
  source: Source,
  sink: LineSink,
  options: ReadOptions = {},
): Promise<SourceResult> {
  let input: RawInput
  try {
    input = await rawInputOf(source, options)
  } catch (error) {
    const problem = `cannot be read: ${causeOf(error)}`
    return { lines: 0, bytes: 0, compressedBytes: 0, problem }
  }
  try {
    return await linesOf(input, sink, options)
  } finally {
    await input.close()
  }
}

async function linesOf(
  input: RawInput,
  sink: LineSink,
  { onProgress, signal }: ReadOptions,
): Promise<SourceResult> {
  const splitter = new LineSplitter(sink)
  const blocks = decodedBlocks(input)
  let bytes = 0
  let problem: string | null = null
  try {
    for (;;) {
      const next = await nextBlockOf(blocks, input, signal)
      if (next === null) {
        splitter.end()
        break
      }
      if (next instanceof InputError) {
        problem = sentenceOf(next, splitter.lines, splitter.unfinishedBytes)
        break
      }
      bytes += next.length
      splitter.push(next)
      onProgress?.(input.bytesRead, input.totalBytes)
    }
  } finally {
    await blocks.return(undefined)
  }
  return { lines: splitter.lines, bytes, compressedBytes: input.bytesRead, problem }
}

/** The next block, null at the end, or why there is no next block. */
async function nextBlockOf(
  blocks: AsyncGenerator<Buffer>,
  input: RawInput,
  signal: AbortSignal | undefined,
): Promise<Buffer | InputError | null> {
  if (signal?.aborted) return new InputError('was stopped')
  try {
    const step = await blocks.next()
    return step.done === true ? null : step.value
  } catch (error) {
    if (error instanceof InputError) return error
    if (signal?.aborted) return new InputError('was stopped')
    if (codeOf(error) === '') throw error
    const isAtStart = input.bytesRead === 0
    const message = isAtStart ? 'cannot be read' : 'could not be read on'
    return new InputError(message, { detail: causeOf(error), isAtStart })
  }
}
