/** How long a message is not said again. */
const WINDOW_MS = 10_000

interface Window {
  repeated: number
  /** Says the latest of the repeated messages. */
  say: (repeated: number) => void
  readonly timer: NodeJS.Timeout
}

/**
 * Says a message at once and then, however often it comes again, at most once in ten seconds, with the number of
 * times: a broker that is away must not fill the disk with its absence.
 */
export class RepeatLimiter {
  readonly #windows = new Map<string, Window>()

  /**
   * @param key of what counts as the same message
   * @param say gets how often the message came since it was last said, 1 when this is the first
   */
  handle(key: string, say: (repeated: number) => void): void {
    const window = this.#windows.get(key)
    if (window === undefined) {
      this.#open(key, say)
      say(1)
    } else {
      window.repeated++
      window.say = say
    }
  }

  /** Says at once what waits. */
  flush(): void {
    for (const window of this.#windows.values()) {
      clearTimeout(window.timer)
      if (window.repeated > 0) window.say(window.repeated)
    }
    this.#windows.clear()
  }

  #open(key: string, say: (repeated: number) => void): void {
    const timer = setTimeout(() => this.#end(key), WINDOW_MS)
    // What waits to be said is no reason for a process to go on.
    timer.unref()
    this.#windows.set(key, { repeated: 0, say, timer })
  }

  #end(key: string): void {
    const window = this.#windows.get(key)
    this.#windows.delete(key)
    if (window === undefined || window.repeated === 0) return
    this.#open(key, window.say)
    window.say(window.repeated)
  }
}
