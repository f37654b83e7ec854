import { describe, expect, test } from '@jest/globals'
import type { LoggedEvent } from '@sekisho/event'
import { LineParser } from '@sekisho/ingest'
import { SWITCHES, simulate } from '../simulate.ts'
import { BENIGN_PROCESSES } from './processes.ts'

interface Read {
  readonly process: string | null
  readonly event: LoggedEvent
}

const done = new Map<string, Read[]>()

/** What is read of a world in which only some processes happen, and no attack. */
function readWithOnly(world: string, on: readonly string[]): Read[] {
  const key = JSON.stringify([world, on])
  const reads = done.get(key) ?? readOf(world, on)
  done.set(key, reads)
  return reads
}

function readOf(world: string, on: readonly string[]): Read[] {
  const without = SWITCHES.filter((name) => !on.includes(name))
  const options = { seed: 3, users: 500, days: 16, learningDays: 0, attacks: [], without }
  const parser = new LineParser({ timezone: 'UTC' })
  return Array.from(simulate(world, options).lines, ({ text, process }) => {
    const bytes = Buffer.from(text)
    const parsed = parser.parse(bytes, 0, bytes.length)
    if (parsed.kind !== 'event') throw new Error(text)
    return { process, event: { ...parsed.event } }
  })
}

const attempts = (reads: readonly Read[], attempt: string): number =>
  reads.filter(({ event }) => event.attempt === attempt && event.decides === 'yes').length

const plain = readWithOnly('agency', [])

test('the plain world is logins from home and nothing else', () => {
  expect(new Set(plain.map(({ process }) => process))).toEqual(new Set(['work']))
  expect(attempts(plain, 'success')).toBeGreaterThan(1000)
  expect(attempts(plain, 'bad_credential')).toBe(0)
})

/** Processes whose lines bear their name, and what they build on. */
const NAMED: readonly (readonly [string, readonly string[]])[] = [
  ['shared-account', []],
  ['office-nat', []],
  ['commute', ['office-nat']],
  ['night-work', []],
  ['mobile-carrier', []],
  ['air-travel', []],
  ['roaming', ['mobile-carrier', 'air-travel']],
  ['in-flight', ['air-travel']],
  ['event-site', []],
  ['web-gateway', []],
  ['commercial-vpn', []],
  ['address-families', []],
  ['service-account', []],
  ['monitoring-probe', []],
  ['internet-noise', []],
  ['administration', []],
]

describe('processes whose lines bear their name', () => {
  test.each(NAMED)('%s', (name, needs) => {
    const without = new Set(readWithOnly('agency', needs).map(({ process }) => process))
    const names = new Set(readWithOnly('agency', [...needs, name]).map(({ process }) => process))
    expect(without.has(name)).toBe(false)
    expect(names.has(name)).toBe(true)
  })

  test('carrier-wrong-country, where the tables make that mistake', () => {
    const names = readWithOnly('exporter', ['mobile-carrier', 'carrier-wrong-country'])
    const without = readWithOnly('exporter', ['mobile-carrier'])
    expect(names.some(({ process }) => process === 'carrier-wrong-country')).toBe(true)
    expect(without.some(({ process }) => process === 'carrier-wrong-country')).toBe(false)
  })
})

describe('processes that add failures', () => {
  test.each([
    ['typos', 'bad_credential'],
    ['factor-slips', 'mfa_denied'],
    ['lockout', 'bad_credential'],
    ['help-desk-reset', 'bad_credential'],
  ])('%s', (name, attempt) => {
    expect(attempts(readWithOnly('agency', [name]), attempt)).toBeGreaterThan(0)
    expect(attempts(plain, attempt)).toBe(0)
  })

  test('stale-password needs phones', () => {
    const reads = readWithOnly('agency', ['stale-password', 'mobile-carrier'])
    const perUser = Map.groupBy(
      reads.filter(({ event }) => event.attempt === 'bad_credential'),
      ({ event }) => event.userKey,
    )
    expect(Math.max(...[...perUser.values()].map(({ length }) => length))).toBeGreaterThan(20)
  })

  test('expiry-morning: most of one site on one day', () => {
    const reads = readWithOnly('workshop', ['expiry-morning'])
    const days = reads
      .filter(({ event }) => event.attempt === 'expired_password')
      .map(({ event }) => new Date(event.timestampMs).toISOString().slice(0, 10))
    expect(days.length).toBeGreaterThan(100)
    expect(new Set(days).size).toBeLessThanOrEqual(2)
  })
})

test('long-leave takes logins away', () => {
  expect(attempts(readWithOnly('agency', ['long-leave']), 'success')).toBeLessThan(
    attempts(plain, 'success'),
  )
})

test('session-roaming moves sessions', () => {
  const moves = (on: string[]): number =>
    readWithOnly('university', on).filter(({ event }) => event.attempt === 'session_move').length
  expect(moves(['session-roaming'])).toBeGreaterThan(0)
  expect(moves([])).toBe(0)
})

test('client-upgrade brings a second version to everybody', () => {
  const versions = (on: string[]): number =>
    new Set(
      readWithOnly('university', on)
        .map(({ event }) => event.userAgent)
        .filter((agent) => agent !== ''),
    ).size
  expect(versions([])).toBe(1)
  expect(versions(['client-upgrade'])).toBe(2)
})

test('every process is tested here or with the people', () => {
  const elsewhere = ['dhcp-churn', 'joiner', 'leaver', 'merger', 'database-update']
  const alone = ['typos', 'factor-slips', 'lockout', 'help-desk-reset', 'expiry-morning']
  const more = ['stale-password', 'long-leave', 'session-roaming', 'client-upgrade']
  const here = [...NAMED.map(([name]) => name), 'carrier-wrong-country', ...alone, ...more]
  expect([...here, ...elsewhere].sort()).toEqual([...BENIGN_PROCESSES].sort())
})
