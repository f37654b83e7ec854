import { join } from 'node:path'
import type { Disk } from '@sekisho/bus'
import { StateFileError, StateFileReader, stateFileBytes } from '@sekisho/bus'
import { numbersOf } from '../numbered-files.ts'

/** A snapshot that was found whole. */
export interface FoundSnapshot<Header, Rest> {
  readonly header: Header
  /** What stands behind the state; it may be long. */
  readonly rest: Rest
  chunks(): Iterable<Uint8Array>
  /** Sentences about newer ones that could not be used. */
  readonly problems: readonly string[]
}

const NAME = 'snapshot'
/** The one in use and the one before it, should that turn out to be damaged. */
const KEPT = 2

/** Snapshots in a folder, `snapshot.<n>`: the newest two are kept. */
export class SnapshotStore<Header, Rest> {
  readonly #disk: Disk
  readonly #folder: string

  constructor(disk: Disk, folder: string) {
    this.#disk = disk
    this.#folder = folder
  }

  /** The newest that is whole, safe from now on; null when there is none at all. @throws StateFileError when none of them is whole */
  async newest(): Promise<FoundSnapshot<Header, Rest> | null> {
    const numbers = await this.numbers()
    const problems: string[] = []
    let last: StateFileError | null = null
    for (const number of numbers.reverse()) {
      const path = this.#pathOf(number)
      try {
        await this.#disk.sync(path)
        const bytes = await this.#disk.read(path)
        if (bytes === null) continue
        const reader = new StateFileReader(bytes)
        const header = verified(reader) as Header
        const rest = reader.trailer() as Rest
        return { header, rest, chunks: () => reader.chunks(), problems }
      } catch (error) {
        if (!(error instanceof StateFileError)) throw error
        problems.push(`${path} cannot be used: ${error.message}`)
        last = error
      }
    }
    if (last !== null) throw new StateFileError(last.problem, problems.join('; '))
    return null
  }

  /** Numbers of the snapshots that are there, ascending. */
  async numbers(): Promise<number[]> {
    return await numbersOf(this.#disk, this.#folder, NAME)
  }

  /** Writes a snapshot. @returns the numbers of those that are kept, ascending */
  async write(
    number: number,
    header: Header,
    chunks: Iterable<Uint8Array>,
    rest: Rest,
  ): Promise<number[]> {
    const bytes = stateFileBytes(header, chunks, () => rest)
    await this.#disk.writeAtomically(this.#pathOf(number), bytes)
    const numbers = await this.numbers()
    const old = numbers.slice(0, -KEPT)
    for (const each of old) await this.#disk.remove(this.#pathOf(each))
    return numbers.slice(-KEPT)
  }

  #pathOf(number: number): string {
    return join(this.#folder, `${NAME}.${number}`)
  }
}

function verified(reader: StateFileReader): unknown {
  const steps = reader.verified()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
