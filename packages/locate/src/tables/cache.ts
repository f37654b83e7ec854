import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type DatabaseFiles, findDatabaseFiles } from '../sources/packages.ts'
import { type CompileProgress, compileTables } from './compile.ts'
import { decodeImage, encodeImage } from './image.ts'
import type { CompiledTables } from './location-tables.ts'

const FILE_NAME = 'locate.tables'

export interface TableOptions {
  /** Folder of the compiled tables. Default: `.cache/sekisho` in the databases' `node_modules`, else a folder of the user's own in the system's temporary folder. */
  readonly cacheDirectory?: string
  /** Told what is being compiled; not called when the cached tables serve. */
  readonly onProgress?: (progress: CompileProgress) => void
}

/** The tables and where they are kept on disk, `''` when no folder could be written. */
export interface OpenedTables extends CompiledTables {
  readonly path: string
}

/**
 * The tables from the cache, or compiled and put there. A file that is damaged, of another format or made from
 * other databases counts as none.
 * @throws Error when a database package is missing or cannot be read.
 */
export function openTables({ cacheDirectory, onProgress }: TableOptions): OpenedTables {
  const files = findDatabaseFiles()
  const folders = cacheDirectory === undefined ? defaultFolders(files) : [cacheDirectory]
  for (const folder of folders) {
    const path = join(folder, FILE_NAME)
    const tables = readTables(path, files.fingerprint)
    if (tables !== null) return { ...tables, path }
  }
  const compiled = compileTables(files, onProgress ?? (() => {}))
  const image = encodeImage(compiled, files.fingerprint)
  const path = folders.map((folder) => join(folder, FILE_NAME)).find((p) => store(p, image)) ?? ''
  onProgress?.({ step: path === '' ? 'tables not kept: no folder to write to' : 'done', fraction: 1 })
  return { ...compiled, path }
}

function defaultFolders(files: DatabaseFiles): string[] {
  const beside = join(files.modulesFolder, '.cache', 'sekisho')
  const own = ownTemporaryFolder()
  return own === null ? [beside] : [beside, own]
}

/** A folder of this user alone; null when somebody else got there first, for its tables could be anything. */
function ownTemporaryFolder(): string | null {
  const folder = join(tmpdir(), `sekisho-${userInfo().uid}`)
  try {
    mkdirSync(folder, { mode: 0o700, recursive: true })
    const status = lstatSync(folder)
    const isOwn = process.getuid === undefined || status.uid === process.getuid()
    return status.isDirectory() && isOwn ? folder : null
  } catch {
    return null
  }
}

function readTables(path: string, fingerprint: string): CompiledTables | null {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    const image = new Uint8Array(fstatSync(file).size)
    for (let at = 0; at < image.length; ) {
      const length = readSync(file, image, at, image.length - at, at)
      if (length === 0) return null
      at += length
    }
    return decodeImage(image, fingerprint)
  } catch {
    return null
  } finally {
    closeSync(file)
  }
}

/** Writes beside the target and renames, so that a reader or a crash never meets half a file. */
function store(path: string, image: Uint8Array): boolean {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(temporary, image, { flag: 'wx' })
    renameSync(temporary, path)
    return true
  } catch {
    rmSync(temporary, { force: true })
    return false
  }
}
