/** What rotation hangs on a name: a number, a date, a time, or a word for the one before; several in a row. */
const ROTATED_END = /(?:[._-](?:\d+(?:T\d+Z?)?|old|bak|prev))+$/
/** A date before the ending, as logrotate's `dateext` with `extension` puts it. */
const ROTATED_STEM = /(?:[._-]\d{8,}|[._-]\d{4}-\d\d-\d\d)(?=\.[A-Za-z]+$)/

/**
 * The path that a file has before rotation renames it: `/v/app.log` for `/v/app.log.1`, `/v/app.log-20260314`,
 * `/v/app-20260314.log` and itself. A file that never was part of a rotation may be given the same; its contents are
 * what counts, this only says where to look and which to read first.
 */
export function rotationFamilyOf(path: string): string {
  // Names are of 255 bytes at most, so that the expressions have little to go through.
  const nameAt = path.lastIndexOf('/') + 1
  const name = path.slice(nameAt)
  const kept = name.replace(ROTATED_END, '').replace(ROTATED_STEM, '')
  return path.slice(0, nameAt) + (kept === '' ? name : kept)
}
