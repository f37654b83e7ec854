import { hash } from 'node:crypto'
import { SortedAttempts } from '@sekisho/bus'
import { loginCandidateOf } from '@sekisho/detect'
import { type Attempt, eventIdOf } from '@sekisho/event'
import type { ExpandedInputs } from '@sekisho/ingest'
import { isScored, locatedAttempt, Scorer } from '@sekisho/scorer'
import type { Io } from '../io.ts'
import { LoginLines } from '../logins/login-lines.ts'
import { type ReadResult, readInputs } from '../reading/read-inputs.ts'
import { locatorOf, type ReadingSettings } from '../reading/reading-settings.ts'
import type { RejectedLines } from '../reading/rejected-lines.ts'
import type { KeptState } from '../state/kept-state.ts'
import { datedOf, type TimeSpan } from '../state/state-header.ts'
import type { Progress } from '../terminal/progress.ts'
import { Turns } from '../turns.ts'
import { countOf } from '../words.ts'
import type { FoundAlerts } from './found-alerts.ts'
import { type Continued, goneOnFrom, saved } from './gone-on.ts'

/** Many together join faster than one by one; little waits. */
const JOINED_AT_ONCE = 256

/** What the inputs come down to. */
export interface ScoredInputs {
  readonly read: ReadResult
  /** First and last event read, null when there is none. */
  readonly span: TimeSpan | null
  /** Events that the rules read, copies left out. */
  readonly attempts: number
  readonly duplicates: number
  /** Attempts for which a flood left no room: under names that never succeeded, and of users with very many. */
  readonly withoutRoom: { readonly strangers: number; readonly lines: number }
  /** Attempts of days that were complete when they came: counted, and no longer joined. */
  readonly tooLate: number
  /** Null where lines are not in the order of their time. */
  readonly logins: { readonly succeeded: number; readonly failed: number } | null
  readonly found: FoundAlerts
  /** First UTC day on which novelty means something; null when nobody ever logged in. */
  readonly learningUntilDay: number | null
  readonly databases: string
  readonly configHash: string
  /** The configuration file in force, null when there was none. */
  readonly configPath: string | null
  /** The state that the run went on from and has written, null without one. */
  readonly state: Continued | null
}

/** Everything a run works with. */
export interface ReplayRun {
  readonly inputs: ExpandedInputs
  readonly found: FoundAlerts
  readonly state: KeptState | null
  readonly settings: ReadingSettings
  readonly rejected: RejectedLines
  readonly progress: Progress
  readonly io: Io
}

/** Reads, sorts and scores: all of a batch run but its outputs. @throws Stopped, InputError */
export async function scoredInputsOf(run: ReplayRun): Promise<ScoredInputs> {
  const sorted = new SortedAttempts(run.settings.sorting)
  try {
    const collected = await collectedAttempts(run, sorted)
    const scored = await scoredAttempts(run, sorted, collected.span)
    return { ...collected, ...scored, duplicates: sorted.duplicates }
  } finally {
    sorted.close()
  }
}

type Collected = Pick<ScoredInputs, 'read' | 'span'>

/** Reads all inputs into the sorting. */
export async function collectedAttempts(
  { inputs, settings, rejected, progress, io }: Omit<ReplayRun, 'found' | 'state'>,
  sorted: Pick<SortedAttempts, 'add'>,
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
  { found, state, settings, progress, io }: ReplayRun,
  sorted: SortedAttempts,
  span: TimeSpan | null,
): Promise<Scored> {
  const { detect: config } = settings.config
  const logins = { succeeded: 0, failed: 0 }
  const loginLines = new LoginLines(config.limits.common.loginGroupMs, (line, decides) => {
    if (decides && line.isSuccess) logins.succeeded++
    else if (decides) logins.failed++
  })
  const locator = locatorOf(settings, progress)
  const scorer = new Scorer({
    config,
    databases: locator.version,
    dated: datedOf(settings),
    mode: 'batch',
    keepsOpen: state !== null,
    onAlert: (alert) => found.add(alert),
  })
  const before = await goneOnFrom(state, scorer, settings, locator.version, io)
  const turns = new Turns(io)
  let attempts = 0
  const block: Attempt[] = []
  for (const row of sorted.drain()) {
    const attempt = locatedAttempt(row, locator, config)
    block.push(attempt)
    if (block.length === JOINED_AT_ONCE) scorer.joinAll(block.splice(0))
    const { event } = attempt
    if (event.decides !== 'no') {
      loginLines.add(event.userKey, { ...loginCandidateOf(attempt.id, event), ordinal: attempts })
    }
    attempts++
    if (!turns.isDue) continue
    progress.step(`Scoring, ${countOf(attempts, 'attempt')} so far`)
    await turns.take()
  }
  scorer.joinAll(block)
  const continued =
    state === null
      ? null
      : await saved(state, scorer, found, before, settings, locator.version, span, io)
  if (state === null) scorer.finish()
  loginLines.finish()
  return {
    attempts,
    withoutRoom: {
      strangers: scorer.capped.strangers - before.strangers,
      lines: scorer.capped.lines - before.lines,
    },
    tooLate: scorer.counters.lateBeyondHorizon - before.lateBeyondHorizon,
    logins,
    found,
    learningUntilDay: scorer.learningUntilDay,
    databases: locator.version,
    configHash: scorer.configHash,
    configPath: settings.config.path,
    state: continued,
  }
}
