import type { ConsumedRecord, OutgoingRecord } from '@sekisho/bus'
import type { Attempt } from '@sekisho/event'
import { type ClosedDays, keyPartitionsOf, type TaskChanges, UserTask } from '@sekisho/scorer'
import { AlertRecords, type CreatedTimes } from './alert-records.ts'
import { type CountedKind, CountsTold } from './counts-told.ts'
import { IngestWatermarks, type SavedWatermarks } from './ingest-watermarks.ts'
import { prefixedJson, splitJson } from './prefixed-json.ts'
import { decoded, encoded, type UserRecord } from './records.ts'
import type { StageOptions } from './stage-options.ts'
import type { Collected, StageTask } from './stage-task.ts'

interface Delta {
  readonly changes: TaskChanges
  readonly created: CreatedTimes
  readonly watermarks: SavedWatermarks
}

type Meta = Omit<Delta, 'changes'>

/** Stage U of one partition over the topics: attempts in, changes for stage N and alerts out. */
export class UserStageTask implements StageTask {
  readonly #options: StageOptions
  readonly #task: UserTask
  readonly #alerts: AlertRecords
  readonly #partitionOf: (prefix: number) => number
  #watermarks = new IngestWatermarks()
  #outputs: OutgoingRecord[] = []
  readonly #counts: CountsTold

  constructor(options: StageOptions) {
    this.#options = options
    this.#counts = new CountsTold(options.counted)
    const { config, databases, dated, partition, organisation, topics, partitions } = options
    this.#alerts = new AlertRecords(topics.alerts, partitions, options.runId, options.clock)
    this.#partitionOf = keyPartitionsOf(config, partitions).ofSource
    this.#task = new UserTask({
      ...{ config, databases, dated, partition, organisation },
      onAlert: (alert) => this.#outputs.push(this.#alerts.of(alert)),
      onChange: (change) =>
        this.#outputs.push({
          topic: topics.attemptsByNetwork,
          partition: this.#partitionOf(change.prefix),
          key: String(change.prefix),
          value: encoded({ change }),
        }),
    })
  }

  get profilesFrom(): number {
    return this.#task.profilesFrom
  }

  restore(snapshot: readonly Buffer[]): void {
    const { value: meta, rest } = splitJson<Meta>(Buffer.concat(snapshot))
    this.#alerts.restore(meta.created)
    this.#watermarks.restore(meta.watermarks)
    this.#task.restore([rest])
  }

  repeat(record: ConsumedRecord): void {
    const { attempt, watermark } = readOf(record)
    if (attempt !== null) this.#task.repeat(attempt)
    else if (watermark !== null) this.#watermarks.take(watermark, record.timestampMs)
  }

  resume(deltas: readonly Buffer[]): void {
    const parsed = deltas.map((bytes) => JSON.parse(bytes.toString('utf8')) as Delta)
    this.#task.resume(parsed.map(({ changes }) => changes))
    for (const { created, watermarks } of parsed) {
      this.#alerts.restore(created)
      this.#watermarks.restore(watermarks)
    }
    this.#alerts.takeNews()
    this.#counts.begin(this.#totals())
  }

  process(record: ConsumedRecord): string | null {
    const { attempt, watermark, problem } = readOf(record)
    if (attempt !== null) this.#task.join(attempt)
    else if (watermark !== null) this.#watermarks.take(watermark, record.timestampMs)
    return problem
  }

  collect(): Collected {
    this.#task.flush()
    const closed = this.#task.advance(this.#watermarks.watermarkMs)
    if (closed !== null) this.#tellClosed(closed)
    this.#counts.tell(this.#totals())
    const outputs = this.#outputs
    this.#outputs = []
    const isSnapshotDue = closed !== null
    const changes = this.#task.takeChanges()
    const isChanged = outputs.length > 0 || changes.ledger.length > 0 || changes.said.length > 0
    const delta: Delta = {
      changes,
      created: this.#alerts.takeNews(),
      watermarks: this.#watermarks.save(),
    }
    return { outputs, delta: isChanged ? Buffer.from(JSON.stringify(delta)) : null, isSnapshotDue }
  }

  *save(): Generator<Uint8Array> {
    const meta: Meta = { created: this.#alerts.entries(), watermarks: this.#watermarks.save() }
    yield prefixedJson(meta)
    yield* this.#task.save()
  }

  #tellClosed({ through, parts }: ClosedDays): void {
    const { topics, partition, partitions } = this.#options
    const write = (topic: string, to: number, key: string, value: Buffer): void => {
      this.#outputs.push({ topic, partition: to, key, value })
    }
    for (const part of parts) {
      const key = `${part.day}/${partition}/${part.piece}`
      write(topics.organisation, 0, key, encoded({ part }))
    }
    write(
      topics.organisation,
      0,
      `closed/${partition}`,
      encoded({ closed: { partition, through } }),
    )
    const closed = { userPartition: partition, through }
    for (let to = 0; to < partitions; to++) {
      write(topics.attemptsByNetwork, to, `closed/${partition}`, encoded({ closed }))
    }
  }

  #totals(): Readonly<Record<CountedKind, number>> {
    const { counters, capped } = this.#task
    const { attempts, unchanged, lateBeyondHorizon: late } = counters
    return { attempts, unchanged, late, capped: capped.strangers + capped.lines }
  }
}

interface Read {
  readonly attempt: Attempt | null
  readonly watermark: { readonly ingest: string; readonly watermarkMs: number } | null
  readonly problem: string | null
}

const NOTHING = { attempt: null, watermark: null, problem: null }

function readOf({ value }: ConsumedRecord): Read {
  const record = decoded<UserRecord>(value, ['attempt', 'watermark'])
  if (record === null) return { ...NOTHING, problem: 'it is no attempt and no watermark' }
  if ('attempt' in record) {
    const { attempt } = record
    if (isAttempt(attempt)) return { ...NOTHING, attempt }
    return { ...NOTHING, problem: 'it is an attempt with members missing' }
  }
  const { watermark } = record
  if (typeof watermark.ingest === 'string' && Number.isFinite(watermark.watermarkMs)) {
    return { ...NOTHING, watermark }
  }
  return { ...NOTHING, problem: 'it is a watermark with members missing' }
}

/** Other programs may write to the topic: what the stage relies on is looked at. */
function isAttempt({ id, event, prefix, place, line, rawSha256 }: Attempt): boolean {
  return (
    [id, prefix, rawSha256, event?.userKey, event?.sourceAddress, line?.path].every(
      (text) => typeof text === 'string',
    ) &&
    Number.isSafeInteger(event?.timestampMs) &&
    typeof place?.country === 'string'
  )
}
