import type { Readable, Writable } from 'node:stream'
import { outputErrorOf } from '@sekisho/alert-sink'

/** A standard stream that text goes to. */
export interface TextOutput {
  /**
   * Returns when there is room for more. A stream whose reader has gone takes everything and keeps nothing.
   * @throws OutputError when the text cannot be kept (a full disk)
   */
  write(text: string | Uint8Array): Promise<void>
  /** True when whoever read the stream has gone. */
  readonly isClosed: boolean
  readonly isTerminal: boolean
  /** Columns to fill. */
  readonly columns: number
}

/** What a command may touch of the process it runs in. */
export interface Io {
  readonly stdin: Readable
  readonly stdout: TextOutput
  readonly stderr: TextOutput
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Aborted when the user (or the system) asks the run to stop. */
  readonly signal: AbortSignal
  /** Wall clock; names the run, paces the progress line and the looks at whether to stop, nothing else. */
  readonly nowMs: () => number
}

/** Columns where nobody says how many there are: pipes and files. */
const DEFAULT_COLUMNS = 100
const COLUMNS_MIN = 40

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/**
 * @param name of the stream, for the sentence when it fails
 * @param environment `COLUMNS` says how wide a pipe is
 */
export function textOutputOf(
  stream: Stream,
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): TextOutput {
  let isClosed = false
  // Every failure also comes back from `write`, where it is dealt with.
  stream.on('error', () => {})
  return {
    get isClosed() {
      return isClosed
    },
    isTerminal: stream.isTTY === true,
    get columns() {
      const told = Number.parseInt(environment.COLUMNS ?? '', 10)
      // A terminal that does not know its width says 0.
      const known = [stream.columns ?? 0, told].find((columns) => columns > 0)
      return Math.max(COLUMNS_MIN, known ?? DEFAULT_COLUMNS)
    },
    async write(text) {
      if (isClosed) return
      const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
        stream.write(text, resolve)
      })
      if (error === null || error === undefined) return
      // A reader that has seen enough (`| head`) is no mistake of anybody's.
      if (!CLOSED.has(error.code ?? '')) throw outputErrorOf(name, error)
      isClosed = true
    },
  }
}

const CLOSED = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ECONNRESET'])
