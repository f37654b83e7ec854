/** Work that must not overlap: one after the other, in the order in which it was asked for. */
export class InTurn {
  #turn: Promise<void> = Promise.resolve()

  /** @returns what comes of this work; others go on after it whether it fails or not */
  do<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work)
    this.#turn = mine.then(nothing, nothing)
    return mine
  }
}

function nothing(): void {}
