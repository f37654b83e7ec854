import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { outputErrorOf } from './output-error.ts'

const BUFFER_BYTES = 64 * 1024

/**
 * A file that appears whole or not at all: written beside its place under a temporary name, and moved there by
 * `commit`. What was there before stays until then. A device or pipe is written as it is; a link is followed.
 * Missing folders are made.
 */
export class OutputFile {
  readonly path: string
  readonly #target: string
  /** Null when the target is no ordinary file, so that nothing can be moved over it. */
  readonly #temporary: string | null
  readonly #descriptor: number
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)
  #length = 0
  #isOpen = true

  /** @throws OutputError at once when the file cannot be written, not after hours of reading. */
  constructor(path: string) {
    this.path = path
    try {
      const stats = statSync(path, { throwIfNoEntry: false })
      if (stats === undefined) makeFolder(dirname(path))
      this.#target = stats === undefined ? path : realpathSync(path)
      this.#temporary = stats === undefined || stats.isFile() ? besideOf(this.#target) : null
      // A temporary file must be new: in a folder that others write to, its name could be a link of theirs.
      this.#descriptor = openSync(this.#temporary ?? this.#target, this.#temporary ? 'wx' : 'w')
    } catch (error) {
      throw outputErrorOf(path, error)
    }
  }

  /** @throws OutputError */
  write(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text
    if (this.#length + bytes.length > BUFFER_BYTES) this.#flush()
    if (bytes.length > BUFFER_BYTES) this.#writeAll(bytes)
    else {
      this.#buffer.set(bytes, this.#length)
      this.#length += bytes.length
    }
  }

  /** Puts the file in its place, safe against a crash of the machine. @throws OutputError */
  commit(): void {
    this.#flush()
    try {
      if (this.#temporary !== null) fsyncSync(this.#descriptor)
      this.#close()
      if (this.#temporary !== null) renameSync(this.#temporary, this.#target)
    } catch (error) {
      throw outputErrorOf(this.path, error)
    }
  }

  /** Forgets what was written; after `commit` it does nothing. */
  discard(): void {
    if (!this.#isOpen) return
    this.#close()
    if (this.#temporary !== null) rmSync(this.#temporary, { force: true })
  }

  #close(): void {
    this.#isOpen = false
    closeSync(this.#descriptor)
  }

  #flush(): void {
    const length = this.#length
    this.#length = 0
    this.#writeAll(this.#buffer.subarray(0, length))
  }

  #writeAll(bytes: Uint8Array): void {
    try {
      let written = 0
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written)
    } catch (error) {
      throw outputErrorOf(this.path, error)
    }
  }
}

/** Not `mkdirSync` with `recursive`: where a file system refuses new folders (`/proc`), that tries for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  mkdirSync(path)
}

function besideOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
}
