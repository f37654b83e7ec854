import type { SeededRandom } from './random.ts'

/** A file: what programs see of it, and how much of that a power cut leaves for sure. */
export interface StoredFile {
  /** The inode. */
  readonly number: number
  bytes: Buffer
  syncedLength: number
}

type Names = Map<string, StoredFile>

/** A change of names that a power cut may undo until the folder is synced. */
type NameChange = (names: Names) => void

/** Most of what may follow where a write was cut off: blocks that were assigned and never written. */
const GARBAGE_BYTES_MAX = 64

/** A folder of a file system that keeps what was synced, and of the rest what it likes. */
export class StoredFolder {
  readonly #random: SeededRandom
  #names: Names = new Map()
  #syncedNames: Names = new Map()
  #changes: NameChange[] = []
  #files = 0

  constructor(random: SeededRandom) {
    this.#random = random
  }

  get paths(): readonly string[] {
    return [...this.#names.keys()]
  }

  file(path: string): StoredFile | null {
    return this.#names.get(path) ?? null
  }

  create(path: string): StoredFile {
    const file: StoredFile = { number: ++this.#files, bytes: Buffer.alloc(0), syncedLength: 0 }
    this.#change((names) => names.set(path, file))
    return file
  }

  /** All at once: programs see the old file under the name or the new one. */
  rename(from: string, to: string): void {
    const file = this.#names.get(from)
    if (file === undefined) throw new RangeError(`there is no file ${from}`)
    this.#change((names) => {
      names.delete(from)
      names.set(to, file)
    })
  }

  remove(path: string): void {
    this.#change((names) => names.delete(path))
  }

  syncNames(): void {
    this.#syncedNames = new Map(this.#names)
    this.#changes = []
  }

  /**
   * What is left after a power cut: some first changes of names, and of each file what was synced, a part of the rest, and at times
   * something that was never written.
   */
  losePower(): void {
    const names = new Map(this.#syncedNames)
    const kept = this.#random.integer(this.#changes.length + 1)
    for (const change of this.#changes.slice(0, kept)) change(names)
    for (const file of new Set(names.values())) this.#tear(file)
    this.#names = names
    this.syncNames()
  }

  #change(change: NameChange): void {
    change(this.#names)
    this.#changes.push(change)
  }

  #tear(file: StoredFile): void {
    const unsynced = file.bytes.length - file.syncedLength
    if (unsynced > 0) {
      const kept = this.#random.integer(unsynced + 1)
      const garbage = this.#random.chance(0.3) ? this.#random.integer(GARBAGE_BYTES_MAX) : 0
      const left = file.bytes.subarray(0, file.syncedLength + kept)
      const noise = Buffer.from(Array.from({ length: garbage }, () => this.#random.integer(256)))
      file.bytes = Buffer.concat([left, noise])
    }
    file.syncedLength = file.bytes.length
  }
}
