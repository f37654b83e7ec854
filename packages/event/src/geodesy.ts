/** Mean earth radius in km (IUGG 1980, R1). */
const EARTH_RADIUS_KM = 6371.0088

/** Half the earth's circumference: no two places are further apart, in km. */
export const FARTHEST_KM = Math.PI * EARTH_RADIUS_KM

const RADIANS = Math.PI / 180

/** Great-circle distance in km between two points in degrees (haversine formula). */
export function distanceKm(
  latitudeA: number,
  longitudeA: number,
  latitudeB: number,
  longitudeB: number,
): number {
  const north = Math.sin(((latitudeB - latitudeA) * RADIANS) / 2)
  const east = Math.sin(((longitudeB - longitudeA) * RADIANS) / 2)
  const shrink = Math.cos(latitudeA * RADIANS) * Math.cos(latitudeB * RADIANS)
  return (
    2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(north * north + shrink * east * east)))
  )
}
