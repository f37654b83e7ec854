import { writeFileSync } from 'node:fs'
import { openTables } from './open-tables.ts'
import type { PlaceTable } from './tables/place-table.ts'

/*
 * Writes country-boxes.ts beside itself: the box of every country from DB-IP's points (each town once), without the
 * outermost 1 % at each side, which are stray points and far islands. Run it when the country codes change; look at
 * the difference before keeping it:
 *
 *   node --conditions=@sekisho/source packages/locate/src/country-boxes-main.ts
 */

type Box = readonly [south: number, west: number, north: number, east: number]

/** Windows on the main territory where the far parts are too many towns to be trimmed away. */
const mainTerritories: Readonly<Record<string, Box>> = {
  ES: [35.5, -10, 44, 5],
  JP: [30, 128, 46, 150],
  PT: [36, -10, 43, -6],
  US: [24, -126, 50, -66],
}

const TRIMMED = 0.01

function pointsByCountry(places: PlaceTable): Map<string, [latitude: number, longitude: number][]> {
  const points = new Map<string, [number, number][]>()
  for (let i = 1; i < places.countries.length; i++) {
    const code = places.countries[i] as number
    const country = String.fromCharCode(code >>> 8, code & 255)
    const latitude = (places.latitudes[i] as number) / 100
    const longitude = (places.longitudes[i] as number) / 100
    const [south, west, north, east] = mainTerritories[country] ?? [-90, -180, 90, 180]
    if (latitude < south || latitude > north || longitude < west || longitude > east) continue
    const list = points.get(country)
    if (list === undefined) points.set(country, [[latitude, longitude]])
    else list.push([latitude, longitude])
  }
  return points
}

/** Longitudes in ascending order from behind the widest gap, so that a country across 180° stays in one piece. */
function unwrapped(longitudes: number[]): number[] {
  const sorted = longitudes.sort((a, b) => a - b)
  let widest = (sorted[0] as number) + 360 - (sorted.at(-1) as number)
  let cut = 0
  for (let i = 1; i < sorted.length; i++) {
    const gap = (sorted[i] as number) - (sorted[i - 1] as number)
    if (gap > widest) {
      widest = gap
      cut = i
    }
  }
  return [...sorted.slice(cut), ...sorted.slice(0, cut).map((longitude) => longitude + 360)]
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] as number
}

function boxOf(points: readonly [number, number][]): Box {
  const latitudes = points.map(([latitude]) => latitude).sort((a, b) => a - b)
  const longitudes = unwrapped(points.map(([, longitude]) => longitude))
  const tenths = (sorted: readonly number[], share: number): number =>
    Math.round(quantile(sorted, share) * 10) / 10
  return [
    tenths(latitudes, TRIMMED),
    tenths(longitudes, TRIMMED),
    tenths(latitudes, 1 - TRIMMED),
    tenths(longitudes, 1 - TRIMMED),
  ]
}

const { tables, version } = openTables({})
const countries = [...pointsByCountry(tables.fresh.places)].sort(([a], [b]) => (a < b ? -1 : 1))
const lines = countries.map(([country, points]) => `  ${country}: [${boxOf(points).join(', ')}],`)
writeFileSync(
  new URL('country-boxes.ts', import.meta.url),
  `/**
 * Main territory of every country as [south, west, north, east] in degrees; an east beyond 180 crosses the date line.
 * Written by country-boxes-main.ts from ${version.split(',')[0]}.
 */
export const countryBoxes: Readonly<
  Record<string, readonly [south: number, west: number, north: number, east: number]>
> = {
${lines.join('\n')}
}
`,
)
