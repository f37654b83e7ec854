import type { LoggedEvent, Vendor } from '@sekisho/event'
import { isOfCode, type LinesOfRow, type MessageRow, type SignRow } from './message-tables.ts'
import { messageOf, type SampleLine } from './sample-lines.ts'

/** What a row may ask of a line beside its words. */
export const CONDITIONS: Readonly<Record<string, (sample: SampleLine) => boolean>> = {
  'a person is named': ({ parsed }) => parsed.kind === 'event' && parsed.event.userRaw !== '',
  'nobody is named': ({ parsed }) => parsed.kind === 'event' && parsed.event.userRaw === '',
  'an administrator': ({ text, code }) =>
    code.startsWith('ADM') ||
    /\(Admin Users\)\[|\)\[\.|realm=Admin Users |roles=\.|\| Admin Users \|/.test(
      text.replaceAll('"', ''),
    ),
  'asked for without a login': ({ text }) =>
    /Unauthenticated request url |not authenticated yet \(URL=/.test(text),
  "from nobody's address": ({ text }) => {
    const [source, target] = ['srcip', 'dstip'].map((key) => addressIn(text, key))
    return source !== undefined && (source === target || NOBODYS_ADDRESS.test(source))
  },
}

const NOBODYS_ADDRESS = /^(?:127\.|::1$|1\.1\.1\.1$|1\.0\.0\.1$|8\.8\.|9\.9\.9\.9$)/

function addressIn(text: string, key: string): string | undefined {
  return new RegExp(` ${key}=([0-9a-f.:]+)`).exec(text)?.[1]
}

/**
 * The row of a page that a sample fits, by the page's own rule: the code tells, where it stands in several rows the
 * words beside it, and where there is none the words alone. FortiGate messages are never told by words alone,
 * but for those of rows without an id.
 */
export function rowOf(
  sample: SampleLine,
  vendor: Vendor,
  rows: readonly MessageRow[],
): MessageRow | undefined {
  const coded = sample.code === '' ? [] : rows.filter((row) => isOfCode(row, sample.code))
  if (coded.length === 1) return coded[0]
  const text = messageIn(sample)
  if (coded.length > 1) return coded.find((row) => isSaid(row, text, sample))
  return rows.find(
    (row) =>
      row.words.length > 0 &&
      (vendor === 'pulse-secure' || row.codes.length === 0) &&
      isSaid(row, text, sample),
  )
}

/** Names that strangers typed imitate messages, so of a Pulse Secure line only what follows its header counts. */
function messageIn({ text, code, parsed }: SampleLine): string {
  const isPulse = parsed.kind === 'event' && parsed.event.vendor === 'pulse-secure'
  return isPulse && code === '' ? messageOf(text) : text
}

function isSaid(row: LinesOfRow, text: string, sample: SampleLine): boolean {
  const isHeld = (condition: string) => CONDITIONS[condition]?.(sample) ?? false
  return row.words.every((words) => text.includes(words)) && row.conditions.every(isHeld)
}

/** The sign of compromise that a page says a sample is, as for `rowOf`; quotes of values do not count. */
export function signOf(sample: SampleLine, rows: readonly SignRow[]): SignRow | undefined {
  const text = messageIn(sample).replaceAll('"', '')
  return rows.find(
    (row) => (row.codes.length === 0 || isOfCode(row, sample.code)) && isSaid(row, text, sample),
  )
}

/** What a row says of a sample: `vpn.login | success | yes`. */
export function toldOf(row: MessageRow, sample: SampleLine): string {
  return `${row.action} | ${outcomeTold(row, sample)} | ${row.decides}`
}

const SUCCESS = ['success', 'ok', 'done', 'accept']
const FAILURE = ['failure', 'failed', 'error', 'negotiate_error', 'deny']

/** The outcome by a row, where it goes by a word of the line by that word. */
export function outcomeTold({ outcome }: MessageRow, { text }: SampleLine): string {
  if (!outcome.startsWith('by ')) return outcome
  const fields = outcome === 'by status' ? ['(?:status|outcome)', 'result'] : ['act(?:ion)?']
  for (const field of fields) {
    const pair = new RegExp(`(?:[ ,{]"?|FTNTFGT|FortiGate)${field}"?[=:]"?(\\w+)`).exec(text)
    const word = pair?.[1]?.toLowerCase() ?? ''
    if (SUCCESS.includes(word)) return 'success'
    if (FAILURE.includes(word)) return 'failure'
  }
  return 'unknown'
}

/** What the parser made of a sample, in the words of the pages. */
export function readOf({ parsed }: SampleLine): string {
  if (parsed.kind === 'ignored') return `ignored | ${parsed.ignored} | no`
  return `${parsed.event.action} | ${parsed.event.outcome} | ${decidesOf(parsed.event)}`
}

function decidesOf({ decides, attempt }: LoggedEvent): string {
  return decides === 'no' && attempt === 'session_end' ? 'end' : decides
}
