/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** Taken out of the global once: test runners make every look at a global slow, and these are needed all the time. */
const { floor, imul } = Math

/** What happened last, for people; and a hash of all that ever happened, for comparing two runs. */
export class Trace {
  readonly #labels: string[]
  readonly #timesMs: number[]
  #count = 0
  #hash = FNV_OFFSET

  /** @param length how many steps are remembered */
  constructor(length: number) {
    this.#labels = new Array<string>(length).fill('')
    this.#timesMs = new Array<number>(length).fill(0)
  }

  /** Steps that were ever noted. */
  get count(): number {
    return this.#count
  }

  /** The same for runs in which the same happened at the same times. */
  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0')
  }

  note(timeMs: number, label: string): void {
    const at = this.#count++ % this.#labels.length
    this.#labels[at] = label
    this.#timesMs[at] = timeMs
    let hash = imul(this.#hash ^ floor(timeMs * 1000), FNV_PRIME)
    for (let index = 0; index < label.length; index++) {
      hash = imul(hash ^ label.charCodeAt(index), FNV_PRIME)
    }
    this.#hash = hash
  }

  /** The steps that are remembered, one a line, the last one at the end; times in seconds since the world began. */
  text(): string {
    const length = this.#labels.length
    const lines: string[] = []
    for (let index = Math.max(0, this.#count - length); index < this.#count; index++) {
      const seconds = ((this.#timesMs[index % length] ?? 0) / 1000).toFixed(4)
      lines.push(
        `${String(index).padStart(7)} ${seconds.padStart(11)} s  ${this.#labels[index % length]}`,
      )
    }
    return lines.join('\n')
  }
}
