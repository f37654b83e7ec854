import { type FileHandle, open } from 'node:fs/promises'
import { keyTextOf } from './file-position.ts'
import type { FollowedFile } from './followed-file.ts'
import { foundOf } from './found-files.ts'

/** Followed files that are open, at most so many at a time: those that were read last. */
export class OpenFiles {
  readonly #openMax: number
  /** Least recently read first. */
  readonly #handles = new Map<FollowedFile, FileHandle>()

  constructor(openMax: number) {
    this.#openMax = openMax
  }

  has(file: FollowedFile): boolean {
    return this.#handles.has(file)
  }

  /**
   * The open file; null when its name leads to another file now, or it has none.
   * @throws the error of the file system
   */
  async handleOf(file: FollowedFile): Promise<FileHandle | null> {
    const open = this.#handles.get(file) ?? (await this.#opened(file))
    if (open === null) return null
    this.#handles.delete(file)
    this.#handles.set(file, open)
    return open
  }

  async close(file: FollowedFile): Promise<void> {
    const handle = this.#handles.get(file)
    this.#handles.delete(file)
    // What cannot be closed properly was only read.
    await handle?.close().catch(() => {})
  }

  async closeAll(): Promise<void> {
    for (const file of [...this.#handles.keys()]) await this.close(file)
  }

  async #opened(file: FollowedFile): Promise<FileHandle | null> {
    if (file.isGone) return null
    if (this.#handles.size >= this.#openMax) await this.close(this.#dispensable())
    const { path } = file.position
    const handle = await open(path, 'r')
    const found = foundOf(path, await handle.stat({ bigint: true }))
    if (keyTextOf(found) === keyTextOf(file.position)) return handle
    await handle.close()
    return null
  }

  /** A file without a name could not be opened again, so it is the last to be closed. */
  #dispensable(): FollowedFile {
    for (const file of this.#handles.keys()) if (!file.isGone) return file
    return this.#handles.keys().next().value as FollowedFile
  }
}
