import { Readable } from 'node:stream'
import { type LineSink, readSource } from '@sekisho/ingest'
import type { Io } from '../io.ts'
import { UsageError } from '../usage-error.ts'

/** Lines that are explained; whoever wants to know of more wants `parse --all`. */
export const LINES_MAX = 100

/** One line that the user wants explained. */
export interface GivenLine {
  /** 1-based. */
  readonly number: number
  /** Its bytes, the first ones of a line that is too long to be read. */
  readonly bytes: Buffer
  /** Of the whole line. */
  readonly byteLength: number
}

export interface GivenLines {
  readonly lines: readonly GivenLine[]
  /** True when there are more than are explained. */
  readonly hasMore: boolean
  /** What was wrong with standard input, or null. */
  readonly problem: string | null
}

/**
 * The lines that the user gave: one as the argument, or those of standard input.
 * @throws UsageError when there are several arguments, or no line
 */
export async function givenLines(operands: readonly string[], io: Io): Promise<GivenLines> {
  const [operand = '-', ...others] = operands
  if (others.length > 0) {
    throw new UsageError(
      'sekisho explain takes one LINE: put it in quotes, or give it on standard input',
    )
  }
  const given = await linesOf(
    operand === '-' ? io.stdin : Readable.from([Buffer.from(operand)]),
    io,
  )
  if (given.lines.length > 0 || given.problem !== null) return given
  throw new UsageError('sekisho explain needs a LINE in quotes, or lines on standard input')
}

async function linesOf(stdin: Readable, io: Io): Promise<GivenLines> {
  const lines: GivenLine[] = []
  const enough = new AbortController()
  const keep = (bytes: Buffer, number: number, byteLength: number): void => {
    if (lines.length === LINES_MAX) enough.abort()
    else lines.push({ number, bytes: Buffer.from(bytes), byteLength })
  }
  const sink: LineSink = {
    line: (bytes, start, end, number) => keep(bytes.subarray(start, end), number, end - start),
    tooLong: keep,
  }
  const source = { path: '-', kind: 'stdin', sizeBytes: null } as const
  const signal = AbortSignal.any([io.signal, enough.signal])
  const { problem } = await readSource(source, sink, { stdin, signal })
  io.signal.throwIfAborted()
  const hasMore = enough.signal.aborted
  return { lines, hasMore, problem: hasMore ? null : problem }
}
