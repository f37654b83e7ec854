import { isMap, isPair, isScalar, type LineCounter, type ParsedNode } from 'yaml'
import type { z } from 'zod'
import { didYouMean } from '../nearest.ts'
import { shownStart } from '../terminal/shown-text.ts'
import { oneOf } from '../words.ts'
import { configSchema } from './schema.ts'

type Path = readonly PropertyKey[]

/**
 * One sentence for each mistake: `line 12: unknown key "timezon"; did you mean timezone?`, in the order of the lines.
 * @param root the document that was checked, for the line numbers
 */
export function mistakesOf(
  error: z.ZodError,
  root: ParsedNode | null,
  lines: LineCounter,
): string[] {
  const found = error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      const path = issue.path
      return [{ line: lineOf(root, path, lines), text: `${nameOf(path)} ${wordsOf(issue)}` }]
    }
    return issue.keys.map((key) => ({
      line: lineOf(root, [...issue.path, key], lines),
      text: `unknown key "${shownStart(key, 100)}"${nameSuffixOf(issue.path)}${didYouMean(key, knownKeysAt(issue.path))}`,
    }))
  })
  return found.sort((a, b) => a.line - b.line).map(({ line, text }) => `line ${line}: ${text}`)
}

/** `networks[2].cidr` */
function nameOf(path: Path): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part + 1}]`
    else text += text === '' ? String(part) : `.${String(part)}`
  }
  return text === '' ? 'the file' : text
}

function nameSuffixOf(path: Path): string {
  return path.length === 0 ? '' : ` in ${nameOf(path)}`
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String)
    const given = typeof issue.input === 'string' ? issue.input : ''
    return `must be ${oneOf(allowed)}${didYouMean(given, allowed)}`
  }
  if (issue.code === 'invalid_type') {
    const isMissing = issue.input === undefined
    return isMissing ? 'is missing' : `must be ${KIND[issue.expected] ?? issue.expected}`
  }
  return shownStart(issue.message, 400)
}

const KIND: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  array: 'a list',
  object: 'a group of keys',
}

/** The keys that the schema knows at a place in the file. */
function knownKeysAt(path: Path): string[] {
  let schema: unknown = configSchema
  for (const part of path) {
    schema = unwrapped(schema)
    schema =
      typeof part === 'number'
        ? (schema as z.ZodArray).element
        : (schema as z.ZodObject).shape[String(part)]
  }
  return Object.keys((unwrapped(schema) as z.ZodObject).shape)
}

function unwrapped(schema: unknown): unknown {
  const { def } = schema as { def: { type: string; innerType?: unknown } }
  return def.type === 'optional' ? unwrapped(def.innerType) : schema
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
