import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface ProgramResult {
  readonly status: number | null
  readonly stderr: string
}

/** Runs a program of the machine to its end, without blocking the event loop that may serve it. */
export async function runProgram(
  program: string,
  options: readonly string[],
  input = '',
): Promise<ProgramResult> {
  const child = spawn(program, options, { stdio: ['pipe', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  // A program that has ended takes no more input.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stderr }
}
