import type { BigIntStats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { causeOf } from '../../sources/input-error.ts'
import { type FoundFile, keyTextOf } from './file-position.ts'
import { rotationFamilyOf } from './rotation-family.ts'

/** Calls of the file system that wait at the same time. */
const STATS_AT_ONCE = 64

type Tell = (path: string, problem: string) => void

/** Files that paths and globs name now, each once, also when links lead to it, by key. */
export async function filesFound(
  patterns: readonly string[],
  tell: Tell,
): Promise<Map<string, FoundFile>> {
  const found = new Map<string, FoundFile>()
  for (const pattern of patterns) {
    const file = await foundAt(pattern)
    if (typeof file !== 'string') keep(file, found)
    else if (!isDynamicPattern(pattern))
      tell(pattern, `cannot be followed: ${file}; waiting for it`)
    else await findGlob(pattern, found, tell)
  }
  return found
}

async function findGlob(pattern: string, found: Map<string, FoundFile>, tell: Tell): Promise<void> {
  let paths: string[]
  try {
    paths = await glob(pattern, { absolute: true, expandDirectories: false })
  } catch (error) {
    tell(pattern, `cannot be searched: ${causeOf(error)}`)
    return
  }
  // Of two names of one file the first counts, whatever order the folder has.
  for (const file of await foundFiles(paths.sort())) keep(file, found)
}

function keep(file: FoundFile, found: Map<string, FoundFile>): void {
  const key = keyTextOf(file)
  if (!found.has(key)) found.set(key, file)
}

/** Those of the paths that are files. */
async function foundFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const files: FoundFile[] = []
  for (let at = 0; at < paths.length; at += STATS_AT_ONCE) {
    const results = await Promise.all(paths.slice(at, at + STATS_AT_ONCE).map(foundAt))
    for (const result of results) if (typeof result !== 'string') files.push(result)
  }
  return files
}

/** The file at a path, links followed, or why there is none. */
export async function foundAt(path: string): Promise<FoundFile | string> {
  try {
    const stats = await stat(path, { bigint: true })
    if (stats.isDirectory()) return 'it is a folder; name the files in it, such as with /*.log'
    if (!stats.isFile()) return 'it is not a file'
    return foundOf(resolve(path), stats)
  } catch (error) {
    return causeOf(error)
  }
}

export function foundOf(path: string, stats: BigIntStats): FoundFile {
  return {
    path,
    device: String(stats.dev),
    inode: String(stats.ino),
    sizeBytes: Number(stats.size),
    modifiedNs: stats.mtimeNs,
  }
}

/**
 * Looks for files that lost their names under the names that rotation gives, in the same folders.
 *
 * @param paths the names they had
 * @returns those that are there, by key
 */
export async function renamedFiles(paths: Iterable<string>): Promise<Map<string, FoundFile>> {
  const familiesIn = new Map<string, Set<string>>()
  for (const path of paths) {
    const folder = dirname(path)
    const families = familiesIn.get(folder) ?? new Set()
    familiesIn.set(folder, families.add(rotationFamilyOf(path)))
  }
  const found = new Map<string, FoundFile>()
  for (const [folder, families] of familiesIn) {
    const names = await readdir(folder).catch((): string[] => [])
    const paths = names.sort().map((name) => join(folder, name))
    const similar = paths.filter((path) => families.has(rotationFamilyOf(path)))
    for (const file of await foundFiles(similar)) keep(file, found)
  }
  return found
}
