import { decidingIds, type LoginCandidate } from '@sekisho/detect'

/** A line that may decide a login, and where it stands. */
export interface LoginLine extends LoginCandidate {
  /** Number of the line in its run, from 0. */
  readonly ordinal: number
}

/** One user's lines inside the window. */
interface Window {
  /** Lines that decide a login and are near enough to matter to those that wait. */
  decided: LoginLine[]
  waiting: LoginLine[]
}

/**
 * Says of each line whether it decides a login, over lines that come in the order of their time: the answer for a
 * line depends on what is within two minutes of it, so a window of a few minutes of event time is kept for each user
 * and no more. The answers are those that `decidingIds` gives for all lines at once, because a line further away
 * than that can matter only through lines that it already took its part in deciding.
 */
export class LoginLines {
  readonly #loginGroupMs: number
  readonly #onAnswer: (line: LoginLine, decides: boolean) => void
  readonly #users = new Map<string, Window>()
  #nextSettlingMs = Number.NEGATIVE_INFINITY

  /** @param loginGroupMs lines this close together are one login (`limits.common.loginGroupMs`), ms */
  constructor(loginGroupMs: number, onAnswer: (line: LoginLine, decides: boolean) => void) {
    this.#loginGroupMs = loginGroupMs
    this.#onAnswer = onAnswer
  }

  /** @param line not earlier than the one before */
  add(userKey: string, line: LoginLine): void {
    if (line.timestampMs >= this.#nextSettlingMs) {
      // Lines of the very same time may still come, so what is exactly that old has to wait.
      this.#settleBefore(line.timestampMs - this.#loginGroupMs)
      this.#nextSettlingMs = line.timestampMs + 2 * this.#loginGroupMs
    }
    const window = this.#users.get(userKey)
    if (window === undefined) this.#users.set(userKey, { decided: [], waiting: [line] })
    else window.waiting.push(line)
  }

  /** All lines have come. */
  finish(): void {
    this.#settleBefore(Number.POSITIVE_INFINITY)
  }

  #settleBefore(limitMs: number): void {
    for (const [userKey, { decided, waiting }] of this.#users) {
      const deciding = decidingIds([...decided, ...waiting], this.#loginGroupMs)
      const open: LoginLine[] = []
      const near: LoginLine[] = decided.filter(
        (line) => line.timestampMs >= limitMs - this.#loginGroupMs,
      )
      for (const line of waiting) {
        if (line.timestampMs >= limitMs) {
          open.push(line)
          continue
        }
        const decides = deciding.has(line.id)
        this.#onAnswer(line, decides)
        if (decides && line.isSuccess && line.timestampMs >= limitMs - this.#loginGroupMs)
          near.push(line)
      }
      if (open.length + near.length === 0) this.#users.delete(userKey)
      else this.#users.set(userKey, { decided: near, waiting: open })
    }
  }
}
