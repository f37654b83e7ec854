import type { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import type { PlaceBuilder } from '../tables/place-table.ts'
import { RangeBuilderV4, type RangeTableV4 } from '../tables/range-table-v4.ts'
import { RangeBuilderV6, type RangeTableV6 } from '../tables/range-table-v6.ts'

/**
 * Reader of geoip-lite's data files (its `lib/geoip.js` and `scripts/updatedb.js` are the description). All numbers
 * are big-endian. `geoip-city-names.dat` has rows of 88 bytes: country (2), region (3), metro code (4), EU flag (1),
 * time zone (32), city (46). `geoip-city.dat` has rows of 24: first and last address, row of the names, latitude and
 * longitude in 1/10,000 degree, error radius in km. `geoip-city6.dat` is the same with addresses of 16 bytes.
 */
const NAME_BYTES = 88
const V4_BYTES = 24
const V6_BYTES = 48
const NO_NAME = 0xffffffff

function textIn(bytes: Buffer, start: number, length: number): string {
  const end = bytes.indexOf(0, start)
  return bytes.toString('utf8', start, end >= start && end < start + length ? end : start + length)
}

/** The places of geoip-lite, whose names lie in a file of their own. */
export class GeoipLitePlaces {
  readonly #bytes: Buffer
  /** By the bytes that describe them: most of the millions of rows repeat a place. */
  readonly #places = new Map<string, number>()

  constructor(path: string) {
    this.#bytes = readFileSync(path)
  }

  /** Index of the place that 16 bytes at `offset` describe: row of the names, latitude, longitude, radius. */
  placeIndexAt(rows: Buffer, offset: number, places: PlaceBuilder): number {
    const key = rows.toString('latin1', offset, offset + 16)
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const index = this.#readPlace(rows, offset, places)
    this.#places.set(key, index)
    return index
  }

  #readPlace(rows: Buffer, offset: number, places: PlaceBuilder): number {
    const name = rows.readUInt32BE(offset)
    const at = name * NAME_BYTES
    if (name === NO_NAME || at + NAME_BYTES > this.#bytes.length) return 0
    return places.indexOf({
      country: textIn(this.#bytes, at, 2),
      city: textIn(this.#bytes, at + 42, 46),
      latitude: rows.readInt32BE(offset + 4) / 10_000,
      longitude: rows.readInt32BE(offset + 8) / 10_000,
      radiusKm: rows.readUInt32BE(offset + 12),
    })
  }

  /**
   * Whether the United Kingdom is marked as a member of the European Union, which it was until 31 January 2020: the
   * files carry no date, so this is how the data that the package ships is known to be older.
   */
  isFromBefore2020February(): boolean {
    for (let at = 0; at + NAME_BYTES <= this.#bytes.length; at += NAME_BYTES) {
      if (textIn(this.#bytes, at, 2) === 'GB') return textIn(this.#bytes, at + 9, 1) === '1'
    }
    return false
  }
}

/** geoip-lite's IPv4 ranges. */
export function readGeoipLiteV4(
  path: string,
  source: GeoipLitePlaces,
  places: PlaceBuilder,
): RangeTableV4 {
  const rows = readFileSync(path)
  const builder = new RangeBuilderV4()
  for (let at = 0; at + V4_BYTES <= rows.length; at += V4_BYTES) {
    const place = source.placeIndexAt(rows, at + 8, places)
    builder.add(rows.readUInt32BE(at), rows.readUInt32BE(at + 4), place)
  }
  return builder.finish()
}

/**
 * geoip-lite's IPv6 ranges by their upper 64 bits. A few thousand rows finer than that are out of order (their lower
 * halves are damaged in the shipped file), so the rows are sorted and the first of those that overlap is kept.
 */
export function readGeoipLiteV6(
  path: string,
  source: GeoipLitePlaces,
  places: PlaceBuilder,
): RangeTableV6 {
  const rows = readFileSync(path)
  const order = Array.from({ length: Math.floor(rows.length / V6_BYTES) }, (_, i) => i * V6_BYTES)
  order.sort((a, b) => rows.compare(rows, b, b + 8, a, a + 8) || a - b)
  const builder = new RangeBuilderV6()
  for (const at of order) {
    const place = source.placeIndexAt(rows, at + 32, places)
    builder.add(rows.readBigUInt64BE(at), rows.readBigUInt64BE(at + 16), place)
  }
  return builder.finish()
}
