import { readFileSync } from 'node:fs'

/** A row of a table in `docs/formats`, by the names of its columns; the first column is `id`. */
interface TableRow {
  /** `fortigate-messages.md:52`. */
  readonly place: string
  readonly cells: ReadonlyMap<string, string>
}

/** What lines a row speaks of. */
export interface LinesOfRow {
  readonly place: string
  /** Ids or codes, ranges written out; `PTR*` is every code that begins so. None: words alone tell the row. */
  readonly codes: readonly string[]
  /** What the line must say. */
  readonly words: readonly string[]
  /** What else must hold, in the words of the table: `nobody is named`. */
  readonly conditions: readonly string[]
}

/** A row of the tables that say what lines are read as. */
export interface MessageRow extends LinesOfRow {
  /** `event.action`, or `ignored`; then `outcome` is the kind. */
  readonly action: string
  readonly outcome: string
  readonly decides: string
  readonly evidence: string
}

/** A row of the tables of signs of compromise. */
export interface SignRow extends LinesOfRow {
  readonly indicator: string
}

/** The rows of a page that say what its messages are read as, in the order of the page. */
export function messageRowsOf(page: string): MessageRow[] {
  return tableRowsOf(page, 'words', '`event.action`').map((row) => ({
    ...linesOf(row),
    action: row.cells.get('`event.action`') ?? '',
    outcome: row.cells.get('`event.outcome`') ?? '',
    decides: row.cells.get('decides') ?? '',
    evidence: row.cells.get('evidence') ?? '',
  }))
}

/** The rows of a page that say which of its messages are signs of compromise. */
export function signRowsOf(page: string): SignRow[] {
  return tableRowsOf(page, 'words', '`sekisho.indicator`').map((row) => ({
    ...linesOf(row),
    indicator: row.cells.get('`sekisho.indicator`') ?? '',
  }))
}

/** Every word of a vendor's reasons that a page lists, and the reason that it says the word means. */
export function reasonWordsOf(page: string): { word: string; reason: string }[] {
  return tableRowsOf(page, '`sekisho.reason`').flatMap(({ cells }) =>
    quotedIn(cells.get('id') ?? '').map((word) => ({
      word,
      reason: cells.get('`sekisho.reason`') ?? '',
    })),
  )
}

/** The rows of every table that has the columns. */
function tableRowsOf(page: string, ...wanted: readonly string[]): TableRow[] {
  const url = new URL(`../../../../docs/formats/${page}`, import.meta.url)
  const rows: TableRow[] = []
  let columns: readonly string[] = []
  for (const [index, line] of readFileSync(url, 'utf8').split('\n').entries()) {
    const cells = cellsOf(line)
    const place = `${page}:${index + 1}`
    if (cells.length === 0) columns = []
    else if (columns.length === 0) columns = ['id', ...cells.slice(1)]
    else if (wanted.every((name) => columns.includes(name)) && !line.startsWith('| ---'))
      rows.push({ place, cells: new Map(columns.map((name, at) => [name, cells[at] ?? ''])) })
    if (cells.length !== columns.length)
      throw new Error(`${place} has ${cells.length} cells, its table ${columns.length} columns.`)
  }
  return rows
}

function cellsOf(line: string): string[] {
  if (!line.startsWith('|')) return []
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

function linesOf({ place, cells }: TableRow): LinesOfRow {
  const words = cells.get('words') ?? ''
  const plain = words.replaceAll(/`[^`]*`/g, '').split(',')
  return {
    place,
    codes: quotedIn(cells.get('id') ?? '').flatMap(codesOf),
    words: quotedIn(words),
    conditions: plain.map((part) => part.trim()).filter((part) => part !== '' && part !== '-'),
  }
}

function quotedIn(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]*)`/g), (quoted) => quoted[1] ?? '')
}

/** `37127-37130` and `AUT21051-21069` written out; anything else as it is. */
function codesOf(text: string): string[] {
  const range = /^([A-Z]*)(\d+)-(\d+)$/.exec(text)
  if (range === null) return [text]
  const [, prefix = '', first = '', last = ''] = range
  const count = Number(last) - Number(first) + 1
  if (!(count > 1 && count <= 100)) throw new Error(`${text} is no range.`)
  return Array.from(
    { length: count },
    (_, index) => prefix + String(Number(first) + index).padStart(first.length, '0'),
  )
}

export function isOfCode({ codes }: LinesOfRow, code: string): boolean {
  return codes.some((known) =>
    known.endsWith('*') ? code.startsWith(known.slice(0, -1)) : known === code,
  )
}
