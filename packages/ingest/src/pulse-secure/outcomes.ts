import { PULSE_LOGIN_ROWS } from './login-outcomes.ts'
import { PULSE_OTHER_ROWS } from './other-outcomes.ts'
import type { PulseRow } from './row.ts'
import { PULSE_SESSION_ROWS } from './session-outcomes.ts'

export const PULSE_ROWS: readonly PulseRow[] = [
  ...PULSE_LOGIN_ROWS,
  ...PULSE_SESSION_ROWS,
  ...PULSE_OTHER_ROWS,
]

/** A row, and the words by which it was told (`''`: by its code alone). */
export interface PulseMatch {
  readonly row: PulseRow
  readonly words: string
}

const BY_CODE = new Map<string, PulseRow[]>()
const BY_FIRST_WORD = new Map<string, PulseRow[]>()
/** Rows whose messages begin with a name. */
const ANYWHERE: PulseRow[] = []

for (const row of PULSE_ROWS) {
  for (const code of row.codes ?? []) listed(BY_CODE, code).push(row)
  const firstWords = new Set((row.starts ?? []).map(firstWordOf))
  for (const word of firstWords) listed(BY_FIRST_WORD, word).push(row)
  if (row.starts === undefined && row.contains !== undefined) ANYWHERE.push(row)
}

function listed(rows: Map<string, PulseRow[]>, key: string): PulseRow[] {
  const known = rows.get(key)
  if (known !== undefined) return known
  const list: PulseRow[] = []
  rows.set(key, list)
  return list
}

/**
 * The row of a message: by its code first and its words second, since releases reword messages but keep codes. Words
 * that fit no row of a known code leave its first.
 *
 * @param code `''` in forms that carry none.
 */
export function pulseMatchOf(code: string, message: string): PulseMatch | null {
  const coded = code === '' ? undefined : BY_CODE.get(code)
  if (coded === undefined) return matchByWords(message)
  for (const row of coded) {
    const words = wordsOf(row, message)
    if (words !== null) return { row, words }
  }
  return { row: coded[0] as PulseRow, words: '' }
}

function matchByWords(message: string): PulseMatch | null {
  for (const rows of [BY_FIRST_WORD.get(firstWordOf(message)) ?? [], ANYWHERE]) {
    for (const row of rows) {
      const words = wordsOf(row, message)
      if (words !== null) return { row, words }
    }
  }
  return null
}

/** The longest of a row's words that a message has, `''` for a row without words, null when they do not fit. */
function wordsOf(row: PulseRow, message: string): string | null {
  const { starts, contains = '' } = row
  if (!message.includes(contains)) return null
  if (starts === undefined) return contains
  const start = starts.find((words) => message.startsWith(words))
  if (start === undefined) return null
  return contains.length > start.length ? contains : start.trimEnd()
}

function firstWordOf(text: string): string {
  let end = 0
  while (end < text.length && end < 32) {
    const code = text.charCodeAt(end)
    if (code === 32 || code === 58 || code === 91) break
    end++
  }
  return text.slice(0, end)
}
