import { EXIT, EXIT_OF_SIGNAL } from './exit-code.ts'
import { type Io, textOutputOf } from './io.ts'
import { bugText, run } from './run.ts'
import { Stopped } from './stopped.ts'

type Signal = keyof typeof EXIT_OF_SIGNAL

const SIGNALS = Object.keys(EXIT_OF_SIGNAL) as Signal[]

const stop = new AbortController()

const io: Io = {
  stdin: process.stdin,
  stdout: textOutputOf(process.stdout, 'standard output', process.env),
  stderr: textOutputOf(process.stderr, 'standard error', process.env),
  environment: process.env,
  signal: stop.signal,
  nowMs: Date.now,
}

for (const signal of SIGNALS) {
  process.on(signal, () => {
    // Asked twice, the user means at once.
    if (stop.signal.aborted) process.exit(EXIT_OF_SIGNAL[signal])
    stop.abort(new Stopped(signal))
  })
}

process.on('uncaughtException', (error) => {
  process.stderr.write(bugText(error, io))
  process.exit(EXIT.bug)
})

process.exitCode = await run(process.argv.slice(2), io)
