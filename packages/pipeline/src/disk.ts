import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Files of a service's state folder, or outputs of any path. In the simulation they can be torn and lost as on a disk. */
export interface Disk {
  /** Null when there is none. */
  read(path: string): Promise<Buffer | null>
  /** Puts a file in its place in one step, safe against a crash of the machine when this settles. */
  writeAtomically(path: string, chunks: Iterable<Uint8Array>): Promise<void>
  /** Adds bytes at the end of a file, which is made when there is none. A crash of the process loses none of it. */
  append(path: string, bytes: Uint8Array): Promise<void>
  /** What was appended is safe against a crash of the machine. */
  sync(path: string): Promise<void>
  /** Cuts a file to a length. */
  truncate(path: string, length: number): Promise<void>
  /** Which file a path names now, and its length; null when there is none. */
  identity(path: string): Promise<FileIdentity | null>
  /** Names of the files in a folder; [] when there is none. */
  list(folder: string): Promise<string[]>
  /** Safe to repeat. */
  remove(path: string): Promise<void>
}

export interface FileIdentity {
  readonly device: number
  readonly inode: number
  readonly length: number
}

/** Writes of one file that are not there yet under its name. */
const TEMPORARY = '.tmp'

/** The machine's file system. Every path is held open for appending from its first use. */
export class FileDisk implements Disk {
  readonly #appending = new Map<string, FileHandle>()

  async read(path: string): Promise<Buffer | null> {
    const handle = await openedOrNull(path)
    if (handle === null) return null
    try {
      return await handle.readFile()
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
    let handle = this.#appending.get(path)
    if (handle === undefined) {
      await mkdir(dirname(path), { recursive: true })
      handle = await open(path, 'a', 0o640)
      this.#appending.set(path, handle)
    }
    await handle.appendFile(bytes)
  }

  async sync(path: string): Promise<void> {
    await this.#appending.get(path)?.sync()
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

  async remove(path: string): Promise<void> {
    await this.reopen(path)
    await rm(path, { force: true })
  }

  /** Lets go of a file, so that the next `append` opens whatever has the path then: after a rotation. */
  async reopen(path: string): Promise<void> {
    const handle = this.#appending.get(path)
    this.#appending.delete(path)
    await handle?.close()
  }

  async close(): Promise<void> {
    for (const path of [...this.#appending.keys()]) await this.reopen(path)
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

/** A path in a folder. */
export function pathIn(folder: string, name: string): string {
  return join(folder, name)
}
