import { readFileSync } from 'node:fs'
import type { PlaceBuilder } from '../tables/place-table.ts'
import { RangeBuilderV4, type RangeTableV4 } from '../tables/range-table-v4.ts'
import { RangeBuilderV6, type RangeTableV6 } from '../tables/range-table-v6.ts'
import { type MmdbFile, openMmdb, positionOf, walkMmdb } from './mmdb.ts'
import { MmdbDecoder } from './mmdb-decoder.ts'

/** From a pointer of the tree to the index of its place; a database points to one record from many places. */
function placeIndexer(file: MmdbFile, places: PlaceBuilder): (record: number) => number {
  const decoder = new MmdbDecoder(file.bytes, file.dataOffset)
  const known = new Map<number, number>([[0, 0]])
  return (record) => {
    const before = known.get(record)
    if (before !== undefined) return before
    const data = decoder.valueAt(positionOf(file, record)) as Record<string, unknown>
    const index = places.indexOf({
      country: String(data.country_code ?? ''),
      city: String(data.city ?? ''),
      latitude: Number(data.latitude),
      longitude: Number(data.longitude),
      radiusKm: 0,
    })
    known.set(record, index)
    return index
  }
}

/** DB-IP City Lite for IPv4, and the month of its build as `2026-06`. */
export function readDbipV4(
  path: string,
  places: PlaceBuilder,
): { readonly ranges: RangeTableV4; readonly month: string } {
  const file = openMmdb(readFileSync(path))
  const indexOf = placeIndexer(file, places)
  const builder = new RangeBuilderV4()
  walkMmdb(file, 32, (high, _low, record) => builder.append(high, indexOf(record)))
  return { ranges: builder.finish(), month: monthOf(file.buildEpochSeconds) }
}

/** DB-IP City Lite for IPv6. */
export function readDbipV6(path: string, places: PlaceBuilder): RangeTableV6 {
  const file = openMmdb(readFileSync(path))
  const indexOf = placeIndexer(file, places)
  const builder = new RangeBuilderV6()
  walkMmdb(file, 64, (high, low, record) => builder.append(high, low, indexOf(record)))
  return builder.finish()
}

function monthOf(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().slice(0, 7)
}
