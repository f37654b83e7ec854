import { HOUR_MS, MINUTE_MS } from '../clock.ts'
import { addressIn } from '../networks/address-text.ts'
import { addVisit, visitAt } from './day-plan.ts'
import type { BenignProcess } from './process.ts'
import { tripOf } from './trip.ts'

/** Hours between logging off and boarding, and between landing and the hotel. */
const GROUND_HOURS = 3

/** Trips by air: at home in the morning, in a hotel in the evening when the flight is long over. */
export const airTravel: BenignProcess = {
  name: 'air-travel',
  describe: 'Trips of some days: logins from a hotel at the other end, after a flight',
  shape: (plan, company, random) => {
    const trip = tripOf(company, plan.person, plan.day)
    if (trip === null) return
    if (plan.day > trip.firstDay) {
      for (const visit of plan.visits) {
        const isAtWork = plan.isWorkday && trip.officeAddress !== null && random.chance(0.6)
        moveTo(visit, isAtWork ? trip.officeAddress : trip.hotelAddress)
      }
      return
    }
    const leavingMs = plan.midnightMs + 10 * HOUR_MS
    const arrivalMs = leavingMs + (trip.flightHours + 2 * GROUND_HOURS) * HOUR_MS
    plan.visits = plan.visits.filter(({ startMs }) => startMs < leavingMs)
    for (const visit of plan.visits) visit.endMs = Math.min(visit.endMs, leavingMs)
    const startMs = arrivalMs + random.integer(0, 180) * MINUTE_MS
    const visit = visitAt(plan, startMs, startMs + random.integer(15, 90) * MINUTE_MS, random)
    moveTo(visit, trip.hotelAddress)
    if (startMs < plan.midnightMs + 30 * HOUR_MS) addVisit(plan, visit)
  },
}

function moveTo(visit: { address: string; process: string }, address: string): void {
  if (visit.process === 'mobile-carrier') return
  visit.address = address
  visit.process = 'air-travel'
}

/** Phones abroad: most keep the home carrier's address, the rest get one of the country. */
export const roaming: BenignProcess = {
  name: 'roaming',
  describe: 'Phones abroad whose traffic leaves at home, or at a carrier there',
  shape: (plan, company, random) => {
    const trip = tripOf(company, plan.person, plan.day)
    if (trip === null || plan.day === trip.firstDay || !company.isOn('air-travel')) return
    for (const visit of plan.visits) {
      if (visit.process !== 'mobile-carrier') continue
      visit.process = 'roaming'
      const local = company.networks.phonesOf(trip.hotel.country)
      if (trip.isAbroad && random.chance(0.25) && local.length > 0) {
        visit.address = addressIn(random.pick(local), random)
      }
    }
  },
}

/** A login on a long flight, through a satellite whose ground station is anywhere. */
export const inFlight: BenignProcess = {
  name: 'in-flight',
  describe: 'Logins in the air, through a satellite',
  shape: (plan, company, random) => {
    const trip = tripOf(company, plan.person, plan.day)
    if (trip === null || plan.day !== trip.firstDay || !company.isOn('air-travel')) return
    if (trip.flightHours < 4 || !random.chance(0.3)) return
    const pool = company.networks.inCountry('satellite', 'US')
    if (pool.length === 0) return
    const startMs = plan.midnightMs + (10 + GROUND_HOURS + trip.flightHours / 2) * HOUR_MS
    const visit = visitAt(plan, startMs, startMs + random.integer(10, 60) * MINUTE_MS, random)
    const address = addressIn(random.pick(pool), random)
    addVisit(plan, { ...visit, address, process: 'in-flight' })
  },
}
