import { HOUR_MS, MINUTE_MS } from '../clock.ts'
import { addVisit, visitAt } from './day-plan.ts'
import type { BenignProcess } from './process.ts'

/** Days in the office, where everybody has one address. */
export const officeNat: BenignProcess = {
  name: 'office-nat',
  describe: 'Days in the office, where all people of a site share one address',
  shape: (plan, company, random) => {
    const { person, day } = plan
    const isMerged = !company.offices.some(({ site }) => site.country === person.site.country)
    const share = company.world.habits.office
    if (isMerged || !random.chance(person.isShared ? 0.8 : share)) return
    const office = company.officeAt(person.site.key)
    if (person.isShared) shareOut(plan.visits, office.address, random.integer(0, day + 3))
    for (const visit of person.isShared ? [] : plan.visits) {
      visit.address = office.address
      visit.process = 'office-nat'
    }
  },
}

/** A shared account is used from the office in one of its visits. */
function shareOut(
  visits: { address: string; process: string }[],
  address: string,
  draw: number,
): void {
  const visit = visits[draw % Math.max(1, visits.length)]
  if (visit === undefined) return
  visit.address = address
  visit.process = 'office-nat'
}

/** On office days people log in at home, too: before they leave or in the evening. */
export const commute: BenignProcess = {
  name: 'commute',
  describe: 'People who are in the office by day log in at home in the evening',
  shape: (plan, _company, random) => {
    const last = plan.visits.at(-1)
    if (last?.process !== 'office-nat' || !random.chance(0.35)) return
    const startMs = last.endMs + random.integer(45, 240) * MINUTE_MS
    if (startMs > plan.midnightMs + 24 * HOUR_MS) return
    const endMs = startMs + random.integer(10, 100) * MINUTE_MS
    addVisit(plan, { ...visitAt(plan, startMs, endMs, random), process: 'commute' })
  },
}
