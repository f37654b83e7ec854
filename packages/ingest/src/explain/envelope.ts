import { isClock, stampOf, wordEndOf } from '../header/syslog-envelope.ts'
import type { RawLine } from '../raw-line.ts'
import { wallMsAt } from '../time/wall-time.ts'

/** One part of what relays put in front of a body. */
export interface HeaderPart {
  readonly name:
    | 'octet count'
    | 'priority'
    | 'version'
    | 'BSD time'
    | 'RFC 3339 time'
    | 'host'
    | 'structured data'
    | 'tag'
    | 'word'
  readonly text: string
  /** What it means, a phrase, or `''`. */
  readonly meaning: string
  readonly start: number
  readonly end: number
}

/** RFC 5424, section 6.2.1. */
const FACILITIES = [
  ...['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron'],
  ...['authpriv', 'ftp', 'ntp', 'audit', 'alert', 'clock'],
  ...['local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7'],
]
const SEVERITIES = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug']

interface Word {
  readonly text: string
  readonly start: number
}

/**
 * The headers before the body of a line, word by word; the words of a time or of structured data are one part. The
 * parser itself reads of them only the last time with a zone and the word after the last time (`envelopeOf`).
 */
export function headerPartsOf(line: RawLine): HeaderPart[] {
  const words = headerWordsOf(line)
  const parts: HeaderPart[] = []
  let isAfterTime = false
  for (let index = 0; index < words.length; ) {
    const count = wordsOfPartAt(words, index)
    const first = words[index] as Word
    const last = words[index + count - 1] as Word
    const end = last.start + last.text.length
    const text = line.text().slice(first.start - line.start, end - line.start)
    const before = parts.at(-1)?.name
    const [name, meaning]: Named = count > 1 ? namedRun(text) : namedWord(text, before, isAfterTime)
    parts.push({ name, text, meaning, start: first.start, end })
    isAfterTime = name === 'BSD time' || name === 'RFC 3339 time'
    index += count
  }
  return parts
}

/** The words between the start of a line and its body; `<189>` is one though no blank follows it. */
function headerWordsOf(line: RawLine): Word[] {
  const text = line.text()
  const end = line.body - line.start
  const words: Word[] = []
  let at = 0
  while (at < end) {
    const priority = /^<\d{1,3}>/.exec(text.slice(at, at + 5))
    const wordEnd = priority === null ? wordEndOf(text, at, end) : at + priority[0].length
    if (wordEnd > at) words.push({ text: text.slice(at, wordEnd), start: line.start + at })
    at = priority === null ? wordEnd + 1 : wordEnd
  }
  return words
}

/** How many words belong together from an index on. */
function wordsOfPartAt(words: readonly Word[], index: number): number {
  const [first = '', , third = ''] = words.slice(index, index + 3).map(({ text }) => text)
  if (/^[A-Z][a-z]{2}$/.test(first) && isClock(third, 0, third.length)) return 3
  if (!first.startsWith('[')) return 1
  const last = words.slice(index).findIndex(({ text }) => text.endsWith(']'))
  return last < 0 ? 1 : last + 1
}

type Named = [name: HeaderPart['name'], meaning: string]

function namedRun(text: string): Named {
  return text.startsWith('[')
    ? ['structured data', 'not read']
    : ['BSD time', 'has neither year nor zone, and is never used']
}

function namedWord(text: string, before: string | undefined, isAfterTime: boolean): Named {
  const priority = /^<(\d{1,3})>$/.exec(text)
  if (priority !== null) return ['priority', priorityText(Number(priority[1]))]
  if (/^\d+$/.test(text)) {
    if (before === undefined)
      return ['octet count', 'bytes of the message, as a TCP relay counts them']
    if (before === 'priority') return ['version', 'of RFC 5424']
  }
  if (!Number.isNaN(wallMsAt(text, 0)))
    return ['RFC 3339 time', stampOf(text) === null ? 'has no zone, and is not used' : '']
  if (isAfterTime) return ['host', '']
  if (text.startsWith('[')) return ['structured data', 'not read']
  if (text.endsWith(':')) return ['tag', '']
  return ['word', text === '-' ? 'nothing, as RFC 5424 writes it' : '']
}

/** `local7, notice` */
function priorityText(priority: number): string {
  const facility = FACILITIES[priority >> 3]
  return facility === undefined
    ? 'no priority of syslog'
    : `${facility}, ${SEVERITIES[priority & 7]}`
}
