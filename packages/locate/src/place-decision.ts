import type { NetworkClass } from '@sekisho/event'
import { distanceKm, FARTHEST_KM } from '@sekisho/event'
import { type CountryCircle, countryCircle } from './country-circle.ts'
import type { Witness } from './tables/place-table.ts'

/** Where an address is, before its network is added. `why` is a clause without a full stop. */
export interface Location {
  readonly hasLocation: boolean
  readonly latitude: number
  readonly longitude: number
  readonly radiusKm: number
  readonly country: string
  readonly city: string
  readonly why: string
}

/** A mobile address may be anywhere in its country, but no further than this from where the carrier is (design A.1). */
const MOBILE_CAP_KM = 1100

/** Least radius and factor on the databases' radius for a 95 % statement (design A.1). */
const margins = {
  access: { leastKm: 50, factor: 1.5 },
  unknown: { leastKm: 150, factor: 2 },
}

/** Why an address of these classes says nothing of the user's place. */
const voidReasons: Partial<Record<NetworkClass, string>> = {
  internal: 'An internal address has no place on the map',
  own_gateway: "The organisation's own gateway stands between the user and this address",
  swg: 'A secure web gateway stands between the user and this address',
  anon: 'A VPN service, proxy or relay hides where the user is',
  satellite: 'A satellite link shows its ground station, not the user',
}

/** The reason why a class never has a location, or undefined for a class that may have one. */
export function voidReasonOf(networkClass: NetworkClass): string | undefined {
  return voidReasons[networkClass]
}

/** No location, though the country may be known. */
export function nowhere(country: string, why: string): Location {
  return { hasLocation: false, latitude: 0, longitude: 0, radiusKm: 0, country, city: '', why }
}

/** A country as a whole. `point` is where the fresh database puts the address. */
export function wholeCountry(point: Witness, why: string): Location {
  const { latitude, longitude, country } = point
  const circle: CountryCircle = countryCircle(country, latitude, longitude) ?? {
    latitude,
    longitude,
    radiusKm: MOBILE_CAP_KM,
  }
  return { hasLocation: true, ...circle, country, city: '', why }
}

/** An address that may be a phone's: the whole country, in a large one a wide circle. */
function mobileLocation(fresh: Witness, isMixed: boolean): Location {
  const who = isMixed ? 'An address of a carrier of fixed lines and phones' : 'A mobile address'
  const all = wholeCountry(fresh, `${who} can be anywhere in ${fresh.country}`)
  if (all.radiusKm <= MOBILE_CAP_KM) return all
  const { latitude, longitude } = fresh
  return { ...all, latitude, longitude, radiusKm: MOBILE_CAP_KM }
}

/**
 * Weighs the two databases (architecture, "Network class and place"). Each is a witness: the fresh one knows today's
 * country and a town but not how sure it is, the old one has an error radius. The circle around the fresh point is as
 * wide as that radius and reaches the old point; the margin of the class comes on top; a circle as wide as the
 * country becomes the country. On hosting networks the old database's country is wrong more often than right (42 %
 * agreement), so it does not count where it differs. Where one number carries phones too (`isMixed`), both databases
 * may well agree on the carrier's exchange while the user is at the other end of the country, so it counts as mobile.
 */
export function decideLocation(
  networkClass: NetworkClass,
  isMixed: boolean,
  fresh: Witness | null,
  old: Witness | null,
): Location {
  const reason = voidReasons[networkClass]
  if (reason !== undefined) return nowhere(fresh?.country ?? '', reason)
  if (fresh === null) return nowhere('', 'DB-IP has no entry for this address')
  if (networkClass === 'mobile' || isMixed) return mobileLocation(fresh, isMixed)
  const { country, city } = fresh
  if (old === null) {
    return wholeCountry(
      fresh,
      `Only DB-IP knows this address (${nameOf(fresh)}), so ${country} is all that is sure`,
    )
  }
  const isElsewhere = old.country !== country
  if (isElsewhere && networkClass === 'hosting') {
    return wholeCountry(
      fresh,
      `DB-IP says ${nameOf(fresh)}; the older GeoLite's ${old.country} does not count on a hosting network, so ${country} is all that is sure`,
    )
  }
  if (!isElsewhere && (old.city === '' || city === '')) {
    return wholeCountry(fresh, `DB-IP says ${nameOf(fresh)} but GeoLite knows ${country} only`)
  }
  return jointLocation(networkClass, fresh, old)
}

/** Both databases name a town, or two countries: the circle covers both points. */
function jointLocation(networkClass: NetworkClass, fresh: Witness, old: Witness): Location {
  const { latitude, longitude, country, city } = fresh
  const apartKm = distanceKm(latitude, longitude, old.latitude, old.longitude)
  const { leastKm, factor } = networkClass === 'unknown' ? margins.unknown : margins.access
  const wide = Math.max(leastKm, factor * Math.max(old.radiusKm, apartKm))
  const apart = `${Math.round(apartKm)} km apart`
  if (old.country === country) {
    const all = wholeCountry(
      fresh,
      `DB-IP (${nameOf(fresh)}) and GeoLite (${nameOf(old)}) are ${apart} with an error of ${old.radiusKm} km, so ${country} is all that is sure`,
    )
    if (wide >= all.radiusKm) return all
  }
  const radiusKm = Math.ceil(Math.min(wide, FARTHEST_KM))
  const why =
    apartKm <= old.radiusKm
      ? `DB-IP and GeoLite agree on ${nameOf(fresh)} (${apart}, error ${old.radiusKm} km)`
      : `DB-IP says ${nameOf(fresh)}, the older GeoLite ${nameOf(old)}: ${apart}, so the circle covers both`
  return { hasLocation: true, latitude, longitude, radiusKm, country, city, why }
}

function nameOf({ city, country }: Witness): string {
  return city === '' ? country : `${city}, ${country}`
}
