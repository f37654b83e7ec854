import type { Disk, FileIdentity } from '../disk.ts'
import type { SimulatedProcess } from './process.ts'
import { StoredFolder } from './stored-folder.ts'
import type { SimulatedWorld } from './world.ts'

/** Ends the names of files that are being written. */
const TEMPORARY = '.tmp'

export interface SimulatedDiskOptions {
  /** What a careless program would leave out: `writeAtomically` does not sync what it wrote before it renames it. */
  readonly isUnsynced?: boolean
}

/** Folders, one for each name of a process, which outlive it. A crash is a killed process or a power cut, at random. */
export class SimulatedDisk {
  readonly #world: SimulatedWorld
  readonly #options: SimulatedDiskOptions
  readonly #folders = new Map<string, StoredFolder>()
  readonly #watched = new WeakSet<SimulatedProcess>()

  constructor(world: SimulatedWorld, options: SimulatedDiskOptions = {}) {
    this.#world = world
    this.#options = options
  }

  /** The folder of that process and of all its lives. */
  of(process: SimulatedProcess): Disk {
    const folder = this.folder(process.name)
    if (!this.#watched.has(process)) {
      this.#watched.add(process)
      let hasEnded = false
      process.onChange(() => {
        if (process.state !== 'crashed' || hasEnded) return
        hasEnded = true
        if (this.#world.random.chance(0.5)) folder.losePower()
      })
    }
    return new ProcessDisk(this.#world, process, folder, this.#options)
  }

  /** What is stored for processes of that name. */
  folder(name: string): StoredFolder {
    const known = this.#folders.get(name)
    const folder = known ?? new StoredFolder(this.#world.random)
    this.#folders.set(name, folder)
    return folder
  }
}

/** A folder as one life of its process sees it: every operation is one or more steps, and a crash may come before each. */
class ProcessDisk implements Disk {
  readonly #world: SimulatedWorld
  readonly #process: SimulatedProcess
  readonly #folder: StoredFolder
  readonly #options: SimulatedDiskOptions
  #writes = 0

  constructor(
    world: SimulatedWorld,
    process: SimulatedProcess,
    folder: StoredFolder,
    options: SimulatedDiskOptions,
  ) {
    this.#world = world
    this.#process = process
    this.#folder = folder
    this.#options = options
  }

  async read(path: string, from = 0, lengthMax = Number.POSITIVE_INFINITY): Promise<Buffer | null> {
    return await this.#done(`reads ${path}`, () => {
      const file = this.#folder.file(path)
      return file === null ? null : Buffer.from(file.bytes.subarray(from, from + lengthMax))
    })
  }

  async writeAtomically(path: string, chunks: Iterable<Uint8Array>): Promise<void> {
    const temporary = `${path}.${++this.#writes}${TEMPORARY}`
    await this.#done(`creates ${temporary}`, () => this.#folder.create(temporary))
    for (const chunk of chunks) await this.append(temporary, chunk)
    if (!this.#options.isUnsynced) await this.#syncFile(temporary)
    await this.#done(`renames ${temporary}`, () => this.#folder.rename(temporary, path))
    if (!this.#options.isUnsynced) await this.#syncNames()
  }

  /** Arrives in two parts, with time for a crash in between. */
  async append(path: string, bytes: Uint8Array): Promise<void> {
    const at = this.#world.random.integer(bytes.length + 1)
    for (const part of [bytes.subarray(0, at), bytes.subarray(at)]) {
      if (part.length === 0) continue
      await this.#done(`writes ${part.length} bytes to ${path}`, () => {
        const file = this.#folder.file(path) ?? this.#folder.create(path)
        file.bytes = Buffer.concat([file.bytes, part])
      })
    }
  }

  async sync(path: string): Promise<void> {
    await this.#syncFile(path)
    await this.#syncNames()
  }

  async truncate(path: string, length: number): Promise<void> {
    await this.#done(`cuts ${path} to ${length} bytes`, () => {
      const file = this.#folder.file(path)
      if (file === null) throw new RangeError(`there is no file ${path}`)
      file.bytes = file.bytes.subarray(0, length)
      file.syncedLength = Math.min(file.syncedLength, length)
    })
  }

  async identity(path: string): Promise<FileIdentity | null> {
    return await this.#done(`looks at ${path}`, () => {
      const file = this.#folder.file(path)
      if (file === null) return null
      return { device: 1, inode: file.number, length: file.bytes.length }
    })
  }

  /** There is one folder: every name is in it. */
  async list(): Promise<string[]> {
    return await this.#done('lists files', () =>
      this.#folder.paths.filter((path) => !path.endsWith(TEMPORARY)),
    )
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#done(`renames ${from} to ${to}`, () => this.#folder.rename(from, to))
    await this.#syncNames()
  }

  async remove(path: string): Promise<void> {
    await this.#done(`removes ${path}`, () => this.#folder.remove(path))
  }

  async #syncFile(path: string): Promise<void> {
    await this.#done(`syncs ${path}`, () => {
      const file = this.#folder.file(path)
      if (file !== null) file.syncedLength = file.bytes.length
    })
  }

  async #syncNames(): Promise<void> {
    await this.#done('syncs the folder', () => this.#folder.syncNames())
  }

  #done<T>(label: string, act: () => T): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<T>()
    if (this.#process.state === 'crashed') return promise
    const delayMs = this.#world.scheduler.latencyMs()
    this.#process.plan(delayMs, `${this.#process.id} ${label}`, () => resolve(act()))
    return promise
  }
}
