import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { decodeImage, encodeImage } from './image.ts'
import type { CompiledTables } from './location-tables.ts'

const FILE_NAME = 'locate.tables'

/** The tables and where they are kept on disk, `''` when no folder could be written. */
export interface OpenedTables extends CompiledTables {
  readonly path: string
}

/**
 * The tables from the first folder that has them, else compiled and put into the first folder that takes them. A file
 * that is damaged, of another format or made from databases of another fingerprint counts as none.
 */
export function cachedTables(
  folders: readonly string[],
  fingerprint: string,
  compile: () => CompiledTables,
): OpenedTables {
  for (const folder of folders) {
    const path = join(folder, FILE_NAME)
    const tables = readTables(path, fingerprint)
    if (tables !== null) return { ...tables, path }
  }
  const compiled = compile()
  const image = encodeImage(compiled, fingerprint)
  const folder = folders.find((each) => store(each, image))
  return { ...compiled, path: folder === undefined ? '' : join(folder, FILE_NAME) }
}

function readTables(path: string, fingerprint: string): CompiledTables | null {
  try {
    const file = openSync(path, 'r')
    try {
      const image = new Uint8Array(fstatSync(file).size)
      for (let at = 0; at < image.length; ) {
        const length = readSync(file, image, at, image.length - at, at)
        if (length === 0) return null
        at += length
      }
      return decodeImage(image, fingerprint)
    } finally {
      closeSync(file)
    }
  } catch {
    return null
  }
}

/** Writes beside the target and renames, so that a reader or a crash never meets half a file. */
function store(folder: string, image: Uint8Array): boolean {
  const temporary = join(folder, `${FILE_NAME}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(temporary, image, { flag: 'wx' })
    renameSync(temporary, join(folder, FILE_NAME))
    return true
  } catch {
    discard(temporary)
    return false
  }
}

/** Removes what may be left of a file; where even that fails (the folder is a file), there is nothing to remove. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The folder could not be written in the first place.
  }
}
