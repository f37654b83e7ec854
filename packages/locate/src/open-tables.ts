import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { findDatabaseFiles } from './sources/packages.ts'
import { cachedTables, type OpenedTables } from './tables/cache.ts'
import { type CompileProgress, compileTables } from './tables/compile.ts'

export interface TableOptions {
  /**
   * Folder of the compiled tables. Default: `.cache/sekisho` in the databases' `node_modules`, and where that cannot
   * be written a folder of the user's own in the system's temporary folder.
   */
  readonly cacheDirectory?: string
  /** Told what is being compiled; not called when the cached tables serve. */
  readonly onProgress?: (progress: CompileProgress) => void
}

/**
 * The tables from the cache, or compiled from the databases and put there.
 * @throws Error when a database package is missing or cannot be read.
 */
export function openTables({ cacheDirectory, onProgress }: TableOptions): OpenedTables {
  const files = findDatabaseFiles()
  const folders =
    cacheDirectory === undefined ? defaultFolders(files.modulesFolder) : [cacheDirectory]
  return cachedTables(folders, files.fingerprint, () => {
    const compiled = compileTables(files, onProgress ?? (() => {}))
    onProgress?.({ step: 'compiled', fraction: 1 })
    return compiled
  })
}

function defaultFolders(modulesFolder: string): string[] {
  const beside = join(modulesFolder, '.cache', 'sekisho')
  if (isWritable(beside)) return [beside]
  const own = ownTemporaryFolder()
  return own === '' ? [beside] : [beside, own]
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** A folder of this user alone; `''` when somebody else got there first, for its tables could be anything. */
function ownTemporaryFolder(): string {
  try {
    const { uid } = userInfo()
    const folder = join(tmpdir(), `sekisho-${uid}`)
    mkdirSync(folder, { mode: 0o700, recursive: true })
    const status = lstatSync(folder)
    // Where there are no user ids, the system gives every user a temporary folder of its own.
    const isOwn = uid < 0 || (status.uid === uid && (status.mode & 0o022) === 0)
    return status.isDirectory() && isOwn ? folder : ''
  } catch {
    return ''
  }
}
