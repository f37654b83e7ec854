import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { ipv4TextOf, ipv4ValueOf, ipv6GroupsOf, ipv6TextOf } from '@sekisho/event'
import fc from 'fast-check'
import { type CityResponse, Reader } from 'maxmind'
import { openTables } from './open-tables.ts'
import { asnRowsIn } from './sources/asn-csv.ts'
import { findDatabaseFiles } from './sources/packages.ts'
import type { PlaceDatabase } from './tables/location-tables.ts'
import { type Witness, witnessAt } from './tables/place-table.ts'
import { idOfIpv4 } from './tables/range-table-v4.ts'
import { idOfIpv6 } from './tables/range-table-v6.ts'

// The tables against the databases' own readers, which share no code with them.

const files = findDatabaseFiles()
const { tables } = openTables({})
const { fresh, old, networks, texts } = tables

const highOf = (groups: readonly number[]): number =>
  (groups[0] as number) * 65_536 + (groups[1] as number)
const lowOf = (groups: readonly number[]): number =>
  (groups[2] as number) * 65_536 + (groups[3] as number)

function witnessOf({ v4, v6, places }: PlaceDatabase, address: string): Witness | null {
  const value = ipv4ValueOf(address)
  const groups = value < 0 ? (ipv6GroupsOf(address) as number[]) : []
  const id = value < 0 ? idOfIpv6(v6, highOf(groups), lowOf(groups)) : idOfIpv4(v4, value)
  return witnessAt(places, texts, id)
}

/** Random addresses, and the edges of ranges that the tables have: first, last, and the one before. */
const randomV4 = fc.sample(fc.integer({ min: 1, max: 0xdfffffff }), { numRuns: 3000, seed: 5 })
const edgesV4 = (starts: Uint32Array): number[] =>
  fc
    .sample(fc.integer({ min: 1, max: starts.length - 1 }), { numRuns: 1000, seed: 6 })
    .map((i) => starts[i] as number)
    .flatMap((start) => [start, start - 1])

/** Random hosts in networks that the IPv6 table knows, so that most of them are found. */
function addressesV6(): string[] {
  const { groups, offsets, lows } = fresh.v6
  const group = fc.nat(groups.length - 1)
  const word = fc.integer({ min: 0, max: 0xffff })
  const host = fc.tuple(word, word, word, word)
  return fc.sample(fc.tuple(group, fc.nat(), host), { numRuns: 3000, seed: 7 }).map((drawn) => {
    const [at, range, words] = drawn
    const from = offsets[at] as number
    const low = lows[from + (range % ((offsets[at + 1] as number) - from))] as number
    const high = groups[at] as number
    return ipv6TextOf([high >>> 16, high & 0xffff, low >>> 16, low & 0xffff, ...words])
  })
}

interface DbipRecord {
  readonly country_code: string
  readonly city: string
  readonly latitude: number
  readonly longitude: number
}

function expectDbip(path: string, addresses: readonly string[]): void {
  const reader = new Reader<CityResponse>(readFileSync(path))
  let found = 0
  for (const address of addresses) {
    const record = reader.get(address) as unknown as DbipRecord | null
    const place = witnessOf(fresh, address)
    if (record === null) {
      expect([address, place]).toEqual([address, null])
      continue
    }
    found++
    expect([address, place?.country, place?.city]).toEqual([
      address,
      record.country_code,
      record.city,
    ])
    expect(Math.abs((place?.latitude ?? 999) - record.latitude)).toBeLessThanOrEqual(0.0051)
    expect(Math.abs((place?.longitude ?? 999) - record.longitude)).toBeLessThanOrEqual(0.0051)
  }
  expect(found).toBeGreaterThan(addresses.length / 2)
}

describe('DB-IP, by the reader of maxmind', () => {
  test('IPv4', () => {
    expectDbip(files.dbipV4, [...randomV4, ...edgesV4(fresh.v4.starts)].map(ipv4TextOf))
  })

  test('IPv6', () => {
    // The reader sees 128 bits and the table 64, so hosts of one network must agree with its first one.
    const reader = new Reader<CityResponse>(readFileSync(files.dbipV6))
    const whole = addressesV6().filter((address) => reader.getWithPrefixLength(address)[1] <= 64)
    expect(whole.length).toBeGreaterThan(2500)
    expectDbip(files.dbipV6, whole)
  })
})

const geoipLite = createRequire(import.meta.url)('geoip-lite') as {
  lookup(address: string): {
    readonly country: string
    readonly city: string
    readonly area: number
    readonly ll: readonly [latitude: number, longitude: number]
  } | null
}

function expectGeoipLite(addresses: readonly string[]): void {
  let found = 0
  for (const address of addresses) {
    const record = geoipLite.lookup(address)
    const place = witnessOf(old, address)
    if (record === null || record.country === '') {
      expect([address, place]).toEqual([address, null])
      continue
    }
    found++
    expect([address, place?.country, place?.city, place?.radiusKm]).toEqual([
      address,
      record.country,
      record.city,
      record.area,
    ])
    expect(Math.abs((place?.latitude ?? 999) - record.ll[0])).toBeLessThanOrEqual(0.0051)
    expect(Math.abs((place?.longitude ?? 999) - record.ll[1])).toBeLessThanOrEqual(0.0051)
  }
  expect(found).toBeGreaterThan(addresses.length / 2)
}

describe('GeoLite, by geoip-lite itself', () => {
  test('IPv4', () => {
    const isPrivate = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./
    const values = [...randomV4, ...edgesV4(old.v4.starts)]
    expectGeoipLite(values.map(ipv4TextOf).filter((address) => !isPrivate.test(address)))
  })

  test('IPv6', () => {
    // Networks that geoip-lite splits further are damaged in its file; in the others both must agree.
    const known = addressesV6().filter((address) => witnessOf(old, address) !== null)
    expect(known.length).toBeGreaterThan(1000)
    expectGeoipLite(known)
  })
})

describe('network numbers, by a scan of the CSV', () => {
  const numberAt = (id: number): number => networks.numbers[id] as number

  test('IPv4', () => {
    const wanted = [...randomV4.slice(0, 2000), ...edgesV4(networks.v4.starts)].sort(
      (a, b) => a - b,
    )
    const expected = new Map<number, number>()
    let at = 0
    for (const { start, end, asn } of asnRowsIn(files.asnV4)) {
      while (at < wanted.length && (wanted[at] as number) < Number(start)) at++
      while (at < wanted.length && (wanted[at] as number) <= Number(end)) {
        expected.set(wanted[at++] as number, asn)
      }
    }
    for (const value of wanted) {
      const found = numberAt(idOfIpv4(networks.v4, value))
      expect([ipv4TextOf(value), found]).toEqual([ipv4TextOf(value), expected.get(value) ?? 0])
    }
    expect(expected.size).toBeGreaterThan(2000)
  })

  test('IPv6', () => {
    const rows = [...asnRowsIn(files.asnV6)]
    for (const i of fc.sample(fc.nat(rows.length - 1), { numRuns: 1500, seed: 9 })) {
      const { start, end, asn } = rows[i] as (typeof rows)[number]
      const before = rows[i - 1]
      for (const upper of [BigInt(start) >> 64n, BigInt(end) >> 64n]) {
        // A network of /64 that two rows share belongs to the first of them.
        const isShared = before !== undefined && BigInt(before.end) >> 64n === upper
        const id = idOfIpv6(networks.v6, Number(upper >> 32n), Number(upper & 0xffffffffn))
        if (!isShared) expect([i, upper, numberAt(id)]).toEqual([i, upper, asn])
      }
    }
  })
})
