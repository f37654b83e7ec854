import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AlertDocument } from './alert-documents.ts'
import { PROJECT } from './sekisho.ts'

export const RULE_PAGES = join(PROJECT, 'docs/rules')

/** Longest line of JSON on a page. */
const WIDTH = 118
/** Lines of evidence that a page shows. */
const EVIDENCE_SHOWN = 2

/** The rules that the sentence before an example says it finds, sorted: `finds X1, N1 and U2.` */
export function rulesToldOn(page: string): string[] {
  const told = page.match(/` finds ([^.]+)\./)?.[1] ?? ''
  return (told.match(/[A-Z]\d/g) ?? []).sort()
}

/** The JSON of the example on a page. */
export function exampleOn(page: string): string {
  return page.match(/```json\n([^`]*)```/)?.[1] ?? ''
}

/** Rewrites the example of a page. */
export function rewriteExample(path: string, example: string): void {
  const page = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    page.replace(/```json\n[^`]*```/, () => `\`\`\`json\n${example}\`\`\``),
  )
}

/** What a page leaves out of an alert; docs/rules/README.md says why. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'message',
  'event.created',
  'event.ingested',
  'rule.uuid',
  'threat.tactic.name',
  'threat.technique.name',
  'threat.technique.subtechnique.name',
  'sekisho.inputs',
  'sekisho.run',
])

/** An alert as the pages show it. Wherever a test runs, its log is named as a reader in the project's folder names it. */
export function shownExampleOf(document: AlertDocument): string {
  const text = laidOut(shortened(document, ''), 0, 0)
  return `${text.replace(/"raw_ref": "[^"]*(?=docs\/rules\/)/g, '"raw_ref": "')}\n`
}

function shortened(value: unknown, path: string): unknown {
  if (path === 'sekisho.evidence') return (value as unknown[]).slice(0, EVIDENCE_SHOWN)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([name, inner]) => {
    const innerPath = path === '' ? name : `${path}.${name}`
    return [name, innerPath, inner] as const
  })
  return Object.fromEntries(
    entries
      .filter(([, innerPath]) => !LEFT_OUT.has(innerPath))
      .map(([name, innerPath, inner]) => [name, shortened(inner, innerPath)]),
  )
}

/**
 * JSON with everything on one line that fits there.
 *
 * @param indent columns that the line of the value is indented by
 * @param column where the value begins
 */
function laidOut(value: unknown, indent: number, column: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const isList = Array.isArray(value)
  const [open, close, space] = isList ? ['[', ']', ''] : ['{', '}', ' ']
  const inner = indent + 2
  const texts = Object.entries(value).map(([name, entry]) => {
    const key = isList ? '' : `${JSON.stringify(name)}: `
    return key + laidOut(entry, inner, inner + key.length)
  })
  const flat = `${open}${space}${texts.join(', ')}${space}${close}`
  if (!flat.includes('\n') && column + flat.length < WIDTH) return flat
  const lines = texts.map((text) => `${' '.repeat(inner)}${text}`).join(',\n')
  return `${open}\n${lines}\n${' '.repeat(indent)}${close}`
}
