import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
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
import { countOf } from '../words.ts'

/** Which events count, by event time: from `fromMs` to before `toMs`. */
export interface Period {
  readonly fromMs: number
  readonly toMs: number
}

/** What the inputs come down to. */
export interface ScoredInputs {
  readonly read: ReadResult
  /** First and last event inside the period, null when there is none. */
  readonly span: { readonly firstMs: number; readonly lastMs: number } | null
  /** Events that the rules read, copies left out. */
  readonly attempts: number
  readonly duplicates: number
  /** Events that `--from` and `--to` leave out. */
  readonly outsidePeriod: number
  readonly logins: { readonly succeeded: number; readonly failed: number }
  /** In the order of (time, id). */
  readonly alerts: readonly Alert[]
  readonly databases: string
  readonly configHash: string
  /** The configuration file in force, null when there was none. */
  readonly configPath: string | null
}

/** Attempts scored between two looks at whether to stop. */
const ATTEMPTS_PER_TURN = 4096

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

type Collected = Pick<ScoredInputs, 'read' | 'span' | 'outsidePeriod'>

async function collectedAttempts(
  { inputs, period, settings, rejected, progress, io }: BatchRun,
  sorted: SortedAttempts,
): Promise<Collected> {
  let firstMs = Number.POSITIVE_INFINITY
  let lastMs = Number.NEGATIVE_INFINITY
  let outsidePeriod = 0
  const read = await readInputs(inputs, settings.parser, rejected, progress, io, {
    event(event, line, raw) {
      const { timestampMs } = event
      if (timestampMs < period.fromMs || timestampMs >= period.toMs) {
        outsidePeriod++
        return
      }
      if (timestampMs < firstMs) firstMs = timestampMs
      if (timestampMs > lastMs) lastMs = timestampMs
      if (!isScored(event)) return
      sorted.add({ id: eventIdOf(event), event, line, rawSha256: hash('sha256', raw, 'hex') })
    },
  })
  return { read, span: firstMs <= lastMs ? { firstMs, lastMs } : null, outsidePeriod }
}

type Scored = Omit<ScoredInputs, keyof Collected | 'duplicates'>

async function scoredAttempts(
  { settings, progress, io }: BatchRun,
  sorted: SortedAttempts,
): Promise<Scored> {
  const { detect: config, networks } = settings.config
  const alerts: Alert[] = []
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
    onAlert: (alert) => alerts.push(alert),
  })
  let attempts = 0
  for (const row of sorted.drain()) {
    const attempt = locatedAttempt(row, locator, config)
    scorer.offer(attempt)
    const { event } = attempt
    if (event.decides !== 'no') {
      loginLines.add(event.userKey, { ...loginCandidateOf(attempt.id, event), ordinal: attempts })
    }
    attempts++
    if (attempts % ATTEMPTS_PER_TURN === 0) {
      progress.step(`Scoring, ${countOf(attempts, 'attempt')} so far`)
      // Gives signals and streams their turn.
      await setImmediate()
      io.signal.throwIfAborted()
    }
  }
  scorer.finish()
  loginLines.finish()
  return {
    attempts,
    logins,
    alerts: alerts.sort(byTimeAndId),
    databases: locator.version,
    configHash: scorer.configHash,
    configPath: settings.config.path,
  }
}

function byTimeAndId(a: Alert, b: Alert): number {
  return a.timestampMs - b.timestampMs || (a.id < b.id ? -1 : 1)
}
