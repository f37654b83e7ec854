import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { OutputError, OutputFile, outputErrorOf } from '@sekisho/alert-sink'
import { StateLock, StateLockedError, stateFileBytes } from '@sekisho/bus'
import type { Scorer } from '@sekisho/scorer'
import type { Config } from '../config/config.ts'
import type { Io } from '../io.ts'
import { shownText } from '../terminal/shown-text.ts'
import { Turns } from '../turns.ts'
import { UsageError } from '../usage-error.ts'
import { type ReadState, readState, type SaidBefore } from './read-state.ts'
import { refuseOtherOwner, type StateHeader } from './state-header.ts'

/**
 * A state file that a run goes on from and writes anew: held by a lock, read whole or refused, and replaced in one step when
 * everything else is done. The state of before stays beside it as `.old`.
 */
export class KeptState {
  /** As the user named it. */
  readonly path: string
  /** Null when there was no file yet. */
  readonly before: ReadState | null
  readonly #target: string
  readonly #lock: StateLock
  readonly #output: OutputFile

  private constructor(
    path: string,
    target: string,
    lock: StateLock,
    output: OutputFile,
    before: ReadState | null,
  ) {
    this.path = path
    this.#target = target
    this.#lock = lock
    this.#output = output
    this.before = before
  }

  /**
   * @throws UsageError, InputError, OutputError with a remedy where the file cannot be used; Stopped
   */
  static async open(path: string, config: Config, io: Io): Promise<KeptState> {
    const target = existsSync(path) ? realpathSync(path) : resolve(path)
    // An output makes the folders that it needs, the lock does not.
    if (!existsSync(dirname(target))) new OutputFile(target).discard()
    const lock = lockedOf(path, target)
    let output: OutputFile | null = null
    let before: ReadState | null = null
    try {
      removeLeftOvers(target)
      output = new OutputFile(target)
      before = await readState(target, io)
      if (before === null) refuseForgetting(path, target)
      else refuseOtherOwner(before.header, config, shownText(path))
      return new KeptState(path, target, lock, output, before)
    } catch (error) {
      before?.close()
      output?.discard()
      lock.release()
      throw error
    }
  }

  /**
   * Writes the new state beside the old one.
   * @param saidOf asked when the scorer has been saved
   * @throws OutputError, Stopped
   */
  async write(
    header: StateHeader,
    scorer: Scorer,
    saidOf: () => SaidBefore,
    io: Io,
  ): Promise<void> {
    const turns = new Turns(io)
    for (const bytes of stateFileBytes(header, scorer.save(), () => [...saidOf()])) {
      this.#output.write(bytes)
      if (turns.isDue) await turns.take()
    }
  }

  /** Puts what was written in its place. @throws OutputError */
  commit(): void {
    try {
      if (this.before !== null) keepOld(this.#target)
      this.#output.commit()
      syncFolder(dirname(this.#target))
    } catch (error) {
      throw error instanceof OutputError ? error : outputErrorOf(this.path, error)
    }
  }

  /** Lets go of the file; without `commit` it stays as it was. */
  close(): void {
    this.#output.discard()
    this.before?.close()
    this.#lock.release()
  }
}

function lockedOf(path: string, target: string): StateLock {
  try {
    return new StateLock(target)
  } catch (error) {
    if (!(error instanceof StateLockedError)) throw outputErrorOf(`${path}.lock`, error)
    throw new UsageError(`${shownText(path)} cannot be used now: ${error.message}`)
  }
}

/** What runs that were killed had begun to write; whoever holds the lock is alone with it. */
function removeLeftOvers(target: string): void {
  const start = `.${basename(target)}.`
  for (const name of readdirSync(dirname(target))) {
    const middle = name.startsWith(start) ? name.slice(start.length) : ''
    if (/^[0-9a-f]{12}\.tmp$/.test(middle)) rmSync(join(dirname(target), name), { force: true })
  }
}

/** A state that was moved away by hand or lost between two steps must not be taken for a fresh start. */
function refuseForgetting(path: string, target: string): void {
  if (!existsSync(`${target}.old`)) return
  const shown = shownText(path)
  throw new UsageError(
    `${shown} is not there, but ${shown}.old is; rename it to ${shown} to go on from there, or remove it to start afresh`,
  )
}

/** The state of before stays under a second name, so that at no time there is none. */
function keepOld(target: string): void {
  const old = `${target}.old`
  rmSync(old, { force: true })
  try {
    linkSync(target, old)
  } catch {
    // File systems without second names: for a moment there is only the old one.
    renameSync(target, old)
  }
}

/** The new name is on the disk only when the folder is. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
