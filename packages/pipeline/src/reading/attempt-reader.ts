import { hash } from 'node:crypto'
import type { DetectConfig } from '@sekisho/detect'
import {
  type Attempt,
  eventIdOf,
  type IgnoredKind,
  type Locator,
  type LoggedEvent,
  type RejectionReason,
} from '@sekisho/event'
import type { LineParser } from '@sekisho/ingest'
import { isScored, locatedAttempt } from '@sekisho/scorer'
import { type DeadLetter, KEPT_BYTES } from '../dead-letters.ts'
import type { FeedLine } from './line-feed.ts'

/** What becomes of lines, for metrics. lines = events + ignored + rejected. */
export interface LineMeasures {
  event(): void
  ignored(kind: IgnoredKind): void
  rejected(reason: RejectionReason): void
}

/** What a line came down to. */
export interface ReadLine {
  /** Null when the rules do not read it. */
  readonly attempt: Attempt | null
  readonly rejected: DeadLetter | null
  /** Of an event: its gateway and time, for the watermark. */
  readonly gateway: string
  readonly timestampMs: number | null
}

const NOTHING: ReadLine = { attempt: null, rejected: null, gateway: '', timestampMs: null }

/** Reads the lines of one feed into located attempts. */
export class AttemptReader {
  readonly #parser: LineParser
  readonly #locator: Locator
  readonly #config: DetectConfig
  readonly #measures: LineMeasures

  constructor(parser: LineParser, locator: Locator, config: DetectConfig, measures: LineMeasures) {
    this.#parser = parser
    this.#locator = locator
    this.#config = config
    this.#measures = measures
  }

  /** @param nowMs when the line was read, for a dead letter */
  read(line: FeedLine, nowMs: number): ReadLine {
    const { bytes, tooLongBytes } = line
    if (tooLongBytes !== null) {
      return this.#rejected(line, 'too-long', `The line has ${tooLongBytes} bytes.`, nowMs)
    }
    const parsed = this.#parser.parse(bytes, 0, bytes.length)
    if (parsed.kind === 'event') return this.#event(line, parsed.event)
    if (parsed.kind === 'rejected') {
      return this.#rejected(line, parsed.reason, parsed.detail, nowMs)
    }
    this.#measures.ignored(parsed.ignored)
    return NOTHING
  }

  #event({ bytes, path, number }: FeedLine, event: Readonly<LoggedEvent>): ReadLine {
    this.#measures.event()
    const { gateway, gatewaySerial, timestampMs } = event
    const told = { rejected: null, gateway: gatewaySerial || gateway, timestampMs }
    if (!isScored(event)) return { attempt: null, ...told }
    // The parser uses its event again.
    const kept = { ...event }
    const row = {
      id: eventIdOf(kept),
      event: kept,
      line: { path, number },
      rawSha256: hash('sha256', bytes, 'hex'),
    }
    return { attempt: locatedAttempt(row, this.#locator, this.#config), ...told }
  }

  #rejected(
    { bytes, tooLongBytes, path, number }: FeedLine,
    reason: RejectionReason,
    detail: string,
    nowMs: number,
  ): ReadLine {
    this.#measures.rejected(reason)
    const rejected: DeadLetter = {
      ...{ reason, detail, path, number },
      length: tooLongBytes ?? bytes.length,
      start: bytes.subarray(0, KEPT_BYTES).toString('base64'),
      setAside: new Date(nowMs).toISOString(),
    }
    return { ...NOTHING, rejected }
  }
}
