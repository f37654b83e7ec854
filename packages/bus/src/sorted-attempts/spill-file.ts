import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Appends bytes to an open file, as `writeSync` does. */
export type WriteBytes = (
  fileDescriptor: number,
  bytes: Buffer,
  start: number,
  length: number,
) => number

/**
 * A temporary file for what memory cannot hold, readable by its owner only. Its name is taken away as soon as it is
 * open, so that nothing stays behind however the process ends.
 */
export class SpillFile {
  readonly #directory: string
  readonly #folder: string
  readonly #fileDescriptor: number
  readonly #write: WriteBytes
  #length = 0
  #isClosed = false

  /**
   * @param directory where to create it; it is made in a folder of its own
   * @param write `writeSync`, unless a test wants a disk to fail
   * @throws Error that names the directory
   */
  constructor(directory: string, write: WriteBytes = writeSync) {
    this.#directory = directory
    this.#write = write
    try {
      this.#folder = mkdtempSync(join(directory, 'sekisho-'))
      this.#fileDescriptor = openSync(join(this.#folder, 'rows'), 'wx+', 0o600)
    } catch (cause) {
      throw new Error(
        `cannot create a temporary file in ${directory}: ${messageOf(cause)}; name another folder`,
        { cause },
      )
    }
    this.#removeName()
  }

  /** Bytes written so far, and so the position of the next. */
  get length(): number {
    return this.#length
  }

  /** @throws Error that says what to do when the disk is full */
  append(bytes: Buffer): void {
    let start = 0
    try {
      while (start < bytes.length) {
        start += this.#write(this.#fileDescriptor, bytes, start, bytes.length - start)
      }
    } catch (cause) {
      const megabytes = Math.ceil((this.#length + start) / 1e6)
      throw new Error(
        `cannot write to a temporary file in ${this.#directory} after ${megabytes} MB: ` +
          `${messageOf(cause)}; free space there, name another folder, or allow more memory`,
        { cause },
      )
    }
    this.#length += bytes.length
  }

  /** Fills `target` from `position`. @throws Error when the file does not reach so far */
  read(target: Buffer, position: number): void {
    let filled = 0
    while (filled < target.length) {
      const at = position + filled
      const count = readSync(this.#fileDescriptor, target, filled, target.length - filled, at)
      if (count === 0) throw new Error('a temporary file lost its end while it was in use')
      filled += count
    }
  }

  /** Gives the space back. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    closeSync(this.#fileDescriptor)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #removeName(): void {
    try {
      rmSync(this.#folder, { recursive: true, force: true })
    } catch {
      // Some file systems keep the name of an open file: then `close` removes it.
    }
  }
}

function messageOf(error: unknown): string {
  return (error as { message?: string } | null)?.message ?? String(error)
}
