import { jsonText } from '@sekisho/alert-sink'
import { type Disk, StateFileError } from '@sekisho/bus'
import { dayOf } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { type SavedLedger, Scorer, type ScorerOptions, SnapshotError } from '@sekisho/scorer'
import type { Clock } from '../clock.ts'
import { type Counted, type CountedKind, CountsTold } from '../counts-told.ts'
import type { ReadFeed } from '../ingest-service.ts'
import { liveDocumentOf } from '../live-document.ts'
import { type JournalEntry, OutputJournal, type OutputText } from '../outputs/output-journal.ts'
import { OutputTexts } from '../outputs/output-texts.ts'
import type { Rotation } from '../outputs/rotation.ts'
import { type Channel, type Told, ToldAlerts } from '../outputs/told-alerts.ts'
import type { Reach } from '../reach.ts'
import { FeedWatermarks } from '../reading/feed-watermarks.ts'
import { PipelineError } from '../runner-options.ts'
import { SnapshotStore } from './snapshot-store.ts'

export interface EmbeddedOptions {
  readonly scorer: Pick<ScorerOptions, 'config' | 'databases' | 'dated'>
  readonly feedsAt: (positions: Readonly<Record<string, unknown>>) => Promise<readonly ReadFeed[]>
  readonly disk: Disk
  /** Snapshots and journals; held by a lock. */
  readonly folder: string
  /** Files that alerts, signals and dead letters are added to. */
  readonly paths: Readonly<Record<Channel, readonly string[]>> & { readonly deadLetters: string }
  readonly rotation: Rotation | null
  /** True while there is no room for what would be said: then neither is anything said nor a snapshot taken. */
  readonly isHeld: () => boolean
  /** Also told of every document, at least once: standard output. */
  readonly onDocument: (channel: Channel, text: string) => void
  readonly clock: Clock
  readonly runId: string
  /** A state of another owner is refused: tenant and a fingerprint of the hash key. */
  readonly owner: string
  readonly snapshotMs: number
  /** Feeds end; then everything is made final. */
  readonly endsWithFeeds: boolean
  readonly measures: EmbeddedMeasures
  readonly reach: Reach
}

/** What the service tells of itself. */
export interface EmbeddedMeasures {
  alert(alert: Alert): void
  readonly counted: Counted
  lag(feed: string, behind: number): void
  /** From the receipt of the first line that was not looked at yet to its alerts being in their files. */
  endToEnd(durationMs: number): void
  snapshot(tookMs: number): void
  /** A sentence for the operator. */
  warned(sentence: string): void
}

/** What is noted with outputs. */
interface Note {
  readonly ledger: SavedLedger
  readonly told: readonly Told[]
}

interface SnapshotHeader {
  readonly owner: string
  /** Of the journal that follows it. */
  readonly number: number
}

/** What a snapshot keeps behind the state. */
interface SnapshotRest {
  readonly positions: Readonly<Record<string, unknown>>
  readonly told: readonly Told[]
  /** What this very state says, and where it belongs. */
  readonly outputs: JournalEntry<null>['outputs']
}

const TICK_MS = 100
/** After a restart nothing is said until what was read before has been read again, but no longer than this. */
const CATCH_UP_MS = 15_000
/** A snapshot may take this share of the time. */
const SNAPSHOT_SHARE = 20

/**
 * All stages in one process. What is said goes into a journal before it goes out; a snapshot holds the state and where each feed was.
 * A restart restores the snapshot, reads on from there, and knows from the journal what was said since.
 */
export class EmbeddedService {
  readonly #options: EmbeddedOptions
  readonly #snapshots: SnapshotStore<SnapshotHeader, SnapshotRest>
  readonly #journal: OutputJournal<Note>
  readonly #scorer: Scorer
  readonly #told = new ToldAlerts()
  readonly #stop = new AbortController()
  #feeds: readonly ReadFeed[] = []
  #watermarks = new FeedWatermarks([])
  #positions: Record<string, unknown> = {}
  /** Positions in the older of the kept snapshots: what is before them is never asked for again. */
  #releasable: Readonly<Record<string, unknown>> = {}
  #kept: Readonly<Record<string, unknown>> = {}
  #said: Alert[] = []
  readonly #texts: OutputTexts
  #number = 0
  #snapshotAtMs = 0
  #snapshotTookMs = 0
  #startedMs = 0
  #isCatchingUp = false
  #isChanged = false
  /** When the first of the lines was read that have not been looked at yet. */
  #joinedSinceMs: number | null = null
  /** Nothing is joined while the state is being written. */
  #gate: Promise<void> = Promise.resolve()
  #open = 0
  readonly #counts: CountsTold

  constructor(options: EmbeddedOptions) {
    this.#options = options
    this.#texts = new OutputTexts(options.paths, options.onDocument)
    this.#counts = new CountsTold(options.measures.counted)
    this.#snapshots = new SnapshotStore(options.disk, options.folder)
    this.#journal = new OutputJournal(options.disk, options.folder, 0, options.rotation)
    this.#scorer = new Scorer({
      ...options.scorer,
      mode: 'live',
      isLogged: true,
      onAlert: (alert) => this.#said.push(alert),
    })
  }

  /** The feeds are open, and what was read before the start has been read again. */
  get isReady(): boolean {
    return this.#feeds.length > 0 && !this.#isCatchingUp
  }

  /** Runs until every feed has ended, or `stop`; then everything read is said and kept. */
  async run(): Promise<void> {
    const { clock, feedsAt, endsWithFeeds } = this.#options
    await this.#recover()
    this.#feeds = await feedsAt(this.#positions)
    this.#watermarks = new FeedWatermarks(this.#feeds.map(({ feed }) => feed.name))
    this.#open = this.#feeds.length
    this.#startedMs = clock.nowMs()
    const reading = this.#feeds.map((each) => this.#read(each))
    try {
      // A feed that fails ends the service; the others hear of it.
      await Promise.all([...reading, this.#work()])
      this.#isCatchingUp = false
      await this.#say()
      const isWhole = endsWithFeeds && !this.#stop.signal.aborted
      const today = dayOf(clock.nowMs())
      await this.#snapshot(isWhole ? () => this.#scorer.finish('final', today) : undefined)
    } finally {
      this.#stop.abort()
      await Promise.allSettled(reading)
      for (const { feed } of this.#feeds) await feed.close()
    }
  }

  /** Says and keeps what was read, and lets `run` return. */
  stop(): void {
    this.#stop.abort()
  }

  async #read({ feed, reader }: ReadFeed): Promise<void> {
    const { clock, paths } = this.#options
    for (;;) {
      const batch = await feed.next(this.#stop.signal)
      if (batch === null) break
      await this.#unlocked()
      const nowMs = clock.nowMs()
      const attempts: Attempt[] = []
      for (const line of batch.lines) {
        const { attempt, rejected, gateway, timestampMs } = reader.read(line, nowMs)
        if (timestampMs !== null) {
          this.#watermarks.observe(feed.name, gateway, timestampMs, nowMs)
        }
        if (rejected !== null) this.#texts.add(paths.deadLetters, `${jsonText(rejected)}\n`)
        if (attempt !== null) attempts.push(attempt)
      }
      this.#scorer.joinAll(attempts)
      this.#joinedSinceMs ??= nowMs
      this.#positions[feed.name] = batch.position
      this.#isChanged = true
    }
    this.#open--
  }

  /** Settles when the state is not being written; whoever waited goes on before anybody else. */
  async #unlocked(): Promise<void> {
    let gate: Promise<void>
    do {
      gate = this.#gate
      await gate
    } while (gate !== this.#gate)
  }

  /** Says what follows from what was read, and keeps it. */
  async #work(): Promise<void> {
    const { clock, measures, isHeld } = this.#options
    while (!this.#stop.signal.aborted && this.#open > 0) {
      await clock.sleep(TICK_MS, this.#stop.signal)
      for (const { feed } of this.#feeds) measures.lag(feed.name, feed.lag)
      if (this.#isStillCatchingUp(clock.nowMs()) || isHeld()) continue
      await this.#say()
      const feeds = this.#feeds.map(({ feed }) => feed)
      const watermarkMs = this.#watermarks.watermarkMs(clock.nowMs(), feeds)
      if (this.#scorer.wouldClose(watermarkMs)) {
        await this.#snapshot(() => this.#scorer.advance(watermarkMs))
      } else if (this.#isSnapshotDue(clock.nowMs())) await this.#snapshot()
    }
  }

  #isStillCatchingUp(nowMs: number): boolean {
    if (!this.#isCatchingUp) return false
    const isRead = this.#feeds.every(({ feed }) => feed.isCaughtUp)
    this.#isCatchingUp = !isRead && nowMs - this.#startedMs < CATCH_UP_MS
    return this.#isCatchingUp
  }

  #isSnapshotDue(nowMs: number): boolean {
    const { snapshotMs } = this.#options
    const everyMs = Math.max(snapshotMs, SNAPSHOT_SHARE * this.#snapshotTookMs)
    return this.#isChanged && nowMs - this.#snapshotAtMs >= everyMs
  }

  /** Says what has changed: noted first, then given out. */
  async #say(): Promise<void> {
    const { reach, clock, measures } = this.#options
    const sinceMs = this.#joinedSinceMs
    this.#joinedSinceMs = null
    this.#scorer.flush()
    const isAlert = this.#said.length > 0
    const outputs = this.#takeOutputs()
    if (outputs.length === 0) return
    const note: Note = { ledger: this.#scorer.takeChanges(), told: this.#told.takeChanges() }
    reach('before-commit')
    await this.#journal.commit(note, outputs)
    reach('after-commit')
    if (isAlert && sinceMs !== null) measures.endToEnd(clock.nowMs() - sinceMs)
  }

  /**
   * Keeps the state.
   * @param closing completes days; what that says becomes a part of the snapshot, for it cannot be told from the journal
   */
  async #snapshot(closing: () => void = () => {}): Promise<void> {
    const { clock, measures, reach } = this.#options
    const startMs = clock.nowMs()
    let open = (): void => {}
    this.#gate = new Promise((resolve) => {
      open = resolve
    })
    try {
      this.#scorer.flush()
      closing()
      const outputs = await this.#journal.placed(this.#takeOutputs())
      this.#scorer.takeChanges()
      this.#told.takeChanges()
      reach('before-snapshot')
      await this.#write(outputs)
      reach('after-snapshot')
      await this.#journal.complete(outputs)
    } finally {
      open()
    }
    this.#snapshotAtMs = clock.nowMs()
    this.#snapshotTookMs = this.#snapshotAtMs - startMs
    this.#isChanged = false
    measures.snapshot(this.#snapshotTookMs)
    this.#counts.tell(this.#totals())
    for (const { feed } of this.#feeds) {
      const position = this.#releasable[feed.name]
      if (position !== undefined) await feed.release(position)
    }
  }

  /** The state, then a new journal; what only older snapshots need is let go of. */
  async #write(outputs: SnapshotRest['outputs']): Promise<void> {
    const number = this.#number + 1
    const positions = { ...this.#positions }
    const { owner } = this.#options
    const rest = { positions, told: this.#told.entries(), outputs }
    await this.#journal.begin(number)
    const kept = await this.#snapshots.write(number, { owner, number }, this.#scorer.save(), rest)
    this.#number = number
    await this.#journal.removeBefore(kept[0] ?? number)
    this.#releasable = this.#kept
    this.#kept = positions
  }

  /** From the newest snapshot that is whole, and the journals since then. */
  async #recover(): Promise<void> {
    const found = await this.#found()
    if (found === null) {
      await this.#snapshot()
      return
    }
    const { header, rest, chunks, problems } = found
    this.#isCatchingUp = true
    for (const problem of problems) {
      this.#options.measures.warned(`${problem}; the one before it is used`)
    }
    const { owner } = this.#options
    if (header.owner !== owner) {
      throw new PipelineError(
        `${this.#options.folder} holds the state of another tenant or hashKey; name another state.folder, or put the configuration back`,
      )
    }
    try {
      this.#scorer.restore(chunks())
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error
      throw new PipelineError(`${this.#options.folder} cannot be used: ${error.message}`)
    }
    this.#told.restore(rest.told)
    this.#positions = { ...rest.positions }
    await this.#adopt(header.number, rest.outputs)
    this.#scorer.takeChanges()
    this.#counts.begin(this.#totals())
    this.#kept = rest.positions
  }

  async #found() {
    try {
      return await this.#snapshots.newest()
    } catch (error) {
      if (!(error instanceof StateFileError)) throw error
      throw new PipelineError(
        `${error.message}; restore the state folder from a backup, or name another one and replay the logs`,
      )
    }
  }

  /** What was said since a snapshot; of a newer one that is damaged its journal counts, too. */
  async #adopt(from: number, outputs: SnapshotRest['outputs']): Promise<void> {
    const journals = await this.#journal.recover(
      from,
      (note) => {
        this.#scorer.adopt(note.ledger)
        this.#told.restore(note.told)
      },
      outputs,
    )
    const numbers = await this.#snapshots.numbers()
    this.#number = Math.max(from, ...numbers, ...journals) + 1
    await this.#journal.begin(this.#number)
  }

  /** Everything that waits to be given out, by file. */
  #takeOutputs(): OutputText[] {
    const { clock, measures, runId } = this.#options
    const said = this.#said
    this.#said = []
    for (const alert of said) {
      measures.alert(alert)
      const nowMs = clock.nowMs()
      const { createdMs, channels } = this.#told.tell(alert.id, alert.severity, alert.state, nowMs)
      this.#texts.addDocument(channels, `${liveDocumentOf(alert, runId, createdMs, nowMs)}\n`)
    }
    return this.#texts.take()
  }

  #totals(): Readonly<Record<CountedKind, number>> {
    const { attempts, unchanged, lateBeyondHorizon: late } = this.#scorer.counters
    const { strangers, lines } = this.#scorer.capped
    return { attempts, unchanged, late, capped: strangers + lines }
  }
}
