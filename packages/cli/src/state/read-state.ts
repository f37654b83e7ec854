import { StateFileError, type StateFileProblem, StateFileReader } from '@sekisho/bus'
import type { Severity } from '@sekisho/event'
import { type Scorer, SnapshotError } from '@sekisho/scorer'
import { InputError } from '../input-error.ts'
import type { Io } from '../io.ts'
import { shownText } from '../terminal/shown-text.ts'
import { Turns } from '../turns.ts'
import { UsageError } from '../usage-error.ts'
import type { StateHeader } from './state-header.ts'

const ANEW = 'or replay the logs into a new one'

/** What to do about a state file that is refused, a clause. */
const REMEDY: Readonly<Record<StateFileProblem, string>> = {
  missing: 'sekisho replay PATH --state FILE makes one',
  folder: 'name a file in it',
  unreadable: `let it be read by this user, ${ANEW}`,
  'no-state': 'name another file, so that this one is not overwritten',
  'other-format': `use a program of that version, ${ANEW}`,
  'cut-off': `go on from its .old file if there is one, ${ANEW}`,
  damaged: `go on from its .old file if there is one, ${ANEW}`,
}

/** Problems of the file and not of the command line. */
const UNREAD: ReadonlySet<StateFileProblem> = new Set(['unreadable', 'cut-off', 'damaged'])

/** Ids of alerts of days that were open, and the gravest that was said of each. */
export type SaidBefore = ReadonlyMap<string, Severity>

/** A state file that has been found whole. */
export interface ReadState {
  readonly header: StateHeader
  readonly said: SaidBefore
  /** Takes the state over into a new scorer. @throws InputError when it is of no use after all */
  restoreInto(scorer: Scorer): void
  close(): void
}

/**
 * Opens a state file and compares its checksum: nothing is believed of a damaged one.
 * @returns null when there is none
 * @throws UsageError, InputError with a remedy; Stopped
 */
export async function readState(path: string, io: Io): Promise<ReadState | null> {
  let opened: StateFileReader | null = null
  try {
    const reader = new StateFileReader(path)
    opened = reader
    const header = await verifiedHeaderOf(reader, io)
    return {
      header,
      said: new Map(reader.trailer() as [string, Severity][]),
      restoreInto: (scorer) => restored(path, scorer, reader.chunks()),
      close: () => reader.close(),
    }
  } catch (error) {
    opened?.close()
    if (!(error instanceof StateFileError)) throw error
    if (error.problem === 'missing') return null
    throw refused(path, error)
  }
}

/** The sentence for a state file that cannot be used. */
function refused(path: string, { problem, message }: StateFileError): Error {
  const sentence = `${shownText(path)} cannot be used as a state: ${message}; ${REMEDY[problem]}`
  return UNREAD.has(problem) ? new InputError(sentence) : new UsageError(sentence)
}

async function verifiedHeaderOf(reader: StateFileReader, io: Io): Promise<StateHeader> {
  const turns = new Turns(io)
  const verifying = reader.verified()
  let step = verifying.next()
  while (step.done !== true) {
    if (turns.isDue) await turns.take()
    step = verifying.next()
  }
  return step.value as StateHeader
}

function restored(path: string, scorer: Scorer, chunks: Iterable<Uint8Array>): void {
  try {
    scorer.restore(chunks)
  } catch (error) {
    if (error instanceof StateFileError) throw refused(path, error)
    if (!(error instanceof SnapshotError)) throw error
    throw refused(path, new StateFileError('damaged', error.message))
  }
}
