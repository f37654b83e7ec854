/** How a WELF body begins, whoever wrote it: Stormshield and SonicWall write the same. */
export const WELF_START = 'id=firewall '

/** A value of a WELF text and where in it that begins. */
export interface WelfValue {
  readonly text: string
  readonly start: number
}

/**
 * Fields of a WELF text by name up to `msg`, which is last and may hold quotes of its own.
 *
 * Some values are unquoted and hold blanks (`ivs=Default Network user=j doe realm="Users"`), so only the known
 * names divide the text, never blanks alone. The first of equal names wins.
 *
 * @param from where the first field begins
 */
export function welfFieldsOf(
  text: string,
  names: ReadonlySet<string>,
  from: number,
): ReadonlyMap<string, WelfValue> {
  const fields = new Map<string, WelfValue>()
  let at = from
  while (at < text.length) {
    const equals = text.indexOf('=', at)
    if (equals < 0) break
    const name = text.slice(at, equals)
    const isQuoted = text.charCodeAt(equals + 1) === 34
    const valueAt = equals + (isQuoted ? 2 : 1)
    if (name === 'msg') {
      if (!fields.has(name)) fields.set(name, welfMessageOf(text, valueAt))
      break
    }
    const end = isQuoted ? quotedEndOf(text, valueAt, names) : bareEndOf(text, valueAt, names)
    if (names.has(name) && !fields.has(name))
      fields.set(name, { text: text.slice(valueAt, end), start: valueAt })
    at = end + (isQuoted ? 1 : 0)
    while (text.charCodeAt(at) === 32) at++
  }
  return fields
}

/** The message that begins at a position: it runs to the last quote of the text, or to its end in one that was cut. */
export function welfMessageOf(text: string, at: number): WelfValue {
  const quote = text.lastIndexOf('"')
  return { text: text.slice(at, quote >= at ? quote : undefined), start: at }
}

/** The blank before the next ` name=`, or the end of the text. */
function bareEndOf(text: string, from: number, names: ReadonlySet<string>): number {
  let at = text.indexOf(' ', from)
  while (at >= 0 && !isNameAt(text, at + 1, names)) at = text.indexOf(' ', at + 1)
  return at < 0 ? text.length : at
}

/** The first quote that is followed by ` name=` or ends the text. */
function quotedEndOf(text: string, from: number, names: ReadonlySet<string>): number {
  let at = text.indexOf('"', from)
  while (at >= 0 && at + 1 < text.length) {
    if (text.charCodeAt(at + 1) === 32 && isNameAt(text, at + 2, names)) return at
    at = text.indexOf('"', at + 1)
  }
  return at < 0 ? text.length : at
}

/** Longest name of a WELF field. */
const NAME_LENGTH_MAX = 16

function isNameAt(text: string, at: number, names: ReadonlySet<string>): boolean {
  for (let end = at; end < at + NAME_LENGTH_MAX; end++) {
    if (text.charCodeAt(end) === 61) return names.has(text.slice(at, end))
  }
  return false
}
