import type { IgnoredKind, LineRef, LoggedEvent, RejectionReason } from '@sekisho/event'
import {
  type ExpandedInputs,
  type InputProblem,
  type LineParser,
  type LineSink,
  readSource,
} from '@sekisho/ingest'
import type { Io } from '../io.ts'
import type { Progress } from '../terminal/progress.ts'
import { numberText } from '../words.ts'
import { assertAddsUp, type LineCounts, newLineCounts, totalOf } from './line-counts.ts'
import type { RejectedLines } from './rejected-lines.ts'

/** What a command does with the lines, in the order of the inputs. */
export interface LineHandler {
  /** Event and raw bytes of the line are valid only during the call. */
  event(event: Readonly<LoggedEvent>, line: LineRef, raw: Buffer): void
  ignored?(kind: IgnoredKind, line: LineRef): void
  rejected?(reason: RejectionReason, detail: string, line: LineRef): void
}

export interface ReadResult {
  readonly counts: LineCounts
  /** Sources without a problem. */
  readonly filesRead: number
  readonly bytes: number
  /** Files below a folder that are no logs by their name. */
  readonly leftOut: readonly string[]
  /** Sources that could not be read, or not to their end; the rest was. */
  readonly problems: readonly InputProblem[]
}

/** From this many lines on, a source of which none could be read is no log with a few damaged lines. */
const UNREADABLE_LINES_MIN = 100

/**
 * Reads all sources, one after the other, and says of every line what it is.
 * @throws Stopped when the run was asked to stop; whatever the handler throws
 */
export async function readInputs(
  { sources, problems: unexpanded, leftOut }: ExpandedInputs,
  parser: LineParser,
  rejected: RejectedLines,
  progress: Progress,
  io: Io,
  handler: LineHandler,
): Promise<ReadResult> {
  const counts = newLineCounts()
  const problems: InputProblem[] = [...unexpanded]
  let filesRead = 0
  let bytes = 0
  for (const source of sources) {
    const rejectedBefore = totalOf(counts.rejected)
    const unzonedBefore = counts.rejected['no-timezone'] ?? 0
    const sink = lineSinkOf(source.path, parser, handler, rejected, counts)
    const result = await readSource(source, sink, {
      stdin: io.stdin,
      signal: io.signal,
      onProgress: (bytesRead) => progress.read(bytesRead, linesOf(counts)),
    })
    io.signal.throwIfAborted()
    progress.sourceDone(result.compressedBytes)
    counts.lines += result.lines
    bytes += result.bytes
    const problem =
      result.problem ??
      unreadableProblem(
        result.lines,
        totalOf(counts.rejected) - rejectedBefore,
        (counts.rejected['no-timezone'] ?? 0) - unzonedBefore,
      )
    if (problem === null) filesRead++
    else problems.push({ path: source.path, problem })
  }
  assertAddsUp(counts)
  progress.readingDone(counts.lines)
  return { counts, filesRead, bytes, leftOut, problems }
}

function lineSinkOf(
  path: string,
  parser: LineParser,
  handler: LineHandler,
  rejected: RejectedLines,
  counts: LineCounts,
): LineSink {
  const reject = (
    reason: RejectionReason,
    detail: string,
    line: LineRef,
    raw: Buffer,
    byteLength: number,
  ): void => {
    counts.rejected[reason] = (counts.rejected[reason] ?? 0) + 1
    rejected.add(line, reason, detail, raw, byteLength)
    handler.rejected?.(reason, detail, line)
  }
  return {
    line(bytes, start, end, number) {
      const parsed = parser.parse(bytes, start, end)
      if (parsed.kind === 'event') {
        counts.events++
        countSigns(parsed.event, counts)
        handler.event(parsed.event, { path, number }, bytes.subarray(start, end))
      } else if (parsed.kind === 'ignored') {
        counts.ignored[parsed.ignored] = (counts.ignored[parsed.ignored] ?? 0) + 1
        handler.ignored?.(parsed.ignored, { path, number })
      } else {
        const raw = bytes.subarray(start, end)
        reject(parsed.reason, parsed.detail, { path, number }, raw, raw.length)
      }
    },
    tooLong(firstBytes, number, byteLength) {
      reject(
        'too-long',
        `The line has ${byteLength} bytes.`,
        { path, number },
        firstBytes,
        byteLength,
      )
    },
  }
}

/** What is wrong with a source that was read to its end, of which not one line could be understood. */
function unreadableProblem(lines: number, rejected: number, unzoned: number): string | null {
  if (rejected < lines || lines < UNREADABLE_LINES_MIN) return null
  const sentence = `none of its ${numberText(lines)} lines could be read`
  return unzoned === lines ? `${sentence} without --timezone` : `${sentence}; is it a log?`
}

/** Lines counted so far; `counts.lines` is known only when a source is done. */
function linesOf({ events, ignored, rejected }: LineCounts): number {
  return events + totalOf(ignored) + totalOf(rejected)
}

function countSigns({ recovered, indicator }: Readonly<LoggedEvent>, counts: LineCounts): void {
  if (recovered) counts.recovered++
  if (indicator !== '') counts.signs[indicator] = (counts.signs[indicator] ?? 0) + 1
}
