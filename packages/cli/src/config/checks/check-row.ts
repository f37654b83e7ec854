import { shownText } from '../../terminal/shown-text.ts'
import type { ServiceConfig } from '../service-config.ts'

/** The result of one check. */
export interface CheckRow {
  /** What was looked at, such as `kafka.brokers` or `sources[1]`. */
  readonly check: string
  /**
   * `warn`: it works, and should be mended. `unreachable`: the configuration may be right, but a service that it names does not
   * answer as it should.
   */
  readonly result: 'pass' | 'warn' | 'fail' | 'unreachable'
  /** A sentence: what was found and, where something is wrong, the remedy. Never a secret. */
  readonly detail: string
}

/** Tries something that the configuration names. What goes wrong is a row, not an error. */
export type ConnectionCheck = (config: ServiceConfig) => Promise<readonly CheckRow[]>

export function passed(check: string, detail: string): CheckRow {
  return { check, result: 'pass', detail }
}

export function warned(check: string, detail: string): CheckRow {
  return { check, result: 'warn', detail }
}

export function failed(check: string, detail: string): CheckRow {
  return { check, result: 'fail', detail }
}

export function unreachable(check: string, detail: string): CheckRow {
  return { check, result: 'unreachable', detail }
}

/** The rows as lines of text, `PASS`, `WARN` or `FAIL` first, every sentence on a line of its own. */
export function rowsText(rows: readonly CheckRow[]): string {
  const width = Math.max(0, ...rows.map(({ check }) => shownText(check).length))
  return rows
    .map(({ check, result, detail }) => {
      const verdict = result === 'pass' || result === 'warn' ? result.toUpperCase() : 'FAIL'
      return `${verdict}  ${shownText(check).padEnd(width)}  ${shownText(detail)}\n`
    })
    .join('')
}
