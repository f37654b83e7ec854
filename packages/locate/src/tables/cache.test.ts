import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { cachedTables } from './cache.ts'
import { encodeImage } from './image.ts'
import type { CompiledTables, LocationTables } from './location-tables.ts'
import { PlaceBuilder, witnessAt } from './place-table.ts'
import { RangeBuilderV4 } from './range-table-v4.ts'
import { RangeBuilderV6 } from './range-table-v6.ts'
import { TextBuilder } from './text-table.ts'

const root = mkdtempSync(join(tmpdir(), 'sekisho-cache-test-'))
afterAll(() => rmSync(root, { recursive: true }))

let folder = ''
let compiled = 0
const compile = () => {
  compiled++
  return smallTables('Osaka')
}
const cityOf = ({ tables }: ReturnType<typeof cachedTables>): string | undefined =>
  witnessAt(tables.fresh.places, tables.texts, 1)?.city

beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'))
  compiled = 0
})

describe('cachedTables', () => {
  test('compiles once, then reads what it kept', () => {
    const first = cachedTables([folder], 'edition 1', compile)
    const second = cachedTables([folder], 'edition 1', compile)
    expect(compiled).toBe(1)
    expect(first.path).toBe(join(folder, 'locate.tables'))
    expect(second.path).toBe(first.path)
    expect(second.version).toBe('small 2026-11')
    expect(second.tables).toEqual(first.tables)
    expect(witnessAt(second.tables.fresh.places, second.tables.texts, 1)).toEqual({
      country: 'JP',
      city: 'Osaka',
      latitude: 34.69,
      longitude: -135.5,
      radiusKm: 20,
    })
  })

  test('leaves nothing but the file', () => {
    cachedTables([folder], 'edition 1', compile)
    expect(readdirSync(folder)).toEqual(['locate.tables'])
  })

  test('rebuilds for databases of another edition', () => {
    cachedTables([folder], 'edition 1', compile)
    cachedTables([folder], 'edition 2', compile)
    expect(compiled).toBe(2)
    expect(cachedTables([folder], 'edition 2', compile).version).toBe('small 2026-11')
    expect(compiled).toBe(2)
  })

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['cut off in its first words', (bytes) => bytes.subarray(0, 7)],
    ['cut off in the middle', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['longer than it was', (bytes) => Buffer.concat([bytes, Buffer.alloc(8)])],
    ['another kind of file', () => Buffer.from('not the tables at all, and long enough')],
    ['of another byte order', (bytes) => Buffer.from(bytes).swap32()],
    ['of a later format', (bytes) => changed(bytes, 4)],
    ['changed in its header', (bytes) => changed(bytes, 20)],
    ['changed in its last byte', (bytes) => changed(bytes, bytes.length - 1)],
  ])('rebuilds a file that is %s', (_name, damage) => {
    const { path } = cachedTables([folder], 'edition 1', compile)
    writeFileSync(path, damage(readFileSync(path)))
    const rebuilt = cachedTables([folder], 'edition 1', compile)
    expect(compiled).toBe(2)
    expect(cityOf(rebuilt)).toBe('Osaka')
    expect(cityOf(cachedTables([folder], 'edition 1', compile))).toBe('Osaka')
    expect(compiled).toBe(2)
  })

  test('goes to the second folder where the first cannot be written', () => {
    const blocked = join(folder, 'file')
    writeFileSync(blocked, '')
    const second = join(folder, 'second', 'deep')
    expect(cachedTables([blocked, second], 'edition 1', compile).path).toBe(
      join(second, 'locate.tables'),
    )
    cachedTables([blocked, second], 'edition 1', compile)
    expect(compiled).toBe(1)
  })

  test('works without any folder to write to', () => {
    const blocked = join(folder, 'file')
    writeFileSync(blocked, '')
    const opened = cachedTables([blocked], 'edition 1', compile)
    expect([opened.path, cityOf(opened)]).toEqual(['', 'Osaka'])
  })

  test('reads a folder that it may not write to', () => {
    writeFileSync(join(folder, 'locate.tables'), encodeImage(smallTables('Nara'), 'edition 1'))
    chmodSync(folder, 0o555)
    expect(cityOf(cachedTables([folder], 'edition 1', compile))).toBe('Nara')
    chmodSync(folder, 0o755)
    expect(compiled).toBe(0)
  })
})

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] as number) ^ 1
  return copy
}

/** Tables of a few rows. */
function smallTables(city: string): CompiledTables {
  const texts = new TextBuilder()
  const places = new PlaceBuilder(texts)
  const place = { country: 'JP', city, latitude: 34.69, longitude: -135.5, radiusKm: 20 }
  const v4 = new RangeBuilderV4()
  v4.add(1, 5, places.indexOf(place))
  const v6 = new RangeBuilderV6()
  v6.add(1n, 5n, places.indexOf(place))
  const ranges = { v4: v4.finish(), v6: v6.finish() }
  const database = { ...ranges, places: places.finish() }
  const networks = { ...ranges, numbers: Uint32Array.of(0, 64_500), names: Uint32Array.of(0, 1) }
  const tables: LocationTables = { fresh: database, old: database, networks, texts: texts.finish() }
  return { tables, version: 'small 2026-11' }
}
