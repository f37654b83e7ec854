import { readFileSync } from 'node:fs'
import { isMap, isPair, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import { shownStart } from '../terminal/shown-text.ts'
import { UsageError } from '../usage-error.ts'
import { mistakesOf } from './mistakes.ts'
import { type ConfigFileContent, configSchema } from './schema.ts'
import { type Path, valueAt } from './schema-at.ts'

const DEFAULT_PATH = 'sekisho.yaml'

/** A configuration is written by hand; anything larger was named by mistake. */
const FILE_BYTES_MAX = 16 * 1024 * 1024

/** A configuration file that was read and has the right form. */
export interface ConfigFile {
  readonly path: string
  readonly content: ConfigFileContent
  /** Line of a key or entry, from 1; null for what the file does not say. */
  lineOf(path: Path): number | null
}

/**
 * The configuration file named, else `./sekisho.yaml`; null when none is named and there is none.
 * @throws UsageError that names every mistake with its line
 */
export function readConfigFile(path: string | null): ConfigFile | null {
  const used = path ?? DEFAULT_PATH
  const text = textOf(used, path === null)
  return text === null ? null : parseConfigFile(text, used)
}

/** @throws UsageError that names every mistake with its line */
export function parseConfigFile(text: string, path: string): ConfigFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const broken = document.errors.map(({ pos, message }) => {
    return `line ${lines.linePos(pos[0]).line}: ${shownStart(message, 400)}`
  })
  if (broken.length > 0) throw mistaken(path, broken)
  let content: unknown
  try {
    content = document.toJS() ?? {}
  } catch (error) {
    // Aliases that would unfold into more than memory holds.
    throw mistaken(path, [shownStart((error as Error).message, 400)])
  }
  const checked = configSchema.safeParse(content, { reportInput: true })
  const lineAt = (place: Path): number => lineOf(document.contents, place, lines)
  if (checked.success) {
    return {
      path,
      content: checked.data,
      lineOf: (place) => (valueAt(content, place) === undefined ? null : lineAt(place)),
    }
  }
  const found = mistakesOf(checked.error, content)
    .map(({ path: place, sentence }) => ({ line: lineAt(place), sentence }))
    .sort((a, b) => a.line - b.line)
  throw mistaken(
    path,
    found.map(({ line, sentence }) => `line ${line}: ${sentence}`),
  )
}

function mistaken(path: string, mistakes: readonly string[]): UsageError {
  return new UsageError(mistakes.map((mistake) => `${path}: ${mistake}`).join('\n'))
}

/** @returns null when the file is not there and need not be. @throws UsageError */
export function textOf(path: string, isOptional: boolean): string | null {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && isOptional) return null
    const why = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'it is a folder' : message
    throw new UsageError(`${path} cannot be read: ${why}`)
  }
  if (bytes.length > FILE_BYTES_MAX) throw new UsageError(`${path} is no configuration: too large`)
  return bytes.toString('utf8')
}

/** Line of the innermost part of a path that the document has. */
function lineOf(root: ParsedNode | null, path: Path, lines: LineCounter): number {
  let node: unknown = root
  let offset = root?.range[0] ?? 0
  for (const part of path) {
    const next = childOf(node, part)
    if (next === null) break
    offset = next.offset
    node = next.node
  }
  return lines.linePos(offset).line
}

function childOf(node: unknown, part: PropertyKey): { offset: number; node: unknown } | null {
  const items = (node as { items?: readonly unknown[] } | null)?.items
  if (items === undefined) return null
  const item = isMap(node)
    ? items.find((pair) => isPair(pair) && isScalar(pair.key) && pair.key.value === part)
    : items[Number(part)]
  if (item === undefined) return null
  const key = isPair(item) ? item.key : item
  const offset = (key as ParsedNode).range?.[0] ?? 0
  return { offset, node: isPair(item) ? item.value : item }
}
