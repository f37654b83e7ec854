import {
  type AnnotatedAttempt,
  type DetectConfig,
  dayStartMs,
  PANE_MS,
  type VouchedLogin,
} from '@sekisho/detect'
import {
  ROW,
  readAnnotated,
  readVouchedLogin,
  rowKindOf,
  SourceRow,
  writeAnnotated,
  writeVouchedLogin,
} from './source-row.ts'
import { AttemptRow } from './store/attempt-row.ts'
import type { BytePage } from './store/byte-page.ts'
import type { ByteSource } from './store/byte-source.ts'
import { ByteReader, ByteWriter } from './store/bytes.ts'
import type { KeyHash } from './store/key-hash.ts'
import { RowLog, type RowRef } from './store/row-log.ts'
import type { Vocabulary } from './store/vocabulary.ts'

/** Up to this many rows a scan is cheaper than an index. */
const SCANNED_MAX = 8

/** A row as an index knows it. */
interface Member {
  readonly id: string
  readonly userKey: string
  readonly pool: number
  ref: RowRef
}

/** A source network with many rows on one day: which are kept, by pool of a pane and user. */
interface Crowd {
  readonly members: Map<string, Member>
  readonly pools: Map<number, Map<string, Set<string>>>
  isCapped: boolean
}

/** Rows of a source network, counted; logins that are vouched are not. */
export interface RowCounts {
  vouchedFailures: number
  /** Failures and refused second factors that nothing vouches for. */
  strangeFailures: number
  /** Logins that nothing vouches for, from mobile networks and from others. */
  mobileLogins: number
  strangeLogins: number
  /** Of users under attack. */
  attacked: number
}

const KINDS = 4
const writer = new ByteWriter()
const reader = new ByteReader()

/**
 * What stage U said of one UTC day, by source network: a set of rows, in which each pool of a pane keeps the users with
 * the smallest keyed hashes and a few rows of each. What is kept is a function of the set.
 */
export class SourceLog {
  readonly day: number
  #rows = new RowLog('wide')
  #logins = new RowLog('wide')
  readonly #crowds = new Map<number, Crowd>()
  readonly #config: DetectConfig
  readonly #vocabulary: Vocabulary
  readonly #hashOf: KeyHash
  /** With fewer rows no pool can hold too many. */
  readonly #scannedMax: number

  constructor(day: number, config: DetectConfig, vocabulary: Vocabulary, hashOf: KeyHash) {
    this.day = day
    this.#config = config
    this.#vocabulary = vocabulary
    this.#hashOf = hashOf
    const { attemptsPerUserAndPane, usersPerPane } = config.limits.room
    this.#scannedMax = Math.min(SCANNED_MAX, attemptsPerUserAndPane, usersPerPane)
  }

  /** Source networks with anything but vouched logins, ascending. */
  prefixes(): ArrayLike<number> {
    return this.#rows.sortedKeys()
  }

  /** Loads what counting a source network reads first. */
  touch(prefix: number): void {
    this.#rows.touch(prefix)
  }

  get byteLength(): number {
    return this.#rows.byteLength + this.#logins.byteLength
  }

  /** Adds a vouched login. Each is said once: it is counted, never shown, and has no cap, for only people who belong there make it. */
  putLogin(prefix: number, login: VouchedLogin): void {
    writer.start()
    writeVouchedLogin(writer, login, this.day)
    this.#logins.append(prefix, writer.page, writer.length)
  }

  /** Adds an annotated attempt, which must not be there: what was said of it before must have been taken back. */
  put(prefix: number, annotated: AnnotatedAttempt): void {
    const { id, event } = annotated.attempt
    const msOfDay = event.timestampMs - dayStartMs(this.day)
    writer.start()
    writeAnnotated(writer, annotated, this.day, this.#vocabulary)
    const pool = poolOf(msOfDay, rowKindOf(annotated))
    this.#put(prefix, { id, userKey: event.userKey, pool, ref: 0 })
  }

  /** Takes back an attempt that stage U no longer counts, by its event id. */
  remove(prefix: number, id: string): void {
    const crowd = this.#crowds.get(prefix)
    if (crowd !== undefined) {
      const member = crowd.members.get(id)
      if (member !== undefined) this.#drop(crowd, member)
      return
    }
    killWhere(this.#rows, prefix, (page, at) => this.#memberOf(page, at, 0).id === id)
  }

  /** Takes back a vouched login. */
  removeLogin(prefix: number, { userKey, address, timestampMs }: VouchedLogin): void {
    killWhere(this.#logins, prefix, (page, at) => {
      reader.start(page, at)
      const login = readVouchedLogin(reader, this.day)
      return (
        login.timestampMs === timestampMs && login.userKey === userKey && login.address === address
      )
    })
  }

  /** Every row of a source network, in no order: logins that are vouched, and all else. */
  read(prefix: number): { attempts: AnnotatedAttempt[]; vouchedLogins: VouchedLogin[] } {
    const attempts: AnnotatedAttempt[] = []
    const rows = this.#rows
    for (let ref = rows.first(prefix); ref !== 0; ref = rows.next(ref)) {
      reader.start(rows.page(ref), rows.payloadAt(ref))
      attempts.push(readAnnotated(reader, this.day, this.#vocabulary))
    }
    const vouchedLogins: VouchedLogin[] = []
    const logins = this.#logins
    for (let ref = logins.first(prefix); ref !== 0; ref = logins.next(ref)) {
      reader.start(logins.page(ref), logins.payloadAt(ref))
      vouchedLogins.push(readVouchedLogin(reader, this.day))
    }
    return { attempts, vouchedLogins }
  }

  /** Attempts that are kept of a source network. */
  countOf(prefix: number): number {
    return this.#rows.countOf(prefix)
  }

  /** Adds the rows of a source network to what has been counted of its other days. */
  count(prefix: number, counts: RowCounts): void {
    const rows = this.#rows
    for (let ref = rows.first(prefix); ref !== 0; ref = rows.next(ref)) {
      const page = rows.page(ref)
      const at = rows.payloadAt(ref)
      const kind = SourceRow.kind(page, at)
      if (SourceRow.isAttacked(page, at)) counts.attacked++
      if (kind === ROW.vouchedFailure) counts.vouchedFailures++
      else if (!SourceRow.isSuccess(page, at)) counts.strangeFailures++
      else if (SourceRow.isMobile(page, at)) counts.mobileLogins++
      else counts.strangeLogins++
    }
  }

  isCapped(prefix: number): boolean {
    return this.#crowds.get(prefix)?.isCapped ?? false
  }

  /** Places and origins that rows name. */
  markUsed(places: Set<number>, origins: Set<number>): void {
    const rows = this.#rows
    for (const prefix of rows.sortedKeys()) {
      for (let ref = rows.first(prefix); ref !== 0; ref = rows.next(ref)) {
        const page = rows.page(ref)
        const at = rows.payloadAt(ref)
        reader.start(page, at + SourceRow.userAt)
        reader.text()
        reader.align()
        places.add(AttemptRow.placeId(page, reader.at))
        origins.add(AttemptRow.originId(page, reader.at))
      }
    }
  }

  /** Every row, for a snapshot; `capped` goes with it. */
  *save(): Generator<Uint8Array> {
    yield* this.#rows.save()
    yield* this.#logins.save()
  }

  /** Takes over what `save` gave out, and the networks that had been over a cap. */
  restore(source: ByteSource, capped: readonly number[]): void {
    this.#rows = RowLog.restore('wide', source)
    this.#logins = RowLog.restore('wide', source)
    for (const prefix of capped) this.#crowdOf(prefix).isCapped = true
  }

  /** Networks over a cap. */
  capped(): number[] {
    return [...this.#crowds].filter(([, { isCapped }]) => isCapped).map(([prefix]) => prefix)
  }

  #put(prefix: number, member: Member): void {
    const rows = this.#rows
    let crowd = this.#crowds.get(prefix)
    if (crowd === undefined) {
      let count = 0
      for (
        let ref = rows.first(prefix);
        ref !== 0 && count < this.#scannedMax;
        ref = rows.next(ref)
      ) {
        count++
      }
      if (count < this.#scannedMax) {
        rows.append(prefix, writer.page, writer.length)
        return
      }
      // Reading the rows for the index uses no writer, so what is to be put is still in it.
      crowd = this.#crowdOf(prefix)
    }
    this.#putCrowd(prefix, crowd, member)
  }

  #putCrowd(prefix: number, crowd: Crowd, member: Member): void {
    const { usersPerPane, attemptsPerUserAndPane } = this.#config.limits.room
    member.ref = this.#rows.append(prefix, writer.page, writer.length)
    const users = add(crowd, member)
    const ids = users.get(member.userKey) as Set<string>
    if (ids.size > attemptsPerUserAndPane) {
      crowd.isCapped = true
      this.#drop(crowd, crowd.members.get(largestOf(ids)) as Member)
    }
    if (users.size <= usersPerPane) return
    crowd.isCapped = true
    const loser = this.#largestUserOf(users.keys())
    for (const id of users.get(loser) ?? []) this.#drop(crowd, crowd.members.get(id) as Member)
  }

  #drop(crowd: Crowd, { id, userKey, pool, ref }: Member): void {
    this.#rows.kill(ref)
    crowd.members.delete(id)
    const users = crowd.pools.get(pool)
    const ids = users?.get(userKey)
    ids?.delete(id)
    if (ids?.size === 0) users?.delete(userKey)
    if (users?.size === 0) crowd.pools.delete(pool)
  }

  #crowdOf(prefix: number): Crowd {
    const crowd: Crowd = { members: new Map(), pools: new Map(), isCapped: false }
    const rows = this.#rows
    for (let ref = rows.first(prefix); ref !== 0; ref = rows.next(ref)) {
      add(crowd, this.#memberOf(rows.page(ref), rows.payloadAt(ref), ref))
    }
    this.#crowds.set(prefix, crowd)
    return crowd
  }

  #memberOf(page: BytePage, at: number, ref: RowRef): Member {
    const pool = poolOf(SourceRow.msOfDay(page, at), SourceRow.kind(page, at))
    reader.start(page, at + SourceRow.userAt)
    const userKey = reader.text()
    reader.align()
    return { id: AttemptRow.id(page, reader.at), userKey, pool, ref }
  }

  #largestUserOf(userKeys: Iterable<string>): string {
    let largest = ''
    let largestHash = -1
    for (const userKey of userKeys) {
      const hash = this.#hashOf(userKey)
      if (hash > largestHash || (hash === largestHash && userKey > largest)) {
        largest = userKey
        largestHash = hash
      }
    }
    return largest
  }
}

function killWhere(
  rows: RowLog,
  prefix: number,
  isMeant: (page: BytePage, at: number) => boolean,
): void {
  for (let ref = rows.first(prefix); ref !== 0; ref = rows.next(ref)) {
    if (isMeant(rows.page(ref), rows.payloadAt(ref))) rows.kill(ref)
  }
}

function add({ members, pools }: Crowd, member: Member): Map<string, Set<string>> {
  members.set(member.id, member)
  let users = pools.get(member.pool)
  if (users === undefined) {
    users = new Map()
    pools.set(member.pool, users)
  }
  const ids = users.get(member.userKey)
  if (ids === undefined) users.set(member.userKey, new Set([member.id]))
  else ids.add(member.id)
  return users
}

function largestOf(ids: Iterable<string>): string {
  let largest = ''
  for (const id of ids) if (id > largest) largest = id
  return largest
}

function poolOf(msOfDay: number, kind: number): number {
  return Math.floor(msOfDay / PANE_MS) * KINDS + kind
}
