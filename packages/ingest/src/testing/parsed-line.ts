import type { LoggedEvent, Parsed } from '@sekisho/event'
import { keptOf } from '../kept.ts'
import type { LineParser } from '../line-parser.ts'

/** What a parser makes of a line; a text is read as UTF-8. */
export function parsedLine(parser: LineParser, line: string | Buffer): Parsed {
  const bytes = typeof line === 'string' ? Buffer.from(line) : line
  return keptOf(parser.parse(bytes, 0, bytes.length))
}

/** The event of a line that must be one. */
export function eventOfLine(parser: LineParser, line: string | Buffer): LoggedEvent {
  const parsed = parsedLine(parser, line)
  if (parsed.kind !== 'event') throw new Error(`no event: ${JSON.stringify(parsed)}\n${line}`)
  return parsed.event
}
