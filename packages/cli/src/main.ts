import { setFlagsFromString } from 'node:v8'
import { EXIT, EXIT_OF_SIGNAL } from './exit-code.ts'
import { type Io, textOutputOf } from './io.ts'
import { bugText, run } from './run.ts'
import { Stopped } from './stopped.ts'

// Most of what a run makes is garbage at once. Left alone, the heap grows to several times of what is needed: a flood of two
// million invented names took 603 MiB, and takes 455 so, for a tenth more of CPU (`npm run bench:flood`).
setFlagsFromString('--heap-growing-percent=30')

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

/** A terminal and the launcher in `bin` may both hand on one and the same request to stop. */
const SAME_REQUEST_MS = 500

let askedAtMs = 0

for (const signal of SIGNALS) {
  process.on(signal, () => {
    if (!stop.signal.aborted) {
      askedAtMs = performance.now()
      stop.abort(new Stopped(signal))
    } else if (performance.now() - askedAtMs > SAME_REQUEST_MS) {
      // Asked again, the user means at once.
      process.exit(EXIT_OF_SIGNAL[signal])
    }
  })
}

process.on('uncaughtException', (error) => {
  process.stderr.write(bugText(error, io))
  process.exit(EXIT.bug)
})

process.exitCode = await run(process.argv.slice(2), io)
