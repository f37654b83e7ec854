import type { InputProblem } from '../sources/source.ts'

/** Paths whose last problem is remembered; more than this and the oldest is told anew. */
const REMEMBERED_MAX = 10_000

/** Tells a problem that lasts once, and again when it is another one or came back. */
export class ToldProblems {
  readonly #tell: (problem: InputProblem) => void
  readonly #lastOf = new Map<string, string>()

  constructor(tell: (problem: InputProblem) => void) {
    this.#tell = tell
  }

  tell(path: string, problem: string): void {
    if (this.#lastOf.get(path) === problem) return
    this.#lastOf.delete(path)
    this.#lastOf.set(path, problem)
    if (this.#lastOf.size > REMEMBERED_MAX) {
      this.#lastOf.delete(this.#lastOf.keys().next().value as string)
    }
    this.#tell({ path, problem })
  }

  /** Whatever was wrong with a path is no longer. */
  isWell(path: string): void {
    this.#lastOf.delete(path)
  }
}
