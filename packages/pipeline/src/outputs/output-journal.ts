import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { Disk, FileIdentity } from '@sekisho/bus'
import { numbersOf } from '../numbered-files.ts'
import { asideOf, type Rotation } from './rotation.ts'

/** Text for one output file. */
export interface OutputText {
  readonly path: string
  readonly text: string
}

/** Text, and where in its file it belongs. */
interface PlacedText extends OutputText {
  /** The file before it was added; null when there was none. */
  readonly at: FileIdentity | null
}

/** What is said and kept in one step. */
export interface JournalEntry<Note> {
  readonly note: Note
  readonly outputs: readonly PlacedText[]
}

const NAME = 'journal'
const CHECK_DIGITS = 16

/**
 * Adds text to output files exactly once, whenever the process is killed: what is to be added is first noted in a journal, with
 * where it belongs, and a note of the state that it follows from. After a restart the last entry is completed.
 *
 * Output files are only ever added to, so that programs that follow them see each line once. A file that was moved away
 * meanwhile is begun anew; what is too large is put aside before the next text is added.
 */
export class OutputJournal<Note> {
  readonly #disk: Disk
  readonly #folder: string
  readonly #rotation: Rotation | null
  /** Of the journal in use; each snapshot begins another. */
  #number: number

  /** @param folder where journals are kept, `journal.<n>` */
  constructor(disk: Disk, folder: string, number: number, rotation: Rotation | null = null) {
    this.#disk = disk
    this.#folder = folder
    this.#rotation = rotation
    this.#number = number
  }

  get number(): number {
    return this.#number
  }

  /** Notes and adds. When this settles, neither a killed process nor a power cut undoes it. */
  async commit(note: Note, outputs: readonly OutputText[]): Promise<void> {
    const placed = await this.placed(outputs)
    const text = JSON.stringify({ note, outputs: placed } satisfies JournalEntry<Note>)
    const path = this.#pathOf(this.#number)
    await this.#disk.append(path, Buffer.from(`${checkOf(text)} ${text}\n`))
    await this.#disk.sync(path)
    for (const { path, text } of outputs) await this.#add(path, Buffer.from(text))
  }

  /** Where outputs will stand. */
  async placed(outputs: readonly OutputText[]): Promise<PlacedText[]> {
    await this.#rotation?.rotate(outputs.map(({ path }) => path))
    const placed: PlacedText[] = []
    for (const { path, text } of outputs) {
      placed.push({ path, text, at: await this.#disk.identity(path) })
    }
    return placed
  }

  /** After a restart: adds text that may be there already, wholly, in part or torn. */
  async complete(outputs: readonly PlacedText[]): Promise<void> {
    for (const { path, text, at } of outputs) {
      const bytes = Buffer.from(text)
      const now = await this.#disk.identity(path)
      const from = at?.length ?? 0
      const isSame = at === null || (now?.inode === at.inode && now.device === at.device)
      if (now !== null && isSame && now.length >= from) {
        const there = await this.#disk.read(path, from)
        if (there?.subarray(0, bytes.length).equals(bytes)) {
          // A process that was killed may not have come to it, and a power cut later must not undo what is taken as added.
          await this.#disk.sync(path)
          continue
        }
        if (now.length > from) await this.#disk.truncate(path, from)
      } else if (await this.#isAside(bytes, path, at)) continue
      // Where somebody moved the file away or cut it, what it held cannot be told, and nothing may be lost.
      await this.#add(path, bytes)
    }
  }

  /** The text was added, and then its file was put aside under the name that is usual. */
  async #isAside(bytes: Buffer, path: string, at: FileIdentity | null): Promise<boolean> {
    const aside = asideOf(path, 1)
    const file = await this.#disk.identity(aside)
    if (file === null || (at !== null && file.inode !== at.inode)) return false
    const there = await this.#disk.read(aside, at?.length ?? 0)
    if (!there?.subarray(0, bytes.length).equals(bytes)) return false
    await this.#disk.sync(aside)
    return true
  }

  async #add(path: string, bytes: Buffer): Promise<void> {
    await this.#disk.append(path, bytes)
    await this.#disk.sync(path)
  }

  /** Entries of a journal, in order, safe from now on; a torn end was never acted on. */
  async entries(number: number): Promise<JournalEntry<Note>[]> {
    // A process that was killed may not have come to it, and outputs must not outlive what they are known by.
    await this.#disk.sync(this.#pathOf(number))
    const bytes = await this.#disk.read(this.#pathOf(number))
    const entries: JournalEntry<Note>[] = []
    for (const line of (bytes?.toString('utf8') ?? '').split('\n')) {
      const text = line.slice(CHECK_DIGITS + 1)
      if (line === '' || line.slice(0, CHECK_DIGITS) !== checkOf(text)) break
      entries.push(JSON.parse(text) as JournalEntry<Note>)
    }
    return entries
  }

  /** Goes on in a new journal; what is in the last one stays until `removeBefore`. */
  async begin(number: number): Promise<void> {
    await this.#disk.remove(this.#pathOf(number))
    this.#number = number
  }

  /** Numbers of the journals that are there, ascending. */
  async numbers(): Promise<number[]> {
    return await numbersOf(this.#disk, this.#folder, NAME)
  }

  /**
   * After a restart: hands over every note from a journal on, and completes what was being added.
   * @param before what was being added before these journals
   * @returns numbers of the journals that were read, ascending
   */
  async recover(
    from: number,
    onNote: (note: Note) => void,
    before: readonly PlacedText[] = [],
  ): Promise<number[]> {
    const numbers = (await this.numbers()).filter((number) => number >= from)
    let last = before
    for (const number of numbers) {
      const entries = await this.entries(number)
      for (const { note } of entries) onNote(note)
      last = entries.at(-1)?.outputs ?? last
    }
    // Only the last: each entry was begun when the one before it had been added, and older ones may have been put aside since.
    await this.complete(last)
    return numbers
  }

  /** Lets go of journals that no snapshot needs. */
  async removeBefore(number: number): Promise<void> {
    for (const old of await this.numbers()) {
      if (old < number) await this.#disk.remove(this.#pathOf(old))
    }
  }

  #pathOf(number: number): string {
    return join(this.#folder, `${NAME}.${number}`)
  }
}

function checkOf(text: string): string {
  return hash('sha256', text, 'hex').slice(0, CHECK_DIGITS)
}
