import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'

/** More folders than this are polled only: watches are a resource that all programs of a user share. */
const FOLDERS_MAX = 256

export interface FolderEvents {
  /** A file was written to. */
  written(path: string): void
  /** A name came, went or moved, or nobody knows what happened. */
  renamed(): void
}

/** Tells what happens in folders, as far as the operating system does. Never the only source: polling finds the rest. */
export class FolderWatch {
  readonly #events: FolderEvents
  readonly #watchers = new Map<string, FSWatcher>()

  constructor(events: FolderEvents) {
    this.#events = events
  }

  /** Watches these folders and no others. Those that cannot be watched are tried again at the next call. */
  follow(folders: ReadonlySet<string>): void {
    for (const folder of this.#watchers.keys()) if (!folders.has(folder)) this.#leave(folder)
    for (const folder of folders) {
      if (this.#watchers.size >= FOLDERS_MAX) return
      if (!this.#watchers.has(folder)) this.#enter(folder)
    }
  }

  close(): void {
    this.follow(new Set())
  }

  #enter(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false })
      this.#watchers.set(folder, watcher)
      watcher.on('change', (event, name) => {
        if (event === 'change' && name !== null) this.#events.written(join(folder, String(name)))
        else this.#events.renamed()
      })
      watcher.on('error', () => this.#leave(folder))
    } catch {
      // Too many watches, or a file system without any.
    }
  }

  #leave(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }
}
