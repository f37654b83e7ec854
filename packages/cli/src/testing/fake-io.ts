import { Readable } from 'node:stream'
import type { Io, TextOutput } from '../io.ts'
import { run } from '../run.ts'

/** An output that keeps what it is given. */
export interface KeptOutput extends TextOutput {
  readonly text: string
}

export function keptOutput(
  more: Partial<Pick<TextOutput, 'isTerminal' | 'columns'>> = {},
): KeptOutput {
  const kept: string[] = []
  return {
    isClosed: false,
    isTerminal: false,
    columns: 100,
    ...more,
    get text() {
      return kept.join('')
    },
    async write(text) {
      kept.push(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'))
    },
  }
}

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line inside this process, with streams of its own. */
export async function ran(args: readonly string[], more: Partial<Io> = {}): Promise<Ran> {
  const stdout = keptOutput()
  const stderr = keptOutput()
  const code = await run(args, {
    stdin: Readable.from([]),
    stdout,
    stderr,
    environment: {},
    signal: new AbortController().signal,
    nowMs: () => Date.UTC(2026, 10, 22),
    ...more,
  })
  return { code, stdout: stdout.text, stderr: stderr.text }
}
