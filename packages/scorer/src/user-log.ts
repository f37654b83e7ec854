import { DAY_MS, type DetectConfig, PANE_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { NEIGHBOUR_MS } from './resolved-day.ts'
import type { AccountId } from './store/account-table.ts'
import { AttemptRow, readAttempt, writeAttempt } from './store/attempt-row.ts'
import { ByteReader, ByteWriter } from './store/bytes.ts'
import { RowLog, type RowRef } from './store/row-log.ts'
import type { Vocabulary } from './store/vocabulary.ts'

/** What became of a line: `capped` lines have no room. */
export type Joined = 'added' | 'known' | 'capped'

/** A user with many lines on one day: which are kept. */
interface Crowd {
  /** Row of each event id. */
  readonly rows: Map<string, RowRef>
  /** By `groupOf`. */
  readonly groups: Map<string, Group>
}

/** Lines that share their room: ids by five-minute pane of the day. */
interface Group {
  readonly panes: Map<number, Set<string>>
  lines: number
}

/** A line of a group. */
interface Member {
  readonly id: string
  readonly pane: number
}

const writer = new ByteWriter()
const reader = new ByteReader()

/**
 * The lines of one UTC day, by account: a set of attempts as rows. Each pane keeps so many lines of a kind, the smallest
 * ids; each day so many, the newest panes first. What is kept is a function of the set.
 */
export class UserLog {
  readonly day: number
  #rows = new RowLog('dense')
  readonly #crowds = new Map<AccountId, Crowd>()
  /** Accounts with a line in the last minutes of the day. */
  readonly #late = new Set<AccountId>()
  readonly #config: DetectConfig
  readonly #vocabulary: Vocabulary

  constructor(day: number, config: DetectConfig, vocabulary: Vocabulary) {
    this.day = day
    this.#config = config
    this.#vocabulary = vocabulary
  }

  get rows(): RowLog {
    return this.#rows
  }

  join(account: AccountId, attempt: Attempt, isStranger: boolean): Joined {
    writer.start()
    writeAttempt(writer, attempt, this.#vocabulary)
    if (isLate(attempt.event.timestampMs - this.day * DAY_MS)) this.#late.add(account)
    const crowd = this.#crowds.get(account)
    if (crowd !== undefined) return this.#joinCrowd(account, crowd, attempt)
    const { room } = this.#config.limits
    const rows = this.#rows
    let count = 0
    for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
      const at = rows.payloadAt(ref)
      if (AttemptRow.isSameId(rows.page(ref), at, writer.page, 0)) {
        return this.#rejoin(account, ref, attempt)
      }
      count++
    }
    if (isStranger && count >= room.strangerLinesPerDay) return this.#joinStranger(account, attempt)
    if (count >= room.linesPerPane) {
      return this.#joinCrowd(account, this.#crowdOf(account), attempt)
    }
    rows.append(account, writer.page, writer.length)
    return 'added'
  }

  /** A user's lines, by (time, id). */
  attempts(account: AccountId, userKey: string): Attempt[] {
    const attempts: Attempt[] = []
    const rows = this.#rows
    for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
      reader.start(rows.page(ref), rows.payloadAt(ref))
      attempts.push(readAttempt(reader, this.day, userKey, this.#vocabulary))
    }
    if (attempts.length > 1) attempts.sort(byTimeThenId)
    return attempts
  }

  /** The account has a line that tells of a failure. */
  hasFailure(account: AccountId): boolean {
    const rows = this.#rows
    for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
      if (AttemptRow.isFailure(rows.page(ref), rows.payloadAt(ref))) return true
    }
    return false
  }

  /** Drops the lines of an account as if they had never come. */
  forget(account: AccountId): void {
    this.#rows.deleteKey(account)
    this.#crowds.delete(account)
  }

  /** Keeps the last minutes of the day only: what a login across midnight may need. */
  shrink(): void {
    const kept = this.#rows.empty()
    const rows = this.#rows
    for (const account of this.#late) {
      for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
        const page = rows.page(ref)
        const at = rows.payloadAt(ref)
        if (!isLate(AttemptRow.msOfDay(page, at))) continue
        kept.append(account, page, rows.payloadLength(ref), at)
      }
    }
    this.#rows = kept
    this.#crowds.clear()
  }

  /** Places and origins that rows name. */
  markUsed(places: Set<number>, origins: Set<number>): void {
    const rows = this.#rows
    for (const account of rows.sortedKeys()) {
      for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
        places.add(AttemptRow.placeId(rows.page(ref), rows.payloadAt(ref)))
        origins.add(AttemptRow.originId(rows.page(ref), rows.payloadAt(ref)))
      }
    }
  }

  /** Takes over rows that a snapshot kept. */
  restore(rows: RowLog): void {
    this.#rows = rows
    for (const account of rows.sortedKeys()) {
      for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
        if (isLate(AttemptRow.msOfDay(rows.page(ref), rows.payloadAt(ref)))) this.#late.add(account)
      }
    }
  }

  /** A copy of a known event: of copies that differ the one with the smallest raw hash wins with all its attributes. */
  #rejoin(account: AccountId, ref: RowRef, attempt: Attempt): Joined {
    const known = AttemptRow.rawSha256(this.#rows.page(ref), this.#rows.payloadAt(ref))
    if (known <= attempt.rawSha256) return 'known'
    const moved = this.#rows.replace(account, ref, writer.page, writer.length)
    this.#crowds.get(account)?.rows.set(attempt.id, moved)
    return 'added'
  }

  /** Of a name that never succeeded the lines with the smallest ids are kept. */
  #joinStranger(account: AccountId, attempt: Attempt): Joined {
    const rows = this.#rows
    let largest: RowRef = 0
    let largestId = attempt.id
    for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
      const id = AttemptRow.id(rows.page(ref), rows.payloadAt(ref))
      if (id > largestId) {
        largest = ref
        largestId = id
      }
    }
    if (largest === 0) return 'capped'
    rows.replace(account, largest, writer.page, writer.length)
    return 'added'
  }

  #joinCrowd(account: AccountId, crowd: Crowd, attempt: Attempt): Joined {
    const known = crowd.rows.get(attempt.id)
    if (known !== undefined) return this.#rejoin(account, known, attempt)
    const { linesPerPane, linesPerDay } = this.#config.limits.room
    const group = groupIn(crowd, attempt)
    const member = { id: attempt.id, pane: paneOf(attempt.event.timestampMs - this.day * DAY_MS) }
    const beside = group.panes.get(member.pane)
    let loser: Member | null = null
    if (beside !== undefined && beside.size >= linesPerPane) {
      loser = { id: largestOf(beside), pane: member.pane }
    } else if (group.lines >= linesPerDay) loser = oldestOf(group)
    if (loser !== null && losesBefore(member, loser)) return 'capped'
    let ref: RowRef
    if (loser === null) ref = this.#rows.append(account, writer.page, writer.length)
    else {
      ref = crowd.rows.get(loser.id) as RowRef
      ref = this.#rows.replace(account, ref, writer.page, writer.length)
      crowd.rows.delete(loser.id)
      take(group, loser)
    }
    crowd.rows.set(member.id, ref)
    add(group, member)
    return 'added'
  }

  #crowdOf(account: AccountId): Crowd {
    const crowd: Crowd = { rows: new Map(), groups: new Map() }
    const rows = this.#rows
    for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
      const page = rows.page(ref)
      const at = rows.payloadAt(ref)
      reader.start(page, at)
      const attempt = readAttempt(reader, this.day, '', this.#vocabulary)
      crowd.rows.set(attempt.id, ref)
      const pane = paneOf(AttemptRow.msOfDay(page, at))
      add(groupIn(crowd, attempt), { id: attempt.id, pane })
    }
    this.#crowds.set(account, crowd)
    return crowd
  }
}

/** In the minutes of the day that a login across midnight may need. */
function isLate(msOfDay: number): boolean {
  return msOfDay >= DAY_MS - NEIGHBOUR_MS
}

function groupIn({ groups }: Crowd, attempt: Attempt): Group {
  const key = groupOf(attempt)
  let group = groups.get(key)
  if (group === undefined) {
    group = { panes: new Map(), lines: 0 }
    groups.set(key, group)
  }
  return group
}

/**
 * Lines that must not crowd each other out: a flood of failures hides no login, and an account that logs in from one network
 * every minute hides no login from another.
 */
function groupOf({ event, prefix }: Attempt): string {
  if (event.attempt === 'mfa_denied') return 'denied'
  if (event.attempt === 'disabled_or_locked') return 'locked'
  return event.outcome === 'failure' ? 'failed' : prefix
}

function add(group: Group, { id, pane }: Member): void {
  const members = group.panes.get(pane)
  if (members === undefined) group.panes.set(pane, new Set([id]))
  else members.add(id)
  group.lines++
}

function take(group: Group, { id, pane }: Member): void {
  const members = group.panes.get(pane)
  members?.delete(id)
  if (members?.size === 0) group.panes.delete(pane)
  group.lines--
}

/** An older pane loses its room first, in one pane a larger id. */
function losesBefore(a: Member, b: Member): boolean {
  return a.pane < b.pane || (a.pane === b.pane && a.id > b.id)
}

function oldestOf({ panes }: Group): Member {
  let pane = Number.POSITIVE_INFINITY
  for (const other of panes.keys()) if (other < pane) pane = other
  return { id: largestOf(panes.get(pane) ?? []), pane }
}

function largestOf(ids: Iterable<string>): string {
  let largest = ''
  for (const id of ids) if (id > largest) largest = id
  return largest
}

function paneOf(msOfDay: number): number {
  return Math.floor(msOfDay / PANE_MS)
}

function byTimeThenId(a: Attempt, b: Attempt): number {
  return a.event.timestampMs - b.event.timestampMs || (a.id < b.id ? -1 : 1)
}
