import type { EXIT_OF_SIGNAL } from './exit-code.ts'

/** The user or the system asked the run to stop: nothing is wrong, and nothing is finished. */
export class Stopped extends Error {
  readonly signal: keyof typeof EXIT_OF_SIGNAL

  constructor(signal: keyof typeof EXIT_OF_SIGNAL) {
    super(`stopped by ${signal}`)
    this.signal = signal
  }
}
