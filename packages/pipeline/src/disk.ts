import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Disk, FileIdentity } from '@sekisho/bus'

/** Writes of one file that are not there yet under its name. */
const TEMPORARY = '.tmp'

/**
 * The machine's file system. Every path is held open for appending from its first use; a file that was moved away is let go of, and
 * begun anew under its name.
 */
export class FileDisk implements Disk {
  readonly #appending = new Map<string, FileHandle>()

  async read(path: string, from = 0, lengthMax = Number.POSITIVE_INFINITY): Promise<Buffer | null> {
    const handle = await openedOrNull(path)
    if (handle === null) return null
    try {
      if (from === 0 && lengthMax === Number.POSITIVE_INFINITY) return await handle.readFile()
      const { size } = await handle.stat()
      const bytes = Buffer.alloc(Math.max(0, Math.min(lengthMax, size - from)))
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, from)
      return bytes.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  }

  async writeAtomically(path: string, chunks: Iterable<Uint8Array>): Promise<void> {
    const temporary = `${path}${TEMPORARY}`
    await mkdir(dirname(path), { recursive: true })
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW
    const handle = await open(temporary, flags, 0o600)
    try {
      for (const chunk of chunks) await handle.write(chunk)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
    await synchronisedFolder(dirname(path))
  }

  async append(path: string, bytes: Uint8Array): Promise<void> {
    let handle = await this.#openUnder(path)
    if (handle === undefined) {
      await mkdir(dirname(path), { recursive: true })
      handle = await open(path, 'a', 0o640)
      this.#appending.set(path, handle)
      await synchronisedFolder(dirname(path))
    }
    await handle.appendFile(bytes)
  }

  async sync(path: string): Promise<void> {
    const appending = this.#appending.get(path)
    if (appending !== undefined) return await appending.sync()
    const handle = await openedOrNull(path)
    if (handle === null) return
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    await synchronisedFolder(dirname(path))
  }

  async truncate(path: string, length: number): Promise<void> {
    await truncate(path, length)
  }

  async identity(path: string): Promise<FileIdentity | null> {
    try {
      const { dev: device, ino: inode, size: length } = await stat(path)
      return { device, inode, length }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  async list(folder: string): Promise<string[]> {
    try {
      return (await readdir(folder)).filter((name) => !name.endsWith(TEMPORARY))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#letGo(from)
    await this.#letGo(to)
    await rename(from, to)
    await synchronisedFolder(dirname(to))
  }

  async remove(path: string): Promise<void> {
    await this.#letGo(path)
    await rm(path, { force: true })
  }

  async close(): Promise<void> {
    for (const path of [...this.#appending.keys()]) await this.#letGo(path)
  }

  /** The file that is open, unless another or none stands under its name by now. */
  async #openUnder(path: string): Promise<FileHandle | undefined> {
    const handle = this.#appending.get(path)
    if (handle === undefined) return undefined
    const { dev, ino } = await handle.stat()
    const named = await this.identity(path)
    if (named?.device === dev && named.inode === ino) return handle
    await this.#letGo(path)
    return undefined
  }

  async #letGo(path: string): Promise<void> {
    const handle = this.#appending.get(path)
    this.#appending.delete(path)
    await handle?.close()
  }
}

async function openedOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** A new name is on the disk only when its folder is. */
async function synchronisedFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
