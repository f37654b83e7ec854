import { MINUTE_MS } from '../clock.ts'
import { addressIn } from '../networks/address-text.ts'
import { addVisit, visitAt } from './day-plan.ts'
import type { BenignProcess } from './process.ts'

/** Logins by phone: another address of the carrier each time, wherever the carrier's gateways are. */
export const mobileCarrier: BenignProcess = {
  name: 'mobile-carrier',
  describe: "Logins by phone, each from another address of the carrier's shared gateways",
  shape: (plan, company, random) => {
    const { person, day } = plan
    const { phone, carrier, fromDay, lastDay } = person
    if (phone === null || day < fromDay || day > lastDay) return
    if (!random.chance(company.world.habits.phoneDay)) return
    const startMs = plan.midnightMs + Math.round(random.between(7, 22.5) * 60) * MINUTE_MS
    const visit = visitAt(plan, startMs, startMs + random.integer(2, 25) * MINUTE_MS, random)
    const address = addressIn(random.pick(carrier), random)
    addVisit(plan, { ...visit, address, device: phone, process: 'mobile-carrier' })
  },
}

/** The tables put a carrier's address into another country (design B.2: 0.3 %). */
const WRONG_COUNTRY = 0.003

export const carrierAbroad: BenignProcess = {
  name: 'carrier-wrong-country',
  describe: "A carrier's address that the tables put into a wrong country",
  shape: (plan, { networks }, random) => {
    for (const visit of plan.visits) {
      if (visit.process !== 'mobile-carrier' || !random.chance(WRONG_COUNTRY)) continue
      const { asn, country } = plan.person.carrier[0] ?? { asn: 0, country: '' }
      const strays = networks.ofNumber(asn).filter((prefix) => prefix.country !== country)
      // Where the tables know the carrier in its own country only, they make no such mistake.
      if (strays.length === 0) continue
      visit.address = addressIn(random.pick(strays), random)
      visit.process = 'carrier-wrong-country'
    }
  },
}

/** A laptop session that moves from the home line to the phone's carrier and on. */
export const sessionRoaming: BenignProcess = {
  name: 'session-roaming',
  describe: 'A running session that moves between the home line and the phone',
  shape: (plan, _company, random) => {
    for (const visit of plan.visits) {
      if (visit.process !== 'work' || !visit.gateway.isPulse || !random.chance(0.01)) continue
      const { carrier } = plan.person
      if (carrier.length === 0 || visit.endMs - visit.startMs < 30 * MINUTE_MS) continue
      const timeMs = Math.round(random.between(visit.startMs, visit.endMs))
      visit.moves.push({ timeMs, address: addressIn(random.pick(carrier), random) })
    }
  },
}
