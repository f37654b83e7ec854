import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { type RbaAttempt, rbaAttemptOf } from './rba-attempt.ts'
import { RBA_COLUMNS, type RbaRecord, type RbaRejection, rbaRowOf } from './rba-row.ts'

/** A file that is not the data set: a column is missing, or it is no CSV. The message is for the user. */
export class RbaFileError extends Error {}

export interface RbaReading {
  /** Names the file in evidence; `rba.csv` unless given. */
  readonly path?: string
  /** Told of each row that cannot be used. */
  readonly onRejected?: (rejection: RbaRejection) => void
}

/** A row longer than this ends the reading: a quote was opened and never closed. */
const ROW_LENGTH_MAX = 65_536

/** What the CSV reader gives for a row. */
interface CsvRow {
  readonly raw: string
  readonly record: RbaRecord
  readonly info: { readonly lines: number; readonly error: unknown }
}

/**
 * Reads the data set's CSV (RFC 4180, with its header) as a stream: rows that cannot be used are counted and left out.
 *
 * @param chunks the file, in pieces of any size
 * @throws RbaFileError when a column is missing or a quote is never closed
 */
export async function* readRba(
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  { path = 'rba.csv', onRejected = () => {} }: RbaReading = {},
): AsyncGenerator<RbaAttempt> {
  const rows = parse({
    bom: true,
    columns: columnsOf,
    info: true,
    max_record_size: ROW_LENGTH_MAX,
    raw: true,
    // A row with too few or too many fields is rejected below; the reader's own skipping may drop what follows it.
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  })
  // What goes wrong in either is thrown where the rows are read.
  pipeline(Readable.from(chunks, { objectMode: false }), rows, () => {})
  try {
    for await (const { raw, record, info } of rows as AsyncIterable<CsvRow>) {
      const row = info.error === undefined ? rbaRowOf(record) : 'broken-row'
      if (typeof row === 'string') {
        onRejected(row)
        continue
      }
      const text = raw.replace(/\r?\n$/, '')
      const rawSha256 = createHash('sha256').update(text).digest('hex')
      yield rbaAttemptOf(row, { path, number: info.lines, rawSha256 })
    }
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    if (typeof code !== 'string' || !code.startsWith('CSV_')) throw error
    throw new RbaFileError(`${path} is not the RBA data set's CSV: ${message}`, { cause: error })
  }
}

const OURS = new Map<string, string>(
  Object.entries(RBA_COLUMNS).map(([ours, column]) => [column, ours]),
)

/** Our names of the columns that are read; the others are dropped. */
function columnsOf(header: string[]): (string | false)[] {
  const names = header.map((column) => OURS.get(column.trim()) ?? false)
  const missing = [...OURS].find(([, ours]) => !names.includes(ours))
  if (missing !== undefined) {
    throw new RbaFileError(`The CSV has no column "${missing[0]}"; is it the RBA data set?`)
  }
  return names
}
