import type { ConsumedRecord, OutgoingRecord } from '@sekisho/bus'
import { SourceTask, type TaskChanges } from '@sekisho/scorer'
import { AlertRecords, type CreatedTimes } from './alert-records.ts'
import { prefixedJson, splitJson } from './prefixed-json.ts'
import { decoded, type SourceRecord } from './records.ts'
import type { StageOptions } from './stage-options.ts'
import type { Collected, StageTask } from './stage-task.ts'

interface Delta {
  readonly changes: TaskChanges
  readonly created: CreatedTimes
}

/** Stage N of one partition over the topics: what stage U says in, alerts out. */
export class SourceStageTask implements StageTask {
  readonly #task: SourceTask
  readonly #alerts: AlertRecords
  readonly #counted: StageOptions['counted']
  #outputs: OutgoingRecord[] = []
  #late = 0

  constructor(options: StageOptions) {
    const { config, databases, dated, partition, organisation, topics, partitions } = options
    this.#counted = options.counted
    this.#alerts = new AlertRecords(topics.alerts, partitions, options.runId, options.clock)
    this.#task = new SourceTask({
      ...{ config, databases, dated, partition, organisation, userPartitions: partitions },
      onAlert: (alert) => this.#outputs.push(this.#alerts.of(alert)),
    })
  }

  get profilesFrom(): number {
    return this.#task.profilesFrom
  }

  restore(snapshot: readonly Buffer[]): void {
    const { value: meta, rest } = splitJson<Pick<Delta, 'created'>>(Buffer.concat(snapshot))
    this.#alerts.restore(meta.created)
    this.#task.restore([rest])
  }

  repeat(record: ConsumedRecord): void {
    const read = readOf(record)
    if (read !== null && 'change' in read) this.#task.repeat(read.change)
    else if (read !== null) this.#task.closeUsers(read.closed.userPartition, read.closed.through)
  }

  resume(deltas: readonly Buffer[]): void {
    const parsed = deltas.map((bytes) => JSON.parse(bytes.toString('utf8')) as Delta)
    this.#task.resume(parsed.map(({ changes }) => changes))
    for (const { created } of parsed) this.#alerts.restore(created)
    this.#alerts.takeNews()
    this.#late = this.#task.lateBeyondHorizon
  }

  process(record: ConsumedRecord): string | null {
    const read = readOf(record)
    if (read === null) return 'it is nothing that stage U says'
    if ('change' in read) this.#task.apply(read.change)
    else this.#task.closeUsers(read.closed.userPartition, read.closed.through)
    return null
  }

  collect(): Collected {
    this.#task.flush()
    const isSnapshotDue = this.#task.advance()
    if (this.#task.lateBeyondHorizon > this.#late) {
      this.#counted('late', this.#task.lateBeyondHorizon - this.#late)
      this.#late = this.#task.lateBeyondHorizon
    }
    const outputs = this.#outputs
    this.#outputs = []
    const changes = this.#task.takeChanges()
    const created = this.#alerts.takeNews()
    const isChanged = outputs.length > 0 || changes.ledger.length > 0
    const delta: Delta = { changes, created }
    return { outputs, delta: isChanged ? Buffer.from(JSON.stringify(delta)) : null, isSnapshotDue }
  }

  *save(): Generator<Uint8Array> {
    yield prefixedJson({ created: this.#alerts.entries() })
    yield* this.#task.save()
  }
}

function readOf({ value }: ConsumedRecord): SourceRecord | null {
  return decoded<SourceRecord>(value, ['change', 'closed'])
}
