import { hash } from 'node:crypto'
import { SortedAttempts } from '@sekisho/bus'
import { DAY_MS, dayOf, dayStartMs, dayTextOf } from '@sekisho/detect'
import { type Attempt, eventIdOf, type LoggedEvent } from '@sekisho/event'
import { expandInputs } from '@sekisho/ingest'
import {
  type AttemptExplanation,
  DayExplainer,
  isScored,
  locatedAttempt,
  Scorer,
} from '@sekisho/scorer'
import type { Io } from '../io.ts'
import { totalOf } from '../reading/line-counts.ts'
import { reportProblems } from '../reading/reading-report.ts'
import { locatorOf, progressOf, type ReadingSettings } from '../reading/reading-settings.ts'
import { RejectedLines } from '../reading/rejected-lines.ts'
import { collectedAttempts } from '../replay/scored-inputs.ts'
import { readState } from '../state/read-state.ts'
import { datedOf, refuseOtherOwner } from '../state/state-header.ts'
import type { Progress } from '../terminal/progress.ts'
import { shownText } from '../terminal/shown-text.ts'
import { Turns } from '../turns.ts'
import { UsageError } from '../usage-error.ts'
import { countOf } from '../words.ts'

/** A given line that is an event. */
export interface GivenEvent {
  /** Number of the line, from 1. */
  readonly number: number
  readonly event: LoggedEvent
  readonly bytes: Buffer
}

/** What the rules are asked with: logs, a state file, or both. */
export interface History {
  readonly paths: readonly string[]
  readonly statePath: string | null
}

/** What the rules make of a line, or a clause that says why they were not asked. */
export type RulesAnswer = AttemptExplanation | { readonly notAsked: string }

/** The days after a line's own that its explanation looks into. */
const DAYS_AFTER = 2

/**
 * Asks the rules about lines as if these stood in the history: a line that does is not counted twice.
 * @returns the answers by the number of the line
 * @throws UsageError, InputError, Stopped
 */
export async function askedRules(
  given: readonly GivenEvent[],
  history: History,
  settings: ReadingSettings,
  io: Io,
): Promise<Map<number, RulesAnswer>> {
  const answers = new Map<number, RulesAnswer>()
  const scored = given.filter(({ event }) => isScored(event))
  for (const { number } of given) {
    answers.set(number, { notAsked: 'it is no attempt of a person from an address' })
  }
  if (scored.length === 0) return answers
  const sorted = new SortedAttempts(settings.sorting)
  const inputs = await expandInputs(history.paths)
  const progress = progressOf(inputs, settings.progressMode, io)
  try {
    const missing = new Map(scored.map((line) => [eventIdOf(line.event), line]))
    const rejected = new RejectedLines(null)
    const { read } = await collectedAttempts({ inputs, settings, rejected, progress, io }, {
      add(attempt) {
        missing.delete(attempt.id)
        sorted.add(attempt)
      },
    } satisfies Pick<SortedAttempts, 'add'>)
    for (const [id, { number, event, bytes }] of missing) {
      const rawSha256 = hash('sha256', bytes, 'hex')
      sorted.add({ id, event, line: { path: '-', number }, rawSha256 })
    }
    progress.clear()
    await reportProblems(read.problems, io)
    const unread = totalOf(read.counts.rejected)
    if (unread > 0) {
      await io.stderr.write(`${countOf(unread, 'line')} of the history could not be read\n`)
    }
    await answer(scored, answers, sorted, { history, settings, progress, io })
    return answers
  } finally {
    progress.clear()
    sorted.close()
  }
}

interface Asking {
  readonly history: History
  readonly settings: ReadingSettings
  readonly progress: Progress
  readonly io: Io
}

/** Goes through the attempts in the order of time, and stops for each day that is asked about. */
async function answer(
  scored: readonly GivenEvent[],
  answers: Map<number, RulesAnswer>,
  sorted: SortedAttempts,
  { history, settings, progress, io }: Asking,
): Promise<void> {
  const { detect: config } = settings.config
  const locator = locatorOf(settings, progress)
  const scorer = new Scorer({
    config,
    databases: locator.version,
    dated: datedOf(settings),
    mode: 'batch',
    keepsOpen: true,
    onAlert: () => {},
  })
  if (history.statePath !== null) await restored(history.statePath, scorer, settings, io)
  const located = ({ event, bytes, number }: GivenEvent): Attempt => {
    const rawSha256 = hash('sha256', bytes, 'hex')
    const line = { path: '-', number }
    return locatedAttempt({ id: eventIdOf(event), event, line, rawSha256 }, locator, config)
  }
  const days = Map.groupBy(scored, ({ event }) => dayOf(event.timestampMs))
  const turns = new Turns(io)
  const rows = sorted.drain()
  let row = rows.next()
  for (const [day, lines] of [...days].sort(([a], [b]) => a - b)) {
    for (
      ;
      row.done !== true && dayOf(row.value.event.timestampMs) <= day + DAYS_AFTER;
      row = rows.next()
    ) {
      scorer.join(locatedAttempt(row.value, locator, config))
      if (turns.isDue) await turns.take()
    }
    // Every day before it is complete, as it is when a replay asks about the day.
    scorer.advance(dayStartMs(day) + 2 * DAY_MS)
    explainDay(scorer, settings, day, lines, located, answers)
    await turns.take()
  }
}

function explainDay(
  scorer: Scorer,
  { config }: ReadingSettings,
  day: number,
  lines: readonly GivenEvent[],
  located: (line: GivenEvent) => Attempt,
  answers: Map<number, RulesAnswer>,
): void {
  const explainer = DayExplainer.of(config.detect, scorer.save(), day)
  if (explainer === null) {
    const notAsked = `the state tells no more of ${dayTextOf(day)}, a day that is complete in it; --history PATH with the logs up to that day does`
    for (const { number } of lines) answers.set(number, { notAsked })
    return
  }
  const explanations = explainer.explain(lines.map(located))
  lines.forEach(({ number }, i) => {
    answers.set(number, explanations[i] as AttemptExplanation)
  })
}

async function restored(
  path: string,
  scorer: Scorer,
  { config }: ReadingSettings,
  io: Io,
): Promise<void> {
  const state = await readState(path, io)
  if (state === null) {
    throw new UsageError(
      `${shownText(path)} is not there; sekisho replay PATH --state FILE makes one`,
    )
  }
  try {
    refuseOtherOwner(state.header, config, shownText(path))
    state.restoreInto(scorer)
  } finally {
    state.close()
  }
}
