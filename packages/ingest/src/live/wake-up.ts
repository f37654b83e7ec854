/** Lets one reader sleep until something happens. What happens while nobody sleeps wakes the next sleeper at once. */
export class WakeUp {
  #isDue = false
  #wakeSleeper: (() => void) | null = null

  wake(): void {
    this.#isDue = true
    this.#wakeSleeper?.()
  }

  /** Settles after `wake`, when the signal is aborted, or after a time; never fails. */
  async sleep(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    if (!this.#isDue && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const wake = (): void => resolve()
      this.#wakeSleeper = wake
      signal.addEventListener('abort', wake)
      const timer = timeoutMs === undefined ? undefined : setTimeout(wake, timeoutMs)
      await promise
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      this.#wakeSleeper = null
    }
    this.#isDue = false
  }
}
