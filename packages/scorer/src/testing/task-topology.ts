import { DEFAULT_CONFIG } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { keyPartitionsOf } from '../key-partitions.ts'
import { type OrganisationPart, SharedOrganisation } from '../shared-organisation.ts'
import type { SourceChange } from '../source-change.ts'
import { SourceTask } from '../source-task.ts'
import { type TaskChanges, UserTask } from '../user-task.ts'

type UserRecord = { readonly attempt: Attempt } | { readonly watermarkMs: number }
type SourceRecord =
  | { readonly change: SourceChange }
  | { readonly userPartition: number; readonly through: number }
type OrganisationRecord =
  | { readonly part: OrganisationPart }
  | { readonly partition: number; readonly through: number }

/** What a transaction of a task writes. */
interface Outputs {
  alerts: Alert[]
  changes: SourceChange[]
}

/** A task's life: what it has committed, from which it can be made anew. */
interface Slot<Task> {
  task: Task
  organisation: SharedOrganisation
  organisationAt: number
  position: number
  committed: number
  snapshot: { readonly bytes: readonly Uint8Array[]; readonly position: number } | null
  changes: TaskChanges[]
  outputs: Outputs
}

const FAR = Number.MAX_SAFE_INTEGER

/**
 * Stages U and N as tasks over logs in memory, each at its own pace; a task can be lost at any time and goes on from what it
 * committed. What `packages/pipeline` does over a broker, without one.
 */
export class TaskTopology {
  readonly alerts: Alert[] = []
  readonly #partitions: number
  readonly #userLogs: UserRecord[][]
  readonly #sourceLogs: SourceRecord[][]
  readonly #organisationLog: OrganisationRecord[] = []
  readonly #users: Slot<UserTask>[]
  readonly #sources: Slot<SourceTask>[]
  readonly #keys: ReturnType<typeof keyPartitionsOf>
  readonly #watermarks: number[]

  constructor(partitions: number) {
    this.#partitions = partitions
    this.#keys = keyPartitionsOf(DEFAULT_CONFIG, partitions)
    this.#userLogs = Array.from({ length: partitions }, () => [])
    this.#sourceLogs = Array.from({ length: partitions }, () => [])
    this.#watermarks = Array.from({ length: partitions }, () => Number.NEGATIVE_INFINITY)
    this.#users = Array.from({ length: partitions }, (_, i) => this.#newUser(i))
    this.#sources = Array.from({ length: partitions }, (_, i) => this.#newSource(i))
  }

  offer(attempt: Attempt): void {
    this.#userLogs[this.#keys.ofUser(attempt.event.userKey)]?.push({ attempt })
  }

  watermark(watermarkMs: number): void {
    for (const log of this.#userLogs) log.push({ watermarkMs })
  }

  /** Lets a user task process some records, and commit. */
  stepUser(index: number, records: number, isCommitted: boolean): void {
    const slot = this.#users[index] as Slot<UserTask>
    const log = this.#userLogs[index] as UserRecord[]
    for (const record of log.slice(slot.position, slot.position + records)) {
      if ('attempt' in record) slot.task.join(record.attempt)
      else this.#watermarks[index] = record.watermarkMs
      slot.position++
    }
    if (!isCommitted) return
    this.#catchUp(slot)
    slot.task.flush()
    const closed = slot.task.advance(this.#watermarks[index] as number)
    for (const alert of slot.outputs.alerts) this.alerts.push(alert)
    for (const change of slot.outputs.changes) {
      this.#sourceLogs[this.#keys.ofSource(change.prefix)]?.push({ change })
    }
    slot.outputs = { alerts: [], changes: [] }
    if (closed !== null) {
      const { through, parts } = closed
      for (const part of parts) this.#organisationLog.push({ part })
      this.#organisationLog.push({ partition: index, through })
      for (const source of this.#sourceLogs) source.push({ userPartition: index, through })
    }
    this.#commit(slot, closed !== null)
  }

  stepSource(index: number, records: number, isCommitted: boolean): void {
    const slot = this.#sources[index] as Slot<SourceTask>
    const log = this.#sourceLogs[index] as SourceRecord[]
    for (const record of log.slice(slot.position, slot.position + records)) {
      if ('change' in record) slot.task.apply(record.change)
      else slot.task.closeUsers(record.userPartition, record.through)
      slot.position++
    }
    if (!isCommitted) return
    this.#catchUp(slot)
    slot.task.flush()
    const isClosed = slot.task.advance()
    for (const alert of slot.outputs.alerts) this.alerts.push(alert)
    slot.outputs = { alerts: [], changes: [] }
    this.#commit(slot, isClosed)
  }

  /** A task is lost and made anew from what it committed. */
  loseUser(index: number): void {
    const lost = this.#users[index] as Slot<UserTask>
    const slot = this.#newUser(index)
    this.#users[index] = slot
    const log = this.#userLogs[index] as UserRecord[]
    this.#restored(slot, lost, (at) => {
      const record = log[at] as UserRecord
      if ('attempt' in record) slot.task.repeat(record.attempt)
    })
    // The watermark is a function of the log.
    this.#watermarks[index] = Number.NEGATIVE_INFINITY
    for (const record of log.slice(0, slot.position)) {
      if ('watermarkMs' in record) this.#watermarks[index] = record.watermarkMs
    }
  }

  loseSource(index: number): void {
    const lost = this.#sources[index] as Slot<SourceTask>
    const slot = this.#newSource(index)
    this.#sources[index] = slot
    const log = this.#sourceLogs[index] as SourceRecord[]
    this.#restored(slot, lost, (at) => {
      const record = log[at] as SourceRecord
      if ('change' in record) slot.task.repeat(record.change)
      else slot.task.closeUsers(record.userPartition, record.through)
    })
  }

  /** Everything is processed, until nothing moves any more. */
  drain(): void {
    for (let isMoving = true; isMoving; ) {
      const before = this.#progress()
      for (let i = 0; i < this.#partitions; i++) this.stepUser(i, FAR, true)
      for (let i = 0; i < this.#partitions; i++) this.stepSource(i, FAR, true)
      isMoving = this.#progress() !== before
    }
  }

  #progress(): string {
    const closed = [...this.#users, ...this.#sources].map(({ task }) => task.closedThrough)
    return [closed, this.#organisationLog.length, this.#sourceLogs.map((log) => log.length)].join()
  }

  #catchUp(slot: Slot<unknown>): void {
    for (; slot.organisationAt < this.#organisationLog.length; slot.organisationAt++) {
      const record = this.#organisationLog[slot.organisationAt] as OrganisationRecord
      if ('part' in record) slot.organisation.receive(record.part)
      else slot.organisation.close(record.partition, record.through)
    }
    slot.organisation.forgetBefore((slot.task as UserTask).profilesFrom)
  }

  #commit(slot: Slot<UserTask> | Slot<SourceTask>, isSnapshotDue: boolean): void {
    if (isSnapshotDue) {
      const bytes = [...slot.task.save()].map((chunk) => Uint8Array.from(chunk))
      slot.snapshot = { bytes, position: slot.position }
      slot.changes = []
    } else {
      const changes = slot.task.takeChanges()
      slot.changes.push(JSON.parse(JSON.stringify(changes)) as TaskChanges)
    }
    slot.committed = slot.position
  }

  #restored<Task extends UserTask | SourceTask>(
    slot: Slot<Task>,
    lost: Slot<Task>,
    repeat: (at: number) => void,
  ): void {
    if (lost.snapshot !== null) slot.task.restore(lost.snapshot.bytes)
    for (let at = lost.snapshot?.position ?? 0; at < lost.committed; at++) repeat(at)
    slot.task.resume(lost.changes)
    slot.position = lost.committed
    slot.committed = lost.committed
    slot.snapshot = lost.snapshot
    slot.changes = [...lost.changes]
  }

  #newUser(partition: number): Slot<UserTask> {
    const organisation = new SharedOrganisation(DEFAULT_CONFIG, this.#partitions)
    const outputs: Outputs = { alerts: [], changes: [] }
    const slot = newSlot<UserTask>(organisation, outputs)
    slot.task = new UserTask({
      ...{ config: DEFAULT_CONFIG, databases: 'test', dated: [], partition, organisation },
      onAlert: (alert) => slot.outputs.alerts.push(alert),
      onChange: (change) => slot.outputs.changes.push(structuredClone(change)),
    })
    return slot
  }

  #newSource(partition: number): Slot<SourceTask> {
    const organisation = new SharedOrganisation(DEFAULT_CONFIG, this.#partitions)
    const slot = newSlot<SourceTask>(organisation, { alerts: [], changes: [] })
    slot.task = new SourceTask({
      ...{ config: DEFAULT_CONFIG, databases: 'test', dated: [], partition, organisation },
      userPartitions: this.#partitions,
      onAlert: (alert) => slot.outputs.alerts.push(alert),
    })
    return slot
  }
}

function newSlot<Task>(organisation: SharedOrganisation, outputs: Outputs): Slot<Task> {
  return {
    task: undefined as Task,
    organisation,
    organisationAt: 0,
    position: 0,
    committed: 0,
    snapshot: null,
    changes: [],
    outputs,
  }
}
