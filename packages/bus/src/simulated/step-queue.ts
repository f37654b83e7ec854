/** Something that will happen at a point in virtual time. */
export interface Step {
  /** Virtual ms since the world began; fractions make an order. */
  readonly dueMs: number
  /** Among steps that are due at the same time, the one that was planned first comes first. */
  readonly order: number
  readonly label: string
  readonly gate: StepGate | null
  readonly run: () => void
  isCancelled: boolean
}

/** Decides whether a step that is due may happen. */
export interface StepGate {
  /** False when the step must not happen now; the gate keeps it for later, or it never happens. */
  admits(step: Step): boolean
}

function isBefore(one: Step, other: Step): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order)
}

/** Steps by the time they are due: a binary heap. */
export class StepQueue {
  readonly #heap: Step[] = []

  /** The next step that was not cancelled; null when there is none. */
  get first(): Step | null {
    let first = this.#heap[0]
    while (first?.isCancelled) {
      this.#removeFirst()
      first = this.#heap[0]
    }
    return first ?? null
  }

  add(step: Step): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(step)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || !isBefore(step, parent)) break
      heap[at] = parent
      at = above
    }
    heap[at] = step
  }

  /** Takes out what `first` says. */
  take(): Step | null {
    const { first } = this
    if (first !== null) this.#removeFirst()
    return first
  }

  #removeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      let child = heap[below]
      if (child === undefined) break
      const right = heap[below + 1]
      if (right !== undefined && isBefore(right, child)) {
        child = right
        below++
      }
      if (!isBefore(child, last)) break
      heap[at] = child
      at = below
    }
    heap[at] = last
  }
}
