import type { DetectConfig } from '@sekisho/detect'
import { type BytePage, newBytePage } from './byte-page.ts'
import type { ByteWriter } from './bytes.ts'
import { BIT_DAYS, DAY_WORDS, DayBits } from './day-bits.ts'
import type { Regulars } from './regulars.ts'

/** What long-term state remembers of a user, each with the days on which it was used. */
export const KINDS = ['network', 'prefix', 'device', 'client', 'gateway', 'realm'] as const
export type Kind = (typeof KINDS)[number]

/** Number of a kind, as entries are ordered. */
export const KIND: Readonly<Record<Kind, number>> = {
  network: 0,
  prefix: 1,
  device: 2,
  client: 3,
  gateway: 4,
  realm: 5,
}

/** What one day adds: keys of each kind, the hours (UTC) of its logins as bits, and whether any login named a device. */
export interface DayKeys {
  readonly keys: readonly (readonly number[])[]
  readonly hours: number
  readonly namesDevice: boolean
}

/** Where the days of a key stand in a record, until the record changes; negative when it does not have the key. */
export type KeyEntry = number

/** No day. */
const NO_DAY = -0x80000000
const HOURS = 24
/** A count of an hour that halves all of them. */
const HOUR_COUNT_MAX = 255
const NO_AGE = 255

/** Where the bytes of a record's head stand. */
const USED_AT = 0
const NAME_LENGTH_AT = 2
const COUNTS_AT = 12
const DEVICELESS_AT = 18
const FLAGS_AT = 19
const NAME_AT = 24
/** Where its words stand: first and last day, and the last day before all that the bits tell, for who came back late. */
const FIRST_DAY_WORD = 1
const LAST_DAY_WORD = 2
const OLDER_DAY_WORD = 5
/** Somebody has succeeded under the name, whether that taught anything or not. */
const SUCCEEDED = 1

/** After the name: the days, then a byte for each hour, then the entries: a key in two words and its days. */
const HOUR_WORDS = HOURS / 4
const KEY_WORDS = 2
const ENTRY_WORDS = KEY_WORDS + DAY_WORDS

/** The key of a network: its number and country. 0 for neither. */
export function networkKeyOf(asn: number, country: string): number {
  const letters =
    country.length === 2
      ? country.charCodeAt(0) * 256 + country.charCodeAt(1)
      : country === ''
        ? 0
        : 1
  return asn * 65_536 + letters
}

/** The network number in a network's key. */
export function asnOfKey(key: number): number {
  return Math.floor(key / 65_536)
}

/** The country in a network's key. */
export function countryOfKey(key: number): string {
  const letters = key % 65_536
  return letters < 256 ? '' : String.fromCharCode(letters >>> 8, letters & 255)
}

/** What a record lies over before it is laid over anything. */
const NOWHERE = newBytePage(NAME_AT)

/**
 * The bytes of one account: its name, and once it has succeeded its first and last day, its days, hours, networks, source
 * networks, devices, clients, gateways and realms. A flyweight that is laid over the bytes.
 */
export class LongTermRecord {
  #bytes: Buffer = NOWHERE.bytes
  #words: Int32Array = NOWHERE.words
  #at = 0
  /** Index of the head's first word, and of the word after the name. */
  #head = 0
  #body = 0

  /** @param at where the record begins, a multiple of 4 */
  lay({ bytes, words }: BytePage, at: number): this {
    this.#bytes = bytes
    this.#words = words
    this.#at = at
    this.#head = at >>> 2
    this.#body = this.#head + bodyWordOf(this.#nameLength)
    return this
  }

  /** Bytes of the record. */
  get used(): number {
    return (this.#bytes[this.#at] as number) | ((this.#bytes[this.#at + 1] as number) << 8)
  }

  get name(): string {
    const start = this.#at + NAME_AT
    return this.#bytes.toString('utf8', start, start + this.#nameLength)
  }

  /** Writes the name as `ByteWriter.text` does. */
  writeName(writer: ByteWriter): void {
    const length = this.#nameLength
    const start = this.#at + NAME_AT
    writer.varint(length)
    for (let i = 0; i < length; i++) writer.u8(this.#bytes[start + i] as number)
  }

  /** Compares the name without making a text of it where it is plain. */
  hasName(name: string): boolean {
    const length = this.#nameLength
    if (name.length > length) return false
    if (name.length < length) return this.name === name
    const start = this.#at + NAME_AT
    for (let i = 0; i < length; i++) {
      const code = name.charCodeAt(i)
      if (code > 127) return this.name === name
      if (this.#bytes[start + i] !== code) return false
    }
    return true
  }

  /** Somebody has succeeded under this name on a complete day: it is a person's. */
  get hasSucceeded(): boolean {
    return ((this.#bytes[this.#at + FLAGS_AT] as number) & SUCCEEDED) !== 0
  }

  /** Notes a success on a complete day. */
  markSucceeded(day: number): void {
    const at = this.#at + FLAGS_AT
    this.#bytes[at] = (this.#bytes[at] as number) | SUCCEEDED
    if (!this.hasHistory) this.#words[this.#head + OLDER_DAY_WORD] = day
  }

  /** The last day with a success, whether it taught anything or not; no day is less than any. */
  get latestDay(): number {
    return this.hasHistory ? this.lastDay : this.#olderDay
  }

  /** True once a success has been folded. */
  get hasHistory(): boolean {
    return this.lastDay !== NO_DAY
  }

  get firstDay(): number {
    return this.#words[this.#head + FIRST_DAY_WORD] as number
  }

  get lastDay(): number {
    return this.#words[this.#head + LAST_DAY_WORD] as number
  }

  /** The last day up to `to` with a success, or null. */
  lastDayUpTo(to: number): number | null {
    if (!this.hasHistory) return null
    const { lastDay } = this
    if (lastDay <= to) return lastDay
    for (let age = lastDay - to; age < BIT_DAYS; age++) {
      if (DayBits.hasAny(this.#words, this.#body, age, age)) return lastDay - age
    }
    const older = this.#olderDay
    return older !== NO_DAY && older <= to ? older : null
  }

  /** Days from `from` to `to` with a success. */
  activeDays(from: number, to: number): number {
    return this.hasHistory ? this.#count(this.#body, from, to) : 0
  }

  /** Days from `from` to `to` on which a key was used. */
  daysOf(kind: number, key: number, from: number, to: number): number {
    return this.entryDays(this.entryOf(kind, key), from, to)
  }

  /** A key was used on a day from `from` to `to`. */
  wasUsed(kind: number, key: number, from: number, to: number): boolean {
    return this.wasEntryUsed(this.entryOf(kind, key), from, to)
  }

  entryDays(entry: KeyEntry, from: number, to: number): number {
    return entry < 0 ? 0 : this.#count(entry + KEY_WORDS, from, to)
  }

  wasEntryUsed(entry: KeyEntry, from: number, to: number): boolean {
    if (entry < 0) return false
    const { lastDay } = this
    return DayBits.hasAny(this.#words, entry + KEY_WORDS, lastDay - to, lastDay - from)
  }

  /** Every key of a kind that was used on a day from `from` to `to`, with the number of those days. */
  forEachKey(
    kind: number,
    from: number,
    to: number,
    use: (key: number, days: number) => void,
  ): void {
    const end = this.#entriesAt(kind + 1)
    for (let entry = this.#entriesAt(kind); entry < end; entry += ENTRY_WORDS) {
      const days = this.#count(entry + KEY_WORDS, from, to)
      if (days > 0) use(this.#keyAt(entry), days)
    }
  }

  /**
   * Adds to sums every key of a kind that was used on a day from `from` to `to`, and adds 1 to those that were on at
   * least `regularDays` days from `recentFrom` on. `forEachKey` for who asks of every account.
   */
  addRegulars(
    sums: Regulars,
    kind: number,
    from: number,
    recentFrom: number,
    to: number,
    regularDays: number,
  ): void {
    const { lastDay } = this
    if (lastDay < from) return
    const end = this.#entriesAt(kind + 1)
    for (let entry = this.#entriesAt(kind); entry < end; entry += ENTRY_WORDS) {
      const days = entry + KEY_WORDS
      if (!DayBits.hasAny(this.#words, days, lastDay - to, lastDay - from)) continue
      const recent = DayBits.count(this.#words, days, lastDay - to, lastDay - recentFrom)
      sums.add(this.#keyAt(entry), recent >= regularDays ? 1 : 0)
    }
  }

  /** Days from `from` to `to` on which any of some keys was used. */
  daysOfAny(kind: number, keys: readonly number[], from: number, to: number): number {
    const union = new Int32Array(DAY_WORDS)
    for (const key of keys) {
      const entry = this.entryOf(kind, key)
      for (let i = 0; entry >= 0 && i < DAY_WORDS; i++) {
        union[i] = (union[i] as number) | (this.#words[entry + KEY_WORDS + i] as number)
      }
    }
    return DayBits.count(union, 0, this.lastDay - to, this.lastDay - from)
  }

  /** Logins of each hour of the UTC day. */
  get hours(): number[] {
    if (!this.hasHistory) return new Array<number>(HOURS).fill(0)
    return [...this.#bytes.subarray(this.#hoursAt, this.#hoursAt + HOURS)]
  }

  /** A day from `from` to `to` had logins but none that named a device. */
  hasDevicelessDay(from: number, to: number): boolean {
    const age = this.#bytes[this.#at + DEVICELESS_AT] as number
    return age !== NO_AGE && this.lastDay - age >= from && this.lastDay - age <= to
  }

  /**
   * Adds a day in place. @returns false when a key is new, so that the record must be made anew (`folded`)
   */
  foldInPlace(day: number, { keys, hours, namesDevice }: DayKeys): boolean {
    if (!this.hasHistory || day < this.lastDay) return false
    const entries = keys.flatMap((each, kind) => each.map((key) => this.entryOf(kind, key)))
    if (entries.some((entry) => entry < 0)) return false
    this.foldEntries(day, entries, entries.length, hours, namesDevice)
    return true
  }

  /**
   * Adds a day that is no earlier than the last one, on which only keys were used that the record has.
   *
   * @param entries of which the first `count` count, and the negative ones do not
   */
  foldEntries(
    day: number,
    entries: ArrayLike<KeyEntry>,
    count: number,
    hours: number,
    namesDevice: boolean,
  ): void {
    this.#age(day)
    DayBits.set(this.#words, this.#body, 0)
    for (let i = 0; i < count; i++) {
      const entry = entries[i] as KeyEntry
      if (entry >= 0) DayBits.set(this.#words, entry + KEY_WORDS, 0)
    }
    this.#countHours(hours)
    if (!namesDevice) this.#bytes[this.#at + DEVICELESS_AT] = 0
  }

  /** Adds a day. @returns the bytes of the new record */
  folded(day: number, added: DayKeys, { limits }: DetectConfig): Uint8Array {
    const isLate = this.hasHistory && day < this.lastDay
    const lastDay = isLate ? this.lastDay : day
    const shift = this.hasHistory ? lastDay - this.lastDay : 0
    const age = lastDay - day
    const most = [
      limits.room.networksPerUser,
      limits.room.prefixesPerUser,
      ...KINDS.slice(2).map(() => limits.room.othersPerUser),
    ]
    const windowDays = limits.common.vouchDays
    const kinds = KINDS.map((_, kind) => {
      const entries = this.#entriesOf(kind, shift)
      for (const key of added.keys[kind] as readonly number[]) addDay(entries, key, age)
      return strongestOf(entries, most[kind] as number, windowDays)
    })
    return this.#written(day, lastDay, shift, age, added, kinds)
  }

  /** The bytes of an account that never succeeded. */
  static ofName(name: string): Uint8Array {
    const text = Buffer.from(name, 'utf8')
    const { bytes, words } = newBytePage(4 * bodyWordOf(text.length))
    bytes.writeUInt16LE(bytes.length, USED_AT)
    bytes.writeUInt16LE(text.length, NAME_LENGTH_AT)
    for (const word of [FIRST_DAY_WORD, LAST_DAY_WORD, OLDER_DAY_WORD]) words[word] = NO_DAY
    bytes[DEVICELESS_AT] = NO_AGE
    bytes.set(text, NAME_AT)
    return bytes
  }

  #written(
    day: number,
    lastDay: number,
    shift: number,
    age: number,
    added: DayKeys,
    kinds: readonly (readonly Entry[])[],
  ): Uint8Array {
    const entries = kinds.flat()
    const body = bodyWordOf(this.#nameLength)
    const entriesAt = body + DAY_WORDS + HOUR_WORDS
    const page = newBytePage(4 * (entriesAt + entries.length * ENTRY_WORDS))
    const { bytes, words } = page
    words.set(this.#words.subarray(this.#head, this.#body))
    bytes.writeUInt16LE(bytes.length, USED_AT)
    words[FIRST_DAY_WORD] = this.hasHistory ? Math.min(this.firstDay, day) : day
    words[LAST_DAY_WORD] = lastDay
    if (this.hasHistory) {
      words.set(this.#words.subarray(this.#body, this.#body + DAY_WORDS + HOUR_WORDS), body)
      DayBits.shift(words, body, shift)
      if (shift >= BIT_DAYS) words[OLDER_DAY_WORD] = this.lastDay
    } else words[OLDER_DAY_WORD] = NO_DAY
    DayBits.set(words, body, age)
    kinds.forEach((members, kind) => {
      bytes[COUNTS_AT + kind] = members.length
    })
    entries.forEach(({ key, days }, i) => {
      const at = entriesAt + i * ENTRY_WORDS
      words[at] = key >>> 0
      words[at + 1] = Math.floor(key / 4294967296)
      words.set(days, at + KEY_WORDS)
    })
    const written = new LongTermRecord().lay(page, 0)
    written.#ageDeviceless(shift)
    written.#countHours(added.hours)
    if (!added.namesDevice) written.#addDeviceless(age)
    return bytes
  }

  /** Makes everything older, up to a new last day. */
  #age(day: number): void {
    const days = day - this.lastDay
    if (days === 0) return
    DayBits.shift(this.#words, this.#body, days)
    const end = this.#entriesAt(KINDS.length)
    for (let entry = this.#entriesAt(0); entry < end; entry += ENTRY_WORDS) {
      DayBits.shift(this.#words, entry + KEY_WORDS, days)
    }
    this.#ageDeviceless(days)
    if (days >= BIT_DAYS) this.#words[this.#head + OLDER_DAY_WORD] = this.lastDay
    this.#words[this.#head + LAST_DAY_WORD] = day
  }

  #ageDeviceless(days: number): void {
    const age = this.#bytes[this.#at + DEVICELESS_AT] as number
    if (age === NO_AGE) return
    this.#bytes[this.#at + DEVICELESS_AT] = age + days < BIT_DAYS ? age + days : NO_AGE
  }

  #addDeviceless(age: number): void {
    const known = this.#bytes[this.#at + DEVICELESS_AT] as number
    if (age < known && age < BIT_DAYS) this.#bytes[this.#at + DEVICELESS_AT] = age
  }

  #countHours(hours: number): void {
    const at = this.#hoursAt
    const bytes = this.#bytes
    let isFull = false
    for (let rest = hours; rest !== 0; rest &= rest - 1) {
      const hour = at + 31 - Math.clz32(rest & -rest)
      bytes[hour] = (bytes[hour] as number) + 1
      isFull ||= bytes[hour] === HOUR_COUNT_MAX
    }
    if (!isFull) return
    for (let hour = at; hour < at + HOURS; hour++) bytes[hour] = (bytes[hour] as number) >>> 1
  }

  get #olderDay(): number {
    return this.#words[this.#head + OLDER_DAY_WORD] as number
  }

  get #nameLength(): number {
    const at = this.#at + NAME_LENGTH_AT
    return (this.#bytes[at] as number) | ((this.#bytes[at + 1] as number) << 8)
  }

  get #hoursAt(): number {
    return 4 * (this.#body + DAY_WORDS)
  }

  #count(at: number, from: number, to: number): number {
    const { lastDay } = this
    return DayBits.count(this.#words, at, lastDay - to, lastDay - from)
  }

  #entriesAt(kind: number): number {
    let entries = 0
    for (let before = 0; before < kind; before++) {
      entries += this.#bytes[this.#at + COUNTS_AT + before] as number
    }
    return this.#body + DAY_WORDS + HOUR_WORDS + entries * ENTRY_WORDS
  }

  #keyAt(entry: number): number {
    const low = (this.#words[entry] as number) >>> 0
    return low + (this.#words[entry + 1] as number) * 4294967296
  }

  entryOf(kind: number, key: number): KeyEntry {
    const count = this.#bytes[this.#at + COUNTS_AT + kind] as number
    if (count === 0) return -1
    const low = (key % 4294967296) | 0
    const high = Math.floor(key / 4294967296)
    const start = this.#entriesAt(kind)
    for (let entry = start; entry < start + count * ENTRY_WORDS; entry += ENTRY_WORDS) {
      if (this.#words[entry] === low && this.#words[entry + 1] === high) return entry
    }
    return -1
  }

  #entriesOf(kind: number, shift: number): Entry[] {
    const entries: Entry[] = []
    const end = this.#entriesAt(kind + 1)
    for (let at = this.#entriesAt(kind); at < end; at += ENTRY_WORDS) {
      const days = this.#words.slice(at + KEY_WORDS, at + ENTRY_WORDS)
      DayBits.shift(days, 0, shift)
      entries.push({ key: this.#keyAt(at), days })
    }
    return entries
  }
}

/** Word after a name of so many bytes. */
function bodyWordOf(nameLength: number): number {
  return (NAME_AT + nameLength + 3) >>> 2
}

interface Entry {
  readonly key: number
  readonly days: Int32Array
}

function addDay(entries: Entry[], key: number, age: number): void {
  let entry = entries.find((known) => known.key === key)
  if (entry === undefined) {
    entry = { key, days: new Int32Array(DAY_WORDS) }
    entries.push(entry)
  }
  DayBits.set(entry.days, 0, age)
}

/** The most active entries: most days, then the latest, then the smallest key; unused ones go. */
function strongestOf(entries: readonly Entry[], most: number, windowDays: number): Entry[] {
  const ranked = entries.map((entry) => ({
    entry,
    days: DayBits.count(entry.days, 0, 0, windowDays),
    age: DayBits.latestAge(entry.days, 0),
  }))
  const used = ranked.filter(({ days }) => days > 0)
  if (used.length > most) {
    used.sort((a, b) => b.days - a.days || a.age - b.age || a.entry.key - b.entry.key)
    used.length = most
  }
  return used.map(({ entry }) => entry)
}
