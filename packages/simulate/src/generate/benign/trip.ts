import { distanceKm } from '@sekisho/event'
import { addressIn } from '../networks/address-text.ts'
import type { Prefix } from '../networks/prefix.ts'
import { COMMUTE_KM, type Company, type Office } from '../organisation/company.ts'
import type { Person } from '../organisation/person.ts'
import type { Random } from '../random.ts'

const DAYS_MAX = 7

/** Somebody's trip: away from the evening of its first day to the morning after its last. */
export interface Trip {
  readonly firstDay: number
  readonly lastDay: number
  /** The hotel's network, one address for all guests. */
  readonly hotel: Prefix
  readonly hotelAddress: string
  readonly isAbroad: boolean
  /** The organisation's own office there, null where it has none. */
  readonly officeAddress: string | null
  /** Hours in the air, one way. */
  readonly flightHours: number
}

/** The trip that a person is on at a day, null at home. A function of person and day alone. */
export function tripOf(company: Company, person: Person, day: number): Trip | null {
  for (let firstDay = Math.max(0, day - DAYS_MAX); firstDay <= day; firstDay++) {
    const trip = tripFrom(company, person, firstDay)
    if (trip !== null && day <= trip.lastDay) return trip
  }
  return null
}

/** Of trips abroad, those to a place of the organisation's own where there is one. */
const TO_OWN_SITES = 0.5

function tripFrom(company: Company, person: Person, firstDay: number): Trip | null {
  const { world } = company
  const random = company.draw('trip', person.index, firstDay)
  if (person.isShared || !random.chance(world.habits.trips)) return null
  const isAbroad = random.chance(world.habits.abroad)
  const host = hostOf(company, person, isAbroad, random)
  const hotels = hotelsOf(company, person, isAbroad, host, random)
  if (hotels.length === 0) return null
  const hotel = random.pick(hotels)
  const { latitude, longitude } = person.site
  const km = distanceKm(latitude, longitude, hotel.latitude, hotel.longitude)
  return {
    ...{ firstDay, lastDay: firstDay + random.integer(1, DAYS_MAX), hotel, isAbroad },
    ...{ hotelAddress: addressIn(hotel, random), flightHours: km / 800 + 0.5 },
    officeAddress: host?.address ?? null,
  }
}

/** The office that the trip goes to, null for one to somebody else. */
function hostOf(
  { offices }: Company,
  { site }: Person,
  isAbroad: boolean,
  random: Random,
): Office | null {
  const others = offices.filter((office) => {
    return office.site.key !== site.key && (office.site.country !== site.country) === isAbroad
  })
  return random.chance(TO_OWN_SITES) && others.length > 0 ? random.pick(others) : null
}

/** Networks that hotels there may have. */
function hotelsOf(
  { networks, world }: Company,
  { site }: Person,
  isAbroad: boolean,
  host: Office | null,
  random: Random,
): readonly Prefix[] {
  const networkClass = random.chance(0.8) ? 'residential' : 'unknown'
  const foreign = world.destinations.filter((destination) => destination !== site.country)
  const destination = random.pick(foreign)
  if (host !== null) return networks.near(networkClass, host.site, COMMUTE_KM)
  const country = isAbroad ? destination : site.country
  const pool = networks.inCountry(networkClass, country)
  return pool.length > 0 ? pool : networks.inCountry('residential', country)
}
