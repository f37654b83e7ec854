import { hash } from 'node:crypto'
import { SortedAttempts } from '@sekisho/bus'
import { loginCandidateOf } from '@sekisho/detect'
import { type Alert, eventIdOf } from '@sekisho/event'
import type { ExpandedInputs } from '@sekisho/ingest'
import { isScored, locatedAttempt, Scorer } from '@sekisho/scorer'
import type { Io } from '../io.ts'
import { LoginLines } from '../logins/login-lines.ts'
import { type ReadResult, readInputs } from '../reading/read-inputs.ts'
import { locatorOf, type ReadingSettings } from '../reading/reading-settings.ts'
import type { RejectedLines } from '../reading/rejected-lines.ts'
import type { Progress } from '../terminal/progress.ts'
import { Turns } from '../turns.ts'
import { countOf } from '../words.ts'

/** Which alerts are given out, by their time: from `fromMs` to before `toMs`. Everything read is history. */
export interface Period {
  readonly fromMs: number
  readonly toMs: number
}

/** What the inputs come down to. */
export interface ScoredInputs {
  readonly read: ReadResult
  /** First and last event read, null when there is none. */
  readonly span: { readonly firstMs: number; readonly lastMs: number } | null
  /** Events that the rules read, copies left out. */
  readonly attempts: number
  readonly duplicates: number
  /** Attempts under names that never succeeded, for which a flood left no room. */
  readonly withoutRoom: number
  readonly logins: { readonly succeeded: number; readonly failed: number }
  /** Those of the period, in the order of (time, id). */
  readonly alerts: readonly Alert[]
  /** Alerts that `--from` and `--to` leave out. */
  readonly alertsOutsidePeriod: number
  /** First UTC day on which T1, U1 and X1 can speak; null when nobody ever logged in. */
  readonly learningUntilDay: number | null
  readonly databases: string
  readonly configHash: string
  /** The configuration file in force, null when there was none. */
  readonly configPath: string | null
}

/** Everything a batch run works with. */
export interface BatchRun {
  readonly inputs: ExpandedInputs
  readonly period: Period
  readonly settings: ReadingSettings
  readonly rejected: RejectedLines
  readonly progress: Progress
  readonly io: Io
}

/** Reads, sorts and scores: all of a batch run but its outputs. @throws Stopped */
export async function scoredInputsOf(run: BatchRun): Promise<ScoredInputs> {
  const sorted = new SortedAttempts(run.settings.sorting)
  try {
    const collected = await collectedAttempts(run, sorted)
    const scored = await scoredAttempts(run, sorted)
    return { ...collected, ...scored, duplicates: sorted.duplicates }
  } finally {
    sorted.close()
  }
}

type Collected = Pick<ScoredInputs, 'read' | 'span'>

async function collectedAttempts(
  { inputs, settings, rejected, progress, io }: BatchRun,
  sorted: SortedAttempts,
): Promise<Collected> {
  let firstMs = Number.POSITIVE_INFINITY
  let lastMs = Number.NEGATIVE_INFINITY
  const read = await readInputs(inputs, settings.parser, rejected, progress, io, {
    event(event, line, raw) {
      const { timestampMs } = event
      if (timestampMs < firstMs) firstMs = timestampMs
      if (timestampMs > lastMs) lastMs = timestampMs
      if (!isScored(event)) return
      sorted.add({ id: eventIdOf(event), event, line, rawSha256: hash('sha256', raw, 'hex') })
    },
  })
  return { read, span: firstMs <= lastMs ? { firstMs, lastMs } : null }
}

type Scored = Omit<ScoredInputs, keyof Collected | 'duplicates'>

async function scoredAttempts(
  { period, settings, progress, io }: BatchRun,
  sorted: SortedAttempts,
): Promise<Scored> {
  const { detect: config, networks } = settings.config
  const alerts: Alert[] = []
  let alertsOutsidePeriod = 0
  const logins = { succeeded: 0, failed: 0 }
  const loginLines = new LoginLines((line, decides) => {
    if (decides && line.isSuccess) logins.succeeded++
    else if (decides) logins.failed++
  })
  const locator = locatorOf(settings, progress)
  const scorer = new Scorer({
    config,
    databases: locator.version,
    dated: [JSON.stringify(networks), settings.timezone ?? ''],
    mode: 'batch',
    onAlert: (alert) => {
      if (isInside(period, alert.timestampMs)) alerts.push(alert)
      else alertsOutsidePeriod++
    },
  })
  const turns = new Turns(io)
  let attempts = 0
  for (const row of sorted.drain()) {
    const attempt = locatedAttempt(row, locator, config)
    scorer.offer(attempt)
    const { event } = attempt
    if (event.decides !== 'no') {
      loginLines.add(event.userKey, { ...loginCandidateOf(attempt.id, event), ordinal: attempts })
    }
    attempts++
    if (!turns.isDue) continue
    progress.step(`Scoring, ${countOf(attempts, 'attempt')} so far`)
    await turns.take()
  }
  scorer.finish()
  loginLines.finish()
  return {
    attempts,
    withoutRoom: scorer.capped,
    logins,
    alerts: alerts.sort(byTimeAndId),
    alertsOutsidePeriod,
    learningUntilDay: scorer.learningUntilDay,
    databases: locator.version,
    configHash: scorer.configHash,
    configPath: settings.config.path,
  }
}

function isInside({ fromMs, toMs }: Period, timestampMs: number): boolean {
  return timestampMs >= fromMs && timestampMs < toMs
}

function byTimeAndId(a: Alert, b: Alert): number {
  return a.timestampMs - b.timestampMs || (a.id < b.id ? -1 : 1)
}
