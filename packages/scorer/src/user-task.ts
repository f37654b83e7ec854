import { type DetectConfig, dayOf, PROFILE_LAG_DAYS } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { AlertContents } from './alert-contents.ts'
import { boundedAttempt } from './bounded-attempt.ts'
import { Ledger, type SavedLedger } from './ledger.ts'
import { type ProfileSource, regularsOfAccounts } from './organisation.ts'
import { OrganisationDays } from './organisation-days.ts'
import type { SaidChange } from './said.ts'
import { completeDayOf } from './scorer.ts'
import type { OrganisationPart } from './shared-organisation.ts'
import type { SourceChange } from './source-change.ts'
import { ByteSource, jsonChunks } from './store/byte-source.ts'
import { finiteOrNull } from './store/finite.ts'
import { keyHashOfConfig } from './store/key-slots.ts'
import { Vocabulary } from './store/vocabulary.ts'
import { UserPartition } from './user-partition.ts'
import { UserStage } from './user-stage.ts'

/** The organisation as far as it is known: `SharedOrganisation`. */
export interface KnownOrganisation extends ProfileSource {
  /** The last day that every partition has completed; profiles up to it are whole. */
  readonly closedThrough: number
}

/** What the tasks of a stage have in common. */
export interface TaskOptions {
  readonly config: DetectConfig
  /** Dates of the location databases in force. */
  readonly databases: string
  /** What else changes results: own networks, zones. */
  readonly dated: readonly string[]
  readonly partition: number
  readonly organisation: KnownOrganisation
  readonly onAlert: (alert: Alert) => void
}

export interface UserTaskOptions extends TaskOptions {
  readonly onChange: (change: SourceChange) => void
}

/** What has changed of what was said since the last time, for a log from which `resume` goes on. */
export interface TaskChanges {
  readonly ledger: SavedLedger
  readonly said: readonly SaidChange[]
}

/** What completing days has brought. */
export interface ClosedDays {
  /** The last complete day; -Infinity before the first. */
  readonly through: number
  readonly parts: readonly OrganisationPart[]
}

/** Source networks in one piece of a part: some 300 kB of JSON. */
const PIECE_ENTRIES = 20_000

interface SavedUserTask {
  readonly closedThrough: number | null
  readonly firstDay: number | null
  readonly lastDay: number | null
  readonly counters: UserTaskCounters
  readonly ledger: SavedLedger
  readonly said: readonly SaidChange[]
}

export interface UserTaskCounters {
  attempts: number
  /** Copies of known events, and events over a cap. */
  unchanged: number
  lateBeyondHorizon: number
}

/**
 * One partition of stage U as a unit that can be stopped anywhere and go on elsewhere: from a snapshot, the attempts since then
 * read again, and the log of what was said since then.
 */
export class UserTask {
  readonly counters: UserTaskCounters = { attempts: 0, unchanged: 0, lateBeyondHorizon: 0 }
  readonly #options: UserTaskOptions
  readonly #vocabulary: Vocabulary
  readonly #partition: UserPartition
  readonly #ledger: Ledger
  readonly #days = new OrganisationDays()
  #saidChanges: SaidChange[] = []
  /** While attempts are read again, nothing is said. */
  #isMuted = false
  #closedThrough = Number.NEGATIVE_INFINITY
  /** First and last day that had attempts and were completed. */
  #firstDay: number | null = null
  #lastDay: number | null = null

  constructor(options: UserTaskOptions) {
    this.#options = options
    const { config, databases, dated, organisation, onAlert, onChange } = options
    this.#vocabulary = new Vocabulary(config)
    const hashOf = keyHashOfConfig(config.hashKey)
    const stage = new UserStage({ config, vocabulary: this.#vocabulary, hashOf })
    const days = this.#days
    stage.organisation = {
      profile: (day) => organisation.profile(day),
      count: (day, networks, firstMs) => days.count(day, networks, firstMs),
      countConcurrent: (day) => days.countConcurrent(day),
    }
    this.#ledger = new Ledger((alert) => {
      if (!this.#isMuted) onAlert(alert)
    }, true)
    const contents = new AlertContents(config, databases, dated, organisation)
    this.#partition = new UserPartition(stage, contents, this.#ledger, {
      tell: (change) => {
        if (!this.#isMuted) onChange(change)
      },
      note: (change) => this.#saidChanges.push(change),
    })
  }

  /** The last complete day; -Infinity before the first. */
  get closedThrough(): number {
    return this.#closedThrough
  }

  /** Lines that had no room. */
  get capped(): { readonly strangers: number; readonly lines: number } {
    return this.#partition.stage.capped
  }

  /** Earliest day of which a profile may still be asked for. */
  get profilesFrom(): number {
    return this.#closedThrough + 1 - PROFILE_LAG_DAYS
  }

  /** Joins one attempt; `flush` says what it changes. */
  join(offered: Attempt): void {
    const attempt = boundedAttempt(offered)
    this.counters.attempts++
    if (dayOf(attempt.event.timestampMs) <= this.#closedThrough) this.counters.lateBeyondHorizon++
    else if (!this.#partition.join(attempt)) this.counters.unchanged++
  }

  /** Says what has changed since the last call. */
  flush(): void {
    this.#partition.flush()
  }

  /**
   * Every attempt up to `watermarkMs` has come: completes the days that this closes, as far as the organisation is known. To be
   * asked again when more of it is.
   * @returns null when nothing was completed; else a snapshot is due, for what was completed is not in the log of changes
   */
  advance(watermarkMs: number): ClosedDays | null {
    const limit = completeDayOf(watermarkMs)
    if (limit <= this.#closedThrough) return null
    this.flush()
    const before = this.#closedThrough
    const parts: OrganisationPart[] = []
    for (;;) {
      const [day] = this.#partition.stage.openDays
      if (day === undefined || day > limit) {
        this.#complete(limit, parts)
        break
      }
      if (this.#options.organisation.closedThrough < day - PROFILE_LAG_DAYS) {
        this.#complete(day - 1, parts)
        break
      }
      this.#partition.close(day)
      this.#firstDay ??= day
      this.#lastDay = day
      this.#complete(day, parts)
    }
    if (this.#closedThrough === before) return null
    this.#vocabulary.sweepUnused(this.#partition.stage.logs.values())
    return { through: this.#closedThrough, parts }
  }

  /** What has changed since the last call; after `flush`. */
  takeChanges(): TaskChanges {
    const said = this.#saidChanges
    this.#saidChanges = []
    return { ledger: this.#ledger.takeChanges(), said }
  }

  /** Everything that is kept; after `flush`. The log of changes begins anew with it. */
  *save(): Generator<Uint8Array> {
    this.takeChanges()
    yield* jsonChunks({
      closedThrough: finiteOrNull(this.#closedThrough),
      firstDay: this.#firstDay,
      lastDay: this.#lastDay,
      counters: this.counters,
      ledger: this.#ledger.save(),
      said: [...this.#partition.said.entries()],
    } satisfies SavedUserTask)
    yield* this.#vocabulary.save()
    yield* this.#partition.stage.save()
  }

  /** Takes over what `save` gave out. @throws SnapshotError */
  restore(chunks: Iterable<Uint8Array>): void {
    const source = new ByteSource(chunks)
    const saved = source.json<SavedUserTask>()
    this.#closedThrough = saved.closedThrough ?? Number.NEGATIVE_INFINITY
    this.#firstDay = saved.firstDay
    this.#lastDay = saved.lastDay
    Object.assign(this.counters, saved.counters)
    this.#ledger.restore(saved.ledger)
    for (const change of saved.said) this.#partition.said.restore(change)
    this.#vocabulary.restore(source)
    this.#partition.stage.restore(source)
  }

  /** Joins an attempt again that was joined after the snapshot: what it changed has been said. */
  repeat(attempt: Attempt): void {
    this.#isMuted = true
    this.join(attempt)
    this.#isMuted = false
  }

  /** Ends the repetition: what was said since the snapshot is said, in the order of the log. */
  resume(changes: readonly TaskChanges[]): void {
    this.#partition.forgetChanges()
    for (const { ledger, said } of changes) {
      this.#ledger.restore(ledger)
      for (const change of said) this.#partition.said.restore(change)
    }
    this.takeChanges()
  }

  /** Declares days complete, and adds what this partition knows of each to the parts. */
  #complete(through: number, parts: OrganisationPart[]): void {
    const { config, partition } = this.#options
    if (through <= this.#closedThrough) return
    const lastDay = this.#lastDay ?? Number.NEGATIVE_INFINITY
    const from = Math.max(this.#closedThrough + 1, this.#firstDay ?? Number.POSITIVE_INFINITY)
    const to = Math.min(through, lastDay + config.limits.common.vouchDays)
    const { accounts } = this.#partition.stage
    for (let day = from; day <= to; day++) {
      const regulars = regularsOfAccounts(config, [accounts], day).entries()
      const counts = this.#days.savedDay(day)
      const firstMs = this.#days.firstMs.get(day) ?? null
      parts.push(...piecesOf(partition, day, { counts, firstMs }, regulars))
      this.#days.complete(day, config)
    }
    this.#closedThrough = through
  }
}

function piecesOf(
  partition: number,
  day: number,
  counted: Pick<OrganisationPart, 'counts' | 'firstMs'>,
  regulars: readonly (readonly [number, number])[],
): OrganisationPart[] {
  const pieces: OrganisationPart[] = []
  for (let at = 0; at === 0 || at < regulars.length; at += PIECE_ENTRIES) {
    pieces.push({
      partition,
      day,
      piece: pieces.length,
      ...(at === 0 ? counted : { counts: null, firstMs: null }),
      regulars: regulars.slice(at, at + PIECE_ENTRIES),
    })
  }
  return pieces
}
