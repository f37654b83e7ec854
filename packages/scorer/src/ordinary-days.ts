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
import { isOrdinaryWorth, isStrangeWorth } from './ordinary-worth.ts'
import type { UserDayCount } from './organisation.ts'
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
import { ByteReader } from './store/bytes.ts'
import { type DayKeys, KIND, type LongTermRecord, networkKeyOf } from './store/long-term-record.ts'
import { prefixTextOf } from './store/prefix-key.ts'
import type { RowLog, RowRef } from './store/row-log.ts'
import { tokenOf } from './store/token.ts'
import type { Origin } from './store/vocabulary.ts'

/** Days with more lines are looked at in full. */
const LINES_MAX = 12

/** What an ordinary day comes to. */
export interface OrdinaryDay {
  /** Vouched logins by source network, one for each pane and address. */
  readonly logins: readonly { readonly prefix: number; readonly login: VouchedLogin }[]
  /** Logins from another source network of an operator that the user knows, and typing errors where the user belongs. */
  readonly annotated: readonly AnnotatedAttempt[]
  readonly keys: DayKeys
  readonly count: UserDayCount
}

/** Networks on which people live: another address there is nothing strange. */
const ACCESS: ReadonlySet<NetworkClass> = new Set(['residential', 'mobile', 'satellite'])

/** A line of an ordinary day, read where it lies. */
interface OrdinaryLine {
  readonly ref: RowRef
  readonly code: number
  /** It may be the line that decides a login. */
  readonly counts: boolean
  readonly msOfDay: number
  readonly network: number
  readonly prefix: number
  readonly origin: Origin
  readonly device: number
  readonly hasSession: boolean
  /** A success that nothing vouches for. */
  readonly isStrange: boolean
}

const reader = new ByteReader()
const NONE: readonly AnnotatedAttempt[] = []

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

  constructor(source: AccountSource) {
    this.#source = source
    this.#config = source.config
    this.isUsable = isOrdinaryWorth(source.config.limits)
    this.#canBeStrange = isStrangeWorth(source.config.limits)
  }

  /** @returns null when the day must be looked at in full */
  read(
    account: AccountId,
    userKey: string,
    day: number,
    profile: OrganisationProfile,
  ): OrdinaryDay | null {
    const { accounts, logs } = this.#source
    const rows = logs.get(day)?.rows
    if (!this.isUsable || rows === undefined) return null
    const record = accounts.record(account)
    if (!record.hasHistory) return null
    const lines: OrdinaryLine[] = []
    const successes: OrdinaryLine[] = []
    const failures: OrdinaryLine[] = []
    let hasSessions = false
    let hasStrange = false
    for (let ref = rows.first(account); ref !== 0; ref = rows.next(ref)) {
      const line = this.#lineOf(record, ref, rows.page(ref), rows.payloadAt(ref), day)
      if (line === null || lines.push(line) > LINES_MAX) return null
      hasSessions ||= line.hasSession
      hasStrange ||= line.isStrange
    }
    if (lines.length > 1) lines.sort(byTime)
    for (const line of lines) {
      if (line.code === SUCCESS_CODE) successes.push(line)
      else if (line.code === BAD_CREDENTIAL_CODE) failures.push(line)
    }
    if (successes.length === 0) return null
    if (!this.#isAlone(account, day, lines, hasSessions)) return null
    if (failures.length > 0 && !this.#isTyping(record, account, day, failures)) return null
    if (hasStrange && !this.#isPeaceful(account, day)) return null
    const counted = this.#countedOf(userKey, day, successes)
    const annotated = this.#annotatedOf(record, userKey, day, counted, failures, profile)
    const logins = this.#loginsOf(rows, userKey, day, counted)
    return { logins, annotated, ...lessonsOf(day, successes) }
  }

  /** What must be known of a line; null where it is not certainly ordinary. */
  #lineOf(
    record: LongTermRecord,
    ref: RowRef,
    page: Buffer,
    at: number,
    day: number,
  ): OrdinaryLine | null {
    const code = AttemptRow.attemptCode(page, at)
    const isSession =
      code === SESSION_START_CODE || code === SESSION_END_CODE || code === SESSION_MOVE_CODE
    const isFailure = code === BAD_CREDENTIAL_CODE
    if (code !== SUCCESS_CODE && !isFailure && !isSession) return null
    const counts = !AttemptRow.isNoLogin(page, at)
    if (isFailure && !counts) return null
    const { common, travel } = this.#config.limits
    const from = day - common.vouchDays
    const { places, origins } = this.#source.vocabulary
    const place = places.value(AttemptRow.placeId(page, at))
    const network = networkKeyOf(place.asn, place.country)
    // Learnt on the day before as well: travel judges both ends as of the earlier one's day.
    const learntDays = Math.max(1, travel.learntDays)
    if (record.daysOf(KIND.network, network, from, day - 2) < learntDays) return null
    const prefix = AttemptRow.prefixKey(page, at)
    const origin = origins.value(AttemptRow.originId(page, at))
    const device = AttemptRow.hasDevice(page, at) ? deviceTokenOf(page, at) : 0
    const msOfDay = AttemptRow.msOfDay(page, at)
    const hasSession = AttemptRow.hasSession(page, at) || code === SESSION_END_CODE
    let isStrange = false
    if (!isSession) {
      const { clientToken, gatewayToken, realmToken } = origin
      const isFamiliar =
        (clientToken === 0 || record.wasUsed(KIND.client, clientToken, from, day - 2)) &&
        (gatewayToken === 0 || record.wasUsed(KIND.gateway, gatewayToken, from, day - 2)) &&
        (realmToken === 0 || record.wasUsed(KIND.realm, realmToken, from, day - 2)) &&
        (device === 0 || record.wasUsed(KIND.device, device, from, day - 2))
      if (!isFamiliar) return null
      isStrange = !record.wasUsed(KIND.prefix, prefix, from, day - 2)
    }
    // Another source network of an operator that the user knows: nothing vouches for it, and nothing speaks against it.
    if (isStrange) {
      const isHarmless =
        this.#canBeStrange &&
        code === SUCCESS_CODE &&
        prefix !== 0 &&
        ACCESS.has(place.networkClass) &&
        !record.wasUsed(KIND.prefix, prefix, from, day - 1)
      if (!isHarmless) return null
    }
    return { ref, code, counts, msOfDay, network, prefix, origin, device, hasSession, isStrange }
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
      const { asn, country } = this.#source.vocabulary.places.value(AttemptRow.placeId(page, at))
      return networkKeyOf(asn, country) === first.network
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
    const isNoFailure = (page: Buffer, at: number): boolean => !AttemptRow.isFailure(page, at)
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
    holds: (page: Buffer, at: number, near: number) => boolean,
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
    userKey: string,
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
    record: LongTermRecord,
    userKey: string,
    day: number,
    counted: readonly OrdinaryLine[],
    failures: readonly OrdinaryLine[],
    profile: OrganisationProfile,
  ): readonly AnnotatedAttempt[] {
    if (failures.length === 0 && counted.every(({ isStrange }) => !isStrange)) return NONE
    return [...counted.filter(({ isStrange }) => isStrange), ...failures].map((line) =>
      this.#annotated(record, line, userKey, day, profile),
    )
  }

  /** Vouched logins, the first of each pane and address. */
  #loginsOf(
    rows: RowLog,
    userKey: string,
    day: number,
    counted: readonly OrdinaryLine[],
  ): OrdinaryDay['logins'] {
    const logins: OrdinaryDay['logins'][number][] = []
    for (const { ref, prefix, msOfDay, isStrange } of counted) {
      if (isStrange) continue
      const address = AttemptRow.address(rows.page(ref), rows.payloadAt(ref))
      const timestampMs = dayStartMs(day) + msOfDay
      const pane = Math.floor(timestampMs / PANE_MS)
      const isKnown =
        logins.length > 0 &&
        logins.some(
          ({ login }) =>
            login.address === address && Math.floor(login.timestampMs / PANE_MS) === pane,
        )
      if (!isKnown) logins.push({ prefix, login: { userKey, address, timestampMs } })
    }
    return logins
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

/** What the day's successes, in time order, teach. */
function lessonsOf(
  day: number,
  successes: readonly OrdinaryLine[],
): Pick<OrdinaryDay, 'keys' | 'count'> {
  const keys: number[][] = [[], [], [], [], [], []]
  let hours = 0
  let namesDevice = false
  for (const { network, prefix, origin, device, msOfDay } of successes) {
    // A network may have the key 0; of other kinds 0 says that there is none.
    add(keys[KIND.network] as number[], network)
    if (prefix !== 0) add(keys[KIND.prefix] as number[], prefix)
    if (device !== 0) add(keys[KIND.device] as number[], device)
    if (origin.clientToken !== 0) add(keys[KIND.client] as number[], origin.clientToken)
    if (origin.gatewayToken !== 0) add(keys[KIND.gateway] as number[], origin.gatewayToken)
    if (origin.realmToken !== 0) add(keys[KIND.realm] as number[], origin.realmToken)
    namesDevice ||= device !== 0
    hours |= 1 << Math.floor(msOfDay / HOUR_MS)
  }
  const firstMs = dayStartMs(day) + (successes[0] as OrdinaryLine).msOfDay
  return {
    keys: { keys, hours, namesDevice },
    count: { networks: keys[KIND.network] as number[], firstMs },
  }
}

/** A name too long to be read where it lies is a token that nobody knows, so that the day is looked at in full. */
function deviceTokenOf(page: Buffer, at: number): number {
  const deviceId = AttemptRow.deviceId(page, at)
  return deviceId === null ? -1 : tokenOf(deviceId)
}

function byTime(a: OrdinaryLine, b: OrdinaryLine): number {
  return a.msOfDay - b.msOfDay
}

function add(keys: number[], key: number): void {
  if (!keys.includes(key)) keys.push(key)
}
