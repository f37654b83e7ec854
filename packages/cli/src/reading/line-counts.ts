import type { IgnoredKind, Indicator, RejectionReason } from '@sekisho/event'
import { countOf, numberText } from '../words.ts'

/** What became of the lines: every line is an event, ignored (by kind) or rejected (by reason). */
export interface LineCounts {
  lines: number
  events: number
  readonly ignored: Partial<Record<IgnoredKind, number>>
  readonly rejected: Partial<Record<RejectionReason, number>>
  /** Events of lines that were damaged or imitate others, and events that are signs of compromise by themselves. */
  recovered: number
  readonly signs: Partial<Record<Indicator, number>>
}

export function newLineCounts(): LineCounts {
  return { lines: 0, events: 0, ignored: {}, rejected: {}, recovered: 0, signs: {} }
}

export function totalOf(counts: Readonly<Partial<Record<string, number>>>): number {
  return Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0)
}

/** Kinds or reasons with the most lines first, equal ones by name. */
export function byCount(counts: Readonly<Partial<Record<string, number>>>): [string, number][] {
  return Object.entries(counts)
    .map(([name, count]): [string, number] => [name, count ?? 0])
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
}

/** @throws Error when lines went missing between reading and counting, which would be a bug */
export function assertAddsUp({ lines, events, ignored, rejected }: LineCounts): void {
  const counted = events + totalOf(ignored) + totalOf(rejected)
  if (counted !== lines) throw new Error(`${lines} lines were read, ${counted} were counted`)
}

type Row = [name: string, text: string]

/** Name and text of each row that tells of the lines: all of them, then what calls for a look, if anything does. */
export function lineRows(counts: LineCounts): Row[] {
  return [
    ['lines', linesText(counts)],
    ...breakdown('ignored', counts.ignored),
    ...breakdown('rejected', counts.rejected),
    ...(counts.recovered === 0 ? [] : [['recovered', recoveredText(counts)] satisfies Row]),
    ...breakdown('signs', counts.signs),
  ]
}

function breakdown(
  name: string,
  counts: Readonly<Partial<Record<string, number>>>,
): [string, string][] {
  const parts = byCount(counts).map(([kind, count]) => `${kind} ${numberText(count)}`)
  return parts.length === 0 ? [] : [[name, parts.join(', ')]]
}

function recoveredText({ recovered }: LineCounts): string {
  return `${countOf(recovered, 'event')} of lines that are damaged or imitate others (sekisho.recovered)`
}

/** `1,204 = 800 events + 400 ignored + 4 rejected` */
function linesText({ lines, events, ignored, rejected }: LineCounts): string {
  const others = `${numberText(totalOf(ignored))} ignored + ${numberText(totalOf(rejected))} rejected`
  return `${numberText(lines)} = ${countOf(events, 'event')} + ${others}`
}
