const EMPTY = Buffer.alloc(0)

/** Blocks of bytes with a look ahead: what has been taken from the blocks but not yet been used. */
export class Unread {
  readonly #blocks: AsyncGenerator<Buffer>
  #rest: Buffer = EMPTY

  constructor(blocks: AsyncGenerator<Buffer>) {
    this.#blocks = blocks
  }

  /** At least `length` unused bytes, fewer only at the end; valid until the next call. They stay unused. */
  async atLeast(length: number): Promise<Buffer> {
    while (this.#rest.length < length) {
      // The next block may come in the same memory as this one, so what is kept is copied first.
      const kept = Buffer.from(this.#rest)
      const step = await this.#blocks.next()
      if (step.done === true) return kept
      this.#rest = kept.length === 0 ? step.value : Buffer.concat([kept, step.value])
    }
    return this.#rest
  }

  /** Marks bytes as used. */
  skip(length: number): void {
    this.#rest = this.#rest.subarray(length)
  }

  /** All unused bytes, block by block. */
  async *blocks(): AsyncGenerator<Buffer> {
    for (;;) {
      const block = await this.atLeast(1)
      if (block.length === 0) return
      this.#rest = EMPTY
      yield block
    }
  }

  /** Ends the blocks underneath, which close what they read from. */
  async close(): Promise<void> {
    await this.#blocks.return(undefined)
  }
}
