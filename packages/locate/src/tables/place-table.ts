import { GrowingArray } from './growing-array.ts'
import { type TextBuilder, type TextTable, textAt } from './text-table.ts'

/** What one database says of an address. */
export interface Witness {
  /** ISO 3166 alpha-2. */
  readonly country: string
  /** `''` when the database knows the country only. */
  readonly city: string
  readonly latitude: number
  readonly longitude: number
  /** The database's own error radius in km, 0 where it has none. */
  readonly radiusKm: number
}

/** Places by index, one column a field; index 0 is no place. Coordinates are in hundredths of a degree (1.1 km). */
export interface PlaceTable {
  /** Two ASCII letters, the first in the upper byte. */
  readonly countries: Uint16Array
  readonly cities: Uint32Array
  readonly latitudes: Int16Array
  readonly longitudes: Int16Array
  readonly radii: Uint16Array
}

/** The place at an index, or null for index 0. */
export function witnessAt(table: PlaceTable, cities: TextTable, index: number): Witness | null {
  if (index === 0) return null
  const country = table.countries[index] as number
  return {
    country: String.fromCharCode(country >>> 8, country & 255),
    city: textAt(cities, table.cities[index] as number),
    latitude: (table.latitudes[index] as number) / 100,
    longitude: (table.longitudes[index] as number) / 100,
    radiusKm: table.radii[index] as number,
  }
}

/** Collects places, each once after rounding. */
export class PlaceBuilder {
  readonly #texts: TextBuilder
  readonly #indexes = new Map<string, number>()
  readonly #columns = [0, 1, 2, 3, 4].map(() => new GrowingArray())

  constructor(texts: TextBuilder) {
    this.#texts = texts
    for (const column of this.#columns) column.push(0)
  }

  /** The index of a place, 0 for one whose country is not two capital letters or whose point is not on the earth. */
  indexOf(place: Witness): number {
    const { country, latitude, longitude, radiusKm } = place
    if (!/^[A-Z]{2}$/.test(country)) return 0
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return 0
    const row = [
      country.charCodeAt(0) * 256 + country.charCodeAt(1),
      this.#texts.indexOf(place.city),
      Math.round(latitude * 100),
      Math.round(longitude * 100),
      Math.min(65_535, Math.round(radiusKm)),
    ]
    const key = row.join()
    const known = this.#indexes.get(key)
    if (known !== undefined) return known
    const index = this.#indexes.size + 1
    this.#indexes.set(key, index)
    for (const [column, value] of row.entries()) this.#columns[column]?.push(value)
    return index
  }

  finish(): PlaceTable {
    const [countries, cities, latitudes, longitudes, radii] = this.#columns.map((column) =>
      column.filled(),
    ) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array]
    return {
      countries: Uint16Array.from(countries),
      cities,
      // The columns are unsigned while they grow; the narrower signed type takes the sign back.
      latitudes: Int16Array.from(latitudes),
      longitudes: Int16Array.from(longitudes),
      radii: Uint16Array.from(radii),
    }
  }
}
