import type { Scorer } from '@sekisho/scorer'
import type { Io } from '../io.ts'
import type { ReadingSettings } from '../reading/reading-settings.ts'
import type { KeptState } from '../state/kept-state.ts'
import { differencesOf, joinedSpan, stateHeaderOf, type TimeSpan } from '../state/state-header.ts'
import { shownText } from '../terminal/shown-text.ts'
import { minuteText } from '../words.ts'
import type { FoundAlerts } from './found-alerts.ts'

/** A state that a run went on from, or has begun. */
export interface Continued {
  readonly path: string
  /** What it knew of before; null when it was begun. */
  readonly from: TimeSpan | null
  readonly isNew: boolean
  /** Attempts of this run that it knew already, or had no room for. */
  readonly known: number
}

/** What the counters of a scorer said before the run: they go on counting over all runs of a state. */
export interface CountsBefore {
  readonly strangers: number
  readonly lines: number
  readonly lateBeyondHorizon: number
  readonly unchanged: number
}

/**
 * Takes the state over into a new scorer, and says on standard error what it was and what is different today.
 * @throws InputError
 */
export async function goneOnFrom(
  state: KeptState | null,
  scorer: Scorer,
  settings: ReadingSettings,
  databases: string,
  io: Io,
): Promise<CountsBefore> {
  if (state !== null) {
    const shown = shownText(state.path)
    if (state.before === null) await io.stderr.write(`${shown} is not there yet: a fresh start\n`)
    else {
      const { header } = state.before
      state.before.restoreInto(scorer)
      await io.stderr.write(`Goes on from ${shown}${spanText(header.span)}\n`)
      for (const text of differencesOf(header, stateHeaderOf(settings, databases, null))) {
        await io.stderr.write(`${shown} ${shownText(text)}\n`)
      }
    }
  }
  const { lateBeyondHorizon, unchanged } = scorer.counters
  return { ...scorer.capped, lateBeyondHorizon, unchanged }
}

function spanText(span: TimeSpan | null): string {
  if (span === null) return ', which knows of no event'
  return `, ${minuteText(span.firstMs)} to ${minuteText(span.lastMs)}`
}

/**
 * Writes the state beside the old one, with the last 48 hours open, and says what of them can be said today.
 * @throws OutputError, Stopped
 */
export async function saved(
  state: KeptState,
  scorer: Scorer,
  found: FoundAlerts,
  before: CountsBefore,
  settings: ReadingSettings,
  databases: string,
  span: TimeSpan | null,
  io: Io,
): Promise<Continued> {
  const from = state.before?.header.span ?? null
  const known = scorer.counters.unchanged - before.unchanged
  const header = stateHeaderOf(settings, databases, joinedSpan(from, span))
  const saidOf = () => {
    scorer.finish('provisional')
    return found.open
  }
  await state.write(header, scorer, saidOf, io)
  return { path: state.path, from, isNew: state.before === null, known }
}
