import { fstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { ExpandedInputs } from '@sekisho/ingest'
import { shownText } from './terminal/shown-text.ts'
import { UsageError } from './usage-error.ts'

/**
 * Refuses outputs that would overwrite an input (by whatever name it goes: links and standard input included) or
 * one another.
 * @param outputs the option and the path it names
 * @throws UsageError
 */
export function refuseOverwriting(
  { sources }: ExpandedInputs,
  outputs: readonly (readonly [option: string, path: string | null])[],
): void {
  const taken = new Map<string, string>()
  for (const [option, path] of outputs) {
    if (path === null || path === '-') continue
    const place = placeOf(path)
    const other = taken.get(place)
    if (other !== undefined) {
      throw new UsageError(`--${option} and --${other} name the same file, ${shownText(path)}`)
    }
    taken.set(place, option)
    const file = identityOf(path)
    const input = sources.find(
      (source) => file !== null && file === identityOf(source.kind === 'stdin' ? 0 : source.path),
    )
    if (input === undefined) continue
    const which =
      input.kind === 'stdin'
        ? 'the file that standard input comes from'
        : `the input ${shownText(input.path)}`
    throw new UsageError(
      `--${option} ${shownText(path)} would overwrite ${which}; name another file with --${option}`,
    )
  }
}

/** Device and number of an ordinary file, given by name or descriptor: the same for every name it has. */
function identityOf(file: string | number): string | null {
  try {
    const stats = typeof file === 'number' ? fstatSync(file) : statSync(file)
    return stats.isFile() ? `${stats.dev}:${stats.ino}` : null
  } catch {
    return null
  }
}

/** Where a file is or would be made, links in its folder resolved. */
function placeOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return join(realFolderOf(dirname(resolve(path))), basename(path))
  }
}

function realFolderOf(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}
