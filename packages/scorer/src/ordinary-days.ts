import {
  type AnnotatedAttempt,
  compareText,
  DAY_MS,
  type DetectConfig,
  dayStartMs,
  decidingIds,
  HOUR_MS,
  isOrdinaryCountry,
  loginCandidateOf,
  type OrganisationProfile,
  PANE_MS,
  type VouchedLogin,
} from '@sekisho/detect'
import type { Attempt, NetworkClass } from '@sekisho/event'
import type { AccountSource } from './account-days.ts'
import { VOUCHED_PREFIXES_MAX } from './annotation.ts'
import { OrdinaryLogin } from './ordinary-login.ts'
import { isOrdinaryWorth, isStrangeWorth } from './ordinary-worth.ts'
import type { OrganisationView } from './organisation.ts'
import { NEIGHBOUR_MS } from './resolved-day.ts'
import type { AccountId } from './store/account-table.ts'
import {
  AttemptRow,
  BAD_CREDENTIAL_CODE,
  readAttempt,
  SESSION_END_CODE,
  SESSION_MOVE_CODE,
  SESSION_START_CODE,
  SUCCESS_CODE,
} from './store/attempt-row.ts'
import type { BytePage } from './store/byte-page.ts'
import { ByteReader } from './store/bytes.ts'
import { type KeyEntry, KIND, KINDS, type LongTermRecord } from './store/long-term-record.ts'
import { prefixTextOf } from './store/prefix-key.ts'
import type { RowLog, RowRef } from './store/row-log.ts'
import { tokenOf } from './store/token.ts'

/** Days with more lines are looked at in full. */
const LINES_MAX = 12

/** Keys of long-term state that a line has at most: one of each kind. */
const KEYS_PER_LINE = KINDS.length

/** What an ordinary day comes to. */
export interface OrdinaryDay {
  /** Vouched logins by source network, one for each pane and address. */
  readonly logins: readonly { readonly prefix: number; readonly login: VouchedLogin }[]
  /** Logins from another source network of an operator that the user knows, and typing errors where the user belongs. */
  readonly annotated: readonly AnnotatedAttempt[]
}

/** Networks on which people live: another address there is nothing strange. */
const ACCESS: ReadonlySet<NetworkClass> = new Set(['residential', 'mobile', 'satellite'])

/** Of a key that there is none of. */
const NO_ENTRY: KeyEntry = -1

/** A line of an ordinary day, read where it lies; laid over the next day's line by the next question. */
class OrdinaryLine {
  ref: RowRef = 0
  code = 0
  /** It may be the line that decides a login. */
  counts = false
  msOfDay = 0
  network = 0
  prefix = 0
  device = 0
  client = 0
  gateway = 0
  realm = 0
  /** Where the record has these keys; negative where it does not, or there is none. */
  networkEntry: KeyEntry = NO_ENTRY
  prefixEntry: KeyEntry = NO_ENTRY
  deviceEntry: KeyEntry = NO_ENTRY
  clientEntry: KeyEntry = NO_ENTRY
  gatewayEntry: KeyEntry = NO_ENTRY
  realmEntry: KeyEntry = NO_ENTRY
  hasSession = false
  /** A success that nothing vouches for. */
  isStrange = false
}

const reader = new ByteReader()
const NONE: readonly AnnotatedAttempt[] = []
const NO_LOGINS: OrdinaryDay['logins'] = []

/**
 * Most days of most users are ordinary: a few logins from networks, devices, clients and gateways that the user has used
 * for days, now and then a wrong password there. No rule can speak of such a day, and what it tells stage N and teaches can be read from the
 * rows as they lie. Whatever is not certainly ordinary is looked at in full; the two roads give the same
 * (`ordinary-days.test.ts`).
 */
export class OrdinaryDays {
  readonly #source: AccountSource
  readonly #config: DetectConfig
  /** False where the configuration's numbers could make an ordinary login worth something. */
  readonly isUsable: boolean
  readonly #canBeStrange: boolean
  /** Room for the lines of one day, of which the first `#count`, by time, are the day's. */
  readonly #lines = Array.from({ length: LINES_MAX }, () => new OrdinaryLine())
  #count = 0
  #successes: readonly OrdinaryLine[] = []
  readonly #entries = new Int32Array(KEYS_PER_LINE * LINES_MAX)

  constructor(source: AccountSource) {
    this.#source = source
    this.#config = source.config
    this.isUsable = isOrdinaryWorth(source.config.limits)
    this.#canBeStrange = isStrangeWorth(source.config.limits)
  }

  /** @returns null when the day must be looked at in full */
  read(account: AccountId, day: number, profile: OrganisationProfile): OrdinaryDay | null {
    const { accounts, logs } = this.#source
    const rows = logs.get(day)?.rows
    if (!this.isUsable || rows === undefined) return null
    const record = accounts.record(account)
    if (!record.hasHistory || !this.#readLines(record, rows, account, day)) return null
    const lines = this.#lines.slice(0, this.#count)
    let hasSessions = false
    let hasStrange = false
    let hasFailures = false
    for (const { hasSession, isStrange, code } of lines) {
      hasSessions ||= hasSession
      hasStrange ||= isStrange
      hasFailures ||= code === BAD_CREDENTIAL_CODE
    }
    const isPlain = lines.length === 1 && lines[0]?.code === SUCCESS_CODE
    const successes = isPlain ? lines : lines.filter(({ code }) => code === SUCCESS_CODE)
    if (successes.length === 0) return null
    this.#successes = successes
    if (!this.#isAlone(account, day, lines, hasSessions)) return null
    const failures = hasFailures ? lines.filter(({ code }) => code === BAD_CREDENTIAL_CODE) : []
    if (hasFailures && !this.#isTyping(record, account, day, failures)) return null
    if (hasStrange && !this.#isPeaceful(account, day)) return null
    const counted = this.#countedOf(account, day, successes)
    const annotated =
      hasStrange || hasFailures ? this.#annotatedOf(account, day, counted, failures, profile) : NONE
    return { logins: this.#loginsOf(rows, account, day, counted), annotated }
  }

  /** Lets the day that was just read teach its user's record and the organisation. */
  teach(account: AccountId, day: number, organisation: OrganisationView): void {
    const { accounts } = this.#source
    const successes = this.#successes
    const [first] = successes as readonly [OrdinaryLine]
    const entries = this.#entries
    let count = 0
    let hours = 0
    let namesDevice = false
    let hasNew = false
    for (const line of successes) {
      namesDevice ||= line.device !== 0
      hours |= 1 << Math.floor(line.msOfDay / HOUR_MS)
      hasNew ||= line.prefix !== 0 && line.prefixEntry < 0
      entries[count++] = line.networkEntry
      entries[count++] = line.prefixEntry
      entries[count++] = line.deviceEntry
      entries[count++] = line.clientEntry
      entries[count++] = line.gatewayEntry
      entries[count++] = line.realmEntry
    }
    const record = accounts.record(account)
    if (hasNew || day < record.lastDay) {
      accounts.fold(account, day, { keys: keysOf(successes), hours, namesDevice }, this.#config)
    } else record.foldEntries(day, entries, count, hours, namesDevice)
    const networks =
      successes.length === 1
        ? [first.network]
        : [...new Set(successes.map(({ network }) => network))]
    organisation.count(day, networks, dayStartMs(day) + first.msOfDay)
  }

  /** Reads the lines of a day, by time. @returns false where one is not certainly ordinary, or there are many */
  #readLines(record: LongTermRecord, rows: RowLog, account: AccountId, day: number): boolean {
    const lines = this.#lines
    this.#count = 0
    for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
      let at = this.#count
      if (at === LINES_MAX) return false
      const line = lines[at] as OrdinaryLine
      if (!this.#isOrdinaryLine(line, record, rows.page(ref), rows.payloadAt(ref), day))
        return false
      line.ref = ref
      this.#count++
      for (; at > 0 && (lines[at - 1] as OrdinaryLine).msOfDay > line.msOfDay; at--) {
        lines[at] = lines[at - 1] as OrdinaryLine
      }
      lines[at] = line
    }
    return true
  }

  /** Fills in what must be known of a line. @returns false where it is not certainly ordinary */
  #isOrdinaryLine(
    line: OrdinaryLine,
    record: LongTermRecord,
    page: BytePage,
    at: number,
    day: number,
  ): boolean {
    const code = AttemptRow.attemptCode(page, at)
    const isSession =
      code === SESSION_START_CODE || code === SESSION_END_CODE || code === SESSION_MOVE_CODE
    const isFailure = code === BAD_CREDENTIAL_CODE
    if (code !== SUCCESS_CODE && !isFailure && !isSession) return false
    line.code = code
    line.counts = !AttemptRow.isNoLogin(page, at)
    if (isFailure && !line.counts) return false
    const { common, travel } = this.#config.limits
    const from = day - common.vouchDays
    const placeId = AttemptRow.placeId(page, at)
    line.network = this.#source.vocabulary.networkKeyOf(placeId)
    line.networkEntry = record.entryOf(KIND.network, line.network)
    // Learnt on the day before as well: travel judges both ends as of the earlier one's day.
    const learntDays = Math.max(1, travel.learntDays)
    if (record.entryDays(line.networkEntry, from, day - 2) < learntDays) return false
    line.msOfDay = AttemptRow.msOfDay(page, at)
    line.hasSession = AttemptRow.hasSession(page, at) || code === SESSION_END_CODE
    line.prefix = AttemptRow.prefixKey(page, at)
    line.isStrange = false
    if (isSession) return true
    if (!this.#isFamiliar(line, record, page, at, from, day - 2)) return false
    line.prefixEntry = record.entryOf(KIND.prefix, line.prefix)
    line.isStrange = !record.wasEntryUsed(line.prefixEntry, from, day - 2)
    if (!line.isStrange) return true
    // Another source network of an operator that the user knows: nothing vouches for it, and nothing speaks against it.
    return (
      this.#canBeStrange &&
      code === SUCCESS_CODE &&
      line.prefix !== 0 &&
      ACCESS.has(this.#source.vocabulary.places.value(placeId).networkClass) &&
      !record.wasEntryUsed(line.prefixEntry, from, day - 1)
    )
  }

  /** Client, gateway, realm and device, as far as the line names them, were used from `from` to `to`. */
  #isFamiliar(
    line: OrdinaryLine,
    record: LongTermRecord,
    page: BytePage,
    at: number,
    from: number,
    to: number,
  ): boolean {
    const origin = this.#source.vocabulary.origins.value(AttemptRow.originId(page, at))
    line.client = origin.clientToken
    line.gateway = origin.gatewayToken
    line.realm = origin.realmToken
    line.device = AttemptRow.hasDevice(page, at) ? deviceTokenOf(page, at) : 0
    line.clientEntry = entryOf(record, KIND.client, line.client)
    line.gatewayEntry = entryOf(record, KIND.gateway, line.gateway)
    line.realmEntry = entryOf(record, KIND.realm, line.realm)
    line.deviceEntry = entryOf(record, KIND.device, line.device)
    return (
      (line.client === 0 || record.wasEntryUsed(line.clientEntry, from, to)) &&
      (line.gateway === 0 || record.wasEntryUsed(line.gatewayEntry, from, to)) &&
      (line.realm === 0 || record.wasEntryUsed(line.realmEntry, from, to)) &&
      (line.device === 0 || record.wasEntryUsed(line.deviceEntry, from, to))
    )
  }

  /** Lines of the neighbouring days, where they matter, are of the same network and not of the same login. */
  #isAlone(
    account: AccountId,
    day: number,
    lines: readonly OrdinaryLine[],
    hasSessions: boolean,
  ): boolean {
    const first = lines[0] as OrdinaryLine
    const last = lines[lines.length - 1] as OrdinaryLine
    const isEarly = first.msOfDay < NEIGHBOUR_MS
    const isLate = last.msOfDay >= DAY_MS - NEIGHBOUR_MS
    if (!hasSessions && !isEarly && !isLate) return true
    if (hasSessions && lines.some(({ network }) => network !== first.network)) return false
    return this.#everyLineAround(account, day, (page, at, near) => {
      const msOfDay = AttemptRow.msOfDay(page, at)
      if (near < day && isEarly && msOfDay >= DAY_MS - NEIGHBOUR_MS) return false
      if (near > day && isLate && msOfDay < NEIGHBOUR_MS) return false
      if (!hasSessions) return true
      return this.#source.vocabulary.networkKeyOf(AttemptRow.placeId(page, at)) === first.network
    })
  }

  /** Few failures on the day, and on the day before none but where the user belongs: no window of U1 can be full. */
  #isTyping(
    record: LongTermRecord,
    account: AccountId,
    day: number,
    failures: readonly OrdinaryLine[],
  ): boolean {
    const { bruteForce, common } = this.#config.limits
    if (failures.length > bruteForce.failuresFree || bruteForce.vouchedFailure > 0) return false
    const from = day - 1 - common.vouchDays
    return this.#everyLineAround(account, day, (page, at, near) => {
      if (near > day || !AttemptRow.isFailure(page, at)) return true
      if (AttemptRow.attemptCode(page, at) !== BAD_CREDENTIAL_CODE) return false
      return record.wasUsed(KIND.prefix, AttemptRow.prefixKey(page, at), from, day - 2)
    })
  }

  /** Nothing was refused on the day or beside it: the user is under no attack. */
  #isPeaceful(account: AccountId, day: number): boolean {
    const isNoFailure = (page: BytePage, at: number): boolean => !AttemptRow.isFailure(page, at)
    const rows = this.#source.logs.get(day)?.rows as RowLog
    for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
      if (!isNoFailure(rows.page(ref), rows.payloadAt(ref))) return false
    }
    return this.#everyLineAround(account, day, isNoFailure)
  }

  /** Holds for every line of the days before and after. */
  #everyLineAround(
    account: AccountId,
    day: number,
    holds: (page: BytePage, at: number, near: number) => boolean,
  ): boolean {
    for (const near of [day - 1, day + 1]) {
      const rows = this.#source.logs.get(near)?.rows
      if (rows === undefined) continue
      for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
        if (!holds(rows.page(ref), rows.payloadAt(ref), near)) return false
      }
    }
    return true
  }

  /** Logins that count: of several lines of one login the deciding one. */
  #countedOf(
    account: AccountId,
    day: number,
    successes: readonly OrdinaryLine[],
  ): readonly OrdinaryLine[] {
    const [only] = successes
    if (successes.length === 1 && only?.counts === true) return successes
    const candidates = successes.filter(({ counts }) => counts)
    if (candidates.length < 2) return candidates
    const { loginGroupMs } = this.#config.limits.common
    const isApart = candidates.every((line, i) => {
      const before = candidates[i - 1]
      return before === undefined || line.msOfDay - before.msOfDay > loginGroupMs
    })
    if (isApart) return candidates
    const userKey = this.#source.accounts.nameOf(account)
    const read = candidates.map((line) => {
      const { id, event } = this.#attemptOf(line, userKey, day)
      return { line, candidate: loginCandidateOf(id, event) }
    })
    const ids = decidingIds(
      read.map(({ candidate }) => candidate),
      loginGroupMs,
    )
    return read.filter(({ candidate }) => ids.has(candidate.id)).map(({ line }) => line)
  }

  /** Strange logins, then failures: what stage N is told in full. */
  #annotatedOf(
    account: AccountId,
    day: number,
    counted: readonly OrdinaryLine[],
    failures: readonly OrdinaryLine[],
    profile: OrganisationProfile,
  ): readonly AnnotatedAttempt[] {
    const record = this.#source.accounts.record(account)
    const userKey = record.name
    return [...counted.filter(({ isStrange }) => isStrange), ...failures].map((line) =>
      this.#annotated(record, line, userKey, day, profile),
    )
  }

  /** Vouched logins, the first of each pane and address. */
  #loginsOf(
    rows: RowLog,
    account: AccountId,
    day: number,
    counted: readonly OrdinaryLine[],
  ): OrdinaryDay['logins'] {
    const [only] = counted
    if (only !== undefined && counted.length === 1) {
      return only.isStrange ? NO_LOGINS : [this.#loginOf(rows, account, day, only)]
    }
    const logins: OrdinaryDay['logins'][number][] = []
    for (const line of counted) {
      if (line.isStrange) continue
      const each = this.#loginOf(rows, account, day, line)
      const { address, timestampMs } = each.login
      const pane = Math.floor(timestampMs / PANE_MS)
      const isKnown = logins.some(
        ({ login }) =>
          login.address === address && Math.floor(login.timestampMs / PANE_MS) === pane,
      )
      if (!isKnown) logins.push(each)
    }
    return logins
  }

  #loginOf(
    rows: RowLog,
    account: AccountId,
    day: number,
    { ref, prefix, msOfDay }: OrdinaryLine,
  ): OrdinaryDay['logins'][number] {
    const timestampMs = dayStartMs(day) + msOfDay
    const { accounts } = this.#source
    const page = rows.page(ref)
    const at = rows.payloadAt(ref)
    return { prefix, login: new OrdinaryLogin(accounts, account, page, at, timestampMs) }
  }

  #annotated(
    record: LongTermRecord,
    line: OrdinaryLine,
    userKey: string,
    day: number,
    profile: OrganisationProfile,
  ): AnnotatedAttempt {
    const attempt = this.#attemptOf(line, userKey, day)
    const { place, event } = attempt
    const { vouchDays } = this.#config.limits.common
    return {
      attempt,
      outcome: event.attempt,
      isVouched: !line.isStrange,
      knowsAsn: place.asn !== 0,
      knowsCountry: place.country !== '',
      // A device that is not known has made the day no ordinary one.
      knowsDevice: event.deviceId !== '',
      isKnown: true,
      isPerson: true,
      isHomeCountry: isOrdinaryCountry(this.#config, profile, place.country),
      isCold: false,
      bruteForce: null,
      activeDays: record.activeDays(day - vouchDays, day - 1),
      vouchedPrefixes: line.isStrange ? this.#vouchedPrefixes(record, day, profile) : [],
    }
  }

  /** As `UserView.vouchedPrefixes`. */
  #vouchedPrefixes(record: LongTermRecord, day: number, profile: OrganisationProfile): string[] {
    const ranked: { prefix: string; days: number }[] = []
    const from = day - this.#config.limits.common.vouchDays
    record.forEachKey(KIND.prefix, from, day - 1, (key, days) => {
      ranked.push({ prefix: prefixTextOf(key), days })
    })
    return ranked
      .sort((a, b) => b.days - a.days || compareText(a.prefix, b.prefix))
      .map(({ prefix }) => prefix)
      .filter((prefix) => !profile.isSharedEgress(prefix))
      .slice(0, VOUCHED_PREFIXES_MAX)
  }

  #attemptOf({ ref }: OrdinaryLine, userKey: string, day: number): Attempt {
    const rows = this.#source.logs.get(day)?.rows as RowLog
    reader.start(rows.page(ref), rows.payloadAt(ref))
    return readAttempt(reader, day, userKey, this.#source.vocabulary)
  }
}

/** Distinct keys of each kind. */
function keysOf(successes: readonly OrdinaryLine[]): number[][] {
  const keys: number[][] = [[], [], [], [], [], []]
  for (const { network, prefix, device, client, gateway, realm } of successes) {
    // A network may have the key 0; of other kinds 0 says that there is none.
    add(keys[KIND.network] as number[], network)
    if (prefix !== 0) add(keys[KIND.prefix] as number[], prefix)
    if (device !== 0) add(keys[KIND.device] as number[], device)
    if (client !== 0) add(keys[KIND.client] as number[], client)
    if (gateway !== 0) add(keys[KIND.gateway] as number[], gateway)
    if (realm !== 0) add(keys[KIND.realm] as number[], realm)
  }
  return keys
}

function entryOf(record: LongTermRecord, kind: number, token: number): KeyEntry {
  return token === 0 ? NO_ENTRY : record.entryOf(kind, token)
}

/** A name too long to be read where it lies is a token that nobody knows, so that the day is looked at in full. */
function deviceTokenOf(page: BytePage, at: number): number {
  const deviceId = AttemptRow.deviceId(page, at)
  return deviceId === null ? -1 : tokenOf(deviceId)
}

function add(keys: number[], key: number): void {
  if (!keys.includes(key)) keys.push(key)
}
