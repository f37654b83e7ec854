import { distanceKm } from '@sekisho/event'
import { countryBoxes } from './country-boxes.ts'

/** A country as a circle: the middle of its box and the way from there to the farthest corner. */
export interface CountryCircle {
  readonly latitude: number
  readonly longitude: number
  readonly radiusKm: number
}

/** Even a city state is not known better than an access line is. */
const LEAST_KM = 50

function circleOf(south: number, west: number, north: number, east: number): CountryCircle {
  const latitude = (south + north) / 2
  const middle = (west + east) / 2
  const corners = [south, north].flatMap((lat) => [west, east].map((lon) => [lat, lon] as const))
  const radii = corners.map(([lat, lon]) => distanceKm(latitude, middle, lat, lon))
  const longitude = middle > 180 ? middle - 360 : middle
  const hundredths = (degrees: number): number => Math.round(degrees * 100) / 100
  return {
    latitude: hundredths(latitude),
    longitude: hundredths(longitude),
    radiusKm: Math.ceil(Math.max(LEAST_KM, ...radii)),
  }
}

const circles = new Map<string, CountryCircle>()
for (const [country, box] of Object.entries(countryBoxes)) circles.set(country, circleOf(...box))

/**
 * The circle that stands for "somewhere in this country", grown to reach a point outside the main territory (Hawaii,
 * the Canaries); null for a country without a box.
 */
export function countryCircle(
  country: string,
  latitude: number,
  longitude: number,
): CountryCircle | null {
  const circle = circles.get(country)
  if (circle === undefined) return null
  const away = distanceKm(circle.latitude, circle.longitude, latitude, longitude)
  return away <= circle.radiusKm ? circle : { ...circle, radiusKm: Math.ceil(away) }
}

/** The circle of a country's main territory, null for a country without a box. */
export function mainTerritoryOf(country: string): CountryCircle | null {
  return circles.get(country) ?? null
}
