import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, type DetectConfig, limitsOf } from '@sekisho/detect'
import fc from 'fast-check'
import { type AccountId, AccountTable } from './account-table.ts'
import { ByteSource } from './byte-source.ts'
import { keyHashOf } from './key-hash.ts'
import { type DayKeys, KINDS, networkKeyOf } from './long-term-record.ts'

fc.configureGlobal({ seed: 20_261_122 })

const room = { networksPerUser: 4, prefixesPerUser: 4, othersPerUser: 2 }
const config: DetectConfig = { ...DEFAULT_CONFIG, limits: limitsOf({ room }) }
const MOST = [4, 4, 2, 2, 2, 2]
const WINDOW_DAYS = config.limits.common.vouchDays
const FIRST_DAY = 20_514

/** What an account must remember, in plain sets. */
class Account {
  readonly days = new Set<number>()
  readonly uses: Map<number, Set<number>>[] = KINDS.map(() => new Map())
  hours = new Array<number>(24).fill(0)
  devicelessDay: number | null = null

  get lastDay(): number {
    return Math.max(...this.days)
  }

  fold(day: number, { keys, hours, namesDevice }: DayKeys): void {
    this.days.add(day)
    if (!namesDevice) this.devicelessDay = Math.max(day, this.devicelessDay ?? day)
    this.hours = this.hours.map((count, hour) => count + ((hours >>> hour) & 1))
    if (this.hours.some((count) => count >= 255)) this.hours = this.hours.map((n) => n >>> 1)
    keys.forEach((ofKind, kind) => {
      const uses = this.uses[kind] as Map<number, Set<number>>
      for (const key of ofKind) uses.set(key, (uses.get(key) ?? new Set()).add(day))
      this.#evict(uses, MOST[kind] as number)
    })
  }

  daysOf(kind: number, key: number, from: number, to: number): number {
    return [...(this.uses[kind]?.get(key) ?? [])].filter((day) => day >= from && day <= to).length
  }

  /** Most days within the window, then the latest, then the smallest key. */
  #evict(uses: Map<number, Set<number>>, most: number): void {
    const from = this.lastDay - WINDOW_DAYS
    const ranked = [...uses]
      .map(([key, days]) => ({ key, days: [...days].filter((day) => day >= from) }))
      .sort(
        (a, b) =>
          b.days.length - a.days.length ||
          Math.max(...b.days) - Math.max(...a.days) ||
          a.key - b.key,
      )
    for (const [i, { key, days }] of ranked.entries()) {
      if (i >= most || days.length === 0) uses.delete(key)
    }
  }
}

const keyOf = fc.oneof(
  fc.integer({ min: 1, max: 7 }),
  fc.integer({ min: 0, max: 3 }).map((n) => networkKeyOf(2 ** 32 - 1 - n, 'ZZ')),
  fc.integer({ min: 0, max: 3 }).map((n) => 2 ** 48 + n * 2 ** 33),
)
const dayKeys: fc.Arbitrary<DayKeys> = fc.record({
  keys: fc.tuple(...KINDS.map(() => fc.uniqueArray(keyOf, { maxLength: 3 }))),
  hours: fc.nat({ max: 2 ** 24 - 1 }),
  namesDevice: fc.boolean(),
})
const NAMES = ['aoki', 'berg', 'Ünal', '荒木', 'x'.repeat(300), '']
const step = fc.oneof({
  weight: 12,
  arbitrary: fc.record({
    name: fc.constantFrom(...NAMES),
    // Days go on, seldom by a lot, and now and then a late one comes.
    ahead: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 2 }) },
      { weight: 1, arbitrary: fc.integer({ min: 20, max: 130 }) },
      { weight: 2, arbitrary: fc.integer({ min: -4, max: -1 }) },
    ),
    added: fc.option(dayKeys, { freq: 20 }),
  }),
})

function expectAs(table: AccountTable, id: AccountId, account: Account): void {
  const record = table.record(id)
  expect(record.hasHistory).toBe(account.days.size > 0)
  if (account.days.size === 0) return
  const { lastDay } = account
  const from = lastDay - WINDOW_DAYS
  expect([record.firstDay, record.lastDay]).toEqual([Math.min(...account.days), lastDay])
  expect(record.hours).toEqual(account.hours)
  for (const to of [lastDay, lastDay - 1, lastDay - 40]) {
    const active = [...account.days].filter((day) => day >= from && day <= to)
    expect(record.activeDays(from, to)).toBe(active.length)
  }
  const { devicelessDay } = account
  expect(record.hasDevicelessDay(from, lastDay)).toBe(
    devicelessDay !== null && devicelessDay >= from,
  )
  account.uses.forEach((uses, kind) => {
    const told = new Map<number, number>()
    record.forEachKey(kind, from, lastDay, (key, days) => {
      told.set(key, days)
    })
    const expected = [...uses.keys()].map((key) => [key, account.daysOf(kind, key, from, lastDay)])
    expect([...told].sort()).toEqual(expected.filter(([, days]) => days !== 0).sort())
    for (const key of uses.keys()) {
      const days = account.daysOf(kind, key, from, lastDay - 2)
      expect(record.daysOf(kind, key, from, lastDay - 2)).toBe(days)
      expect(record.wasUsed(kind, key, from, lastDay - 2)).toBe(days > 0)
    }
    const keys = [...uses.keys()].slice(0, 2)
    const any = new Set(
      keys.flatMap((key) => [...(uses.get(key) ?? [])]).filter((day) => day >= from),
    )
    expect(record.daysOfAny(kind, keys, from, lastDay)).toBe(any.size)
  })
}

describe('the table of accounts', () => {
  test('remembers of each what sets of days would, also after a snapshot', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat({ max: 3 }), (steps, hashBits) => {
        // Few different hashes, so that names share a slot.
        const hashOf = (name: string) => keyHashOf(1, 2)(name) & ((1 << hashBits) - 1)
        const table = new AccountTable(hashOf)
        const model = new Map<string, Account>()
        let day = FIRST_DAY
        for (const { name, ahead, added } of steps) {
          const known = table.find(name)
          expect(known !== 0).toBe(model.has(name))
          if (added === null) {
            if (known !== 0) table.delete(known)
            model.delete(name)
            continue
          }
          day = Math.max(day, day + ahead)
          const id = table.require(name)
          const account = model.get(name) ?? new Account()
          model.set(name, account)
          table.fold(id, ahead < 0 ? day + ahead : day, added, config)
          account.fold(ahead < 0 ? day + ahead : day, added)
        }
        const restored = new AccountTable(hashOf)
        restored.restore(new ByteSource([...table.save()]))
        for (const each of [table, restored]) {
          expect([each.size, [...each.ids()].length]).toEqual([model.size, model.size])
          for (const [name, account] of model) {
            const id = each.find(name)
            expect(each.nameOf(id)).toBe(name)
            expectAs(each, id, account)
          }
        }
        expect([...restored.ids()]).toEqual([...table.ids()])
      }),
      { numRuns: 300 },
    )
  })

  const nothing: DayKeys = { keys: [[1], [], [], [], [], []], hours: 1, namesDevice: true }

  test('halves the hours when one has been counted 255 times', () => {
    const table = new AccountTable(keyHashOf(1, 2))
    const id = table.require('aoki')
    table.fold(id, FIRST_DAY, { ...nothing, hours: 0b11 }, config)
    for (let i = 1; i < 254; i++) table.fold(id, FIRST_DAY + i, nothing, config)
    expect(table.record(id).hours.slice(0, 3)).toEqual([254, 1, 0])
    table.fold(id, FIRST_DAY + 254, nothing, config)
    expect(table.record(id).hours.slice(0, 3)).toEqual([127, 0, 0])
  })

  test('knows the last day before a long silence', () => {
    const table = new AccountTable(keyHashOf(1, 2))
    const id = table.require('aoki')
    for (const ahead of [0, 2, 300]) table.fold(id, FIRST_DAY + ahead, nothing, config)
    const lastUpTo = (ahead: number) => table.record(id).lastDayUpTo(FIRST_DAY + ahead)
    expect([lastUpTo(300), lastUpTo(400)]).toEqual([FIRST_DAY + 300, FIRST_DAY + 300])
    expect([lastUpTo(299), lastUpTo(1)]).toEqual([FIRST_DAY + 2, null])
  })

  test('a success that must not teach makes a person all the same', () => {
    const table = new AccountTable(keyHashOf(1, 2))
    const id = table.require('aoki')
    expect([table.record(id).hasSucceeded, table.record(id).hasHistory]).toEqual([false, false])
    table.markSucceeded(id, FIRST_DAY)
    const record = table.record(id)
    expect([record.hasSucceeded, record.hasHistory, record.latestDay]).toEqual([
      true,
      false,
      FIRST_DAY,
    ])
  })

  test('thousands come and go, and their room is used again', () => {
    const table = new AccountTable(keyHashOf(1, 2))
    const wide = (n: number): DayKeys => ({
      ...nothing,
      keys: [[n], [n + 1, n + 2], [n + 3], [], [n + 4], []],
    })
    for (let i = 0; i < 16_000; i++)
      table.fold(table.require(`user${i}`), FIRST_DAY, wide(i), config)
    const before = table.byteLength
    for (let i = 0; i < 16_000; i += 2) table.delete(table.find(`user${i}`))
    table.compact()
    expect(table.byteLength).toBeLessThan(before)
    for (let i = 0; i < 16_000; i++) expect(table.find(`user${i}`) !== 0).toBe(i % 2 === 1)
    for (let i = 0; i < 16_000; i += 2)
      table.fold(table.require(`user${i}`), FIRST_DAY, wide(i), config)
    expect([table.size, table.byteLength <= before]).toEqual([16_000, true])
    for (const i of [0, 1, 8000, 8001, 15_998, 15_999]) {
      const record = table.record(table.find(`user${i}`))
      expect([record.name, record.wasUsed(0, i, FIRST_DAY, FIRST_DAY)]).toEqual([`user${i}`, true])
    }
  })
})
