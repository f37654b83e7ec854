import type { Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { causeOf } from './input-error.ts'
import type { InputProblem, Source } from './source.ts'

export interface ExpandedInputs {
  readonly sources: Source[]
  readonly problems: InputProblem[]
  /** Files below a folder that are no logs by their name; read only when named themselves. */
  readonly leftOut: string[]
}

/** Endings of documents, programs, settings and outputs of our own that lie beside logs in a folder. */
const NOT_LOGS = /\.(md|json|ndjson|[cm]?js|ts|html?|ya?ml|toml|xml|pdf|png|jpe?g|zip|sha256)$/i

/**
 * Turns what a user names into the sources to read: files, folders (with all below them but dot files and what is no
 * log by its name), globs (where no file of that very name exists) and `-` for standard input. A file that is named twice, also by way of a
 * link, is read once. The result is in code point order of the paths, whatever the order of the arguments, so that
 * neither the order nor the locale can show in any result.
 */
export async function expandInputs(paths: readonly string[]): Promise<ExpandedInputs> {
  const found: ExpandedInputs = { sources: [], problems: [], leftOut: [] }
  for (const path of paths) {
    if (path === '-') found.sources.push({ path, kind: 'stdin', sizeBytes: null })
    else await expandPath(path, found)
  }
  found.sources.sort(byPath)
  found.problems.sort(byPath)
  const sources = await withoutRepeats(found.sources)
  const read = new Set(sources.map(({ path }) => path))
  return { ...found, sources, leftOut: found.leftOut.filter((path) => !read.has(path)).sort() }
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  // Bytes of UTF-8 are in the order of code points; JavaScript's own comparison is not.
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))
}

async function withoutRepeats(sources: readonly Source[]): Promise<Source[]> {
  const seen = new Set<string>()
  const kept: Source[] = []
  for (const source of sources) {
    // A pipe has no real path, and what cannot be resolved is reported when it is read.
    const target =
      source.kind === 'stdin' ? '-' : await realpath(source.path).catch(() => source.path)
    if (!seen.has(target)) kept.push(source)
    seen.add(target)
  }
  return kept
}

async function expandPath(path: string, found: ExpandedInputs): Promise<void> {
  const stats = await statsOf(path)
  if (typeof stats === 'string') {
    if (isDynamicPattern(path)) await expandGlob(path, found)
    else found.problems.push({ path, problem: stats })
  } else if (stats.isDirectory()) {
    const countBefore = countOf(found)
    await expandFolder(path, found, new Set())
    if (countOf(found) === countBefore) {
      found.problems.push({ path, problem: 'the folder holds no file to read' })
    }
  } else found.sources.push(fileOf(path, stats))
}

function countOf(found: ExpandedInputs): number {
  return found.sources.length + found.problems.length
}

async function expandGlob(pattern: string, found: ExpandedInputs): Promise<void> {
  const paths = await glob(pattern, { absolute: isAbsolute(pattern), expandDirectories: false })
  if (paths.length === 0) found.problems.push({ path: pattern, problem: 'no file matches it' })
  for (const path of paths) await expandPath(path, found)
}

/** @param entered real paths of the folders entered on the way, since links may form a ring */
async function expandFolder(
  folder: string,
  found: ExpandedInputs,
  entered: Set<string>,
): Promise<void> {
  let names: string[]
  try {
    const target = await realpath(folder)
    if (entered.has(target)) return
    entered.add(target)
    names = await readdir(folder)
  } catch (error) {
    found.problems.push({ path: folder, problem: causeOf(error) })
    return
  }
  for (const name of names) {
    if (name.startsWith('.')) continue
    const path = join(folder, name)
    const stats = await statsOf(path)
    if (typeof stats === 'string') found.problems.push({ path, problem: stats })
    else if (stats.isDirectory()) await expandFolder(path, found, entered)
    else if (stats.isFile() && NOT_LOGS.test(name)) found.leftOut.push(path)
    else if (stats.isFile()) found.sources.push(fileOf(path, stats))
    else found.problems.push({ path, problem: 'not a file; read only when named itself' })
  }
}

function fileOf(path: string, stats: Stats): Source {
  return { path, kind: 'file', sizeBytes: stats.isFile() ? stats.size : null }
}

/** What is at a path, links followed, or why that cannot be told. */
async function statsOf(path: string): Promise<Stats | string> {
  try {
    return await stat(path)
  } catch (error) {
    return causeOf(error)
  }
}
