import { HOUR_MS, MINUTE_MS } from '../clock.ts'
import { addressIn } from '../networks/address-text.ts'
import { COMMUTE_KM } from '../organisation/company.ts'
import { addVisit, visitAt } from './day-plan.ts'
import type { BenignProcess } from './process.ts'

/** Accounts of wards, receptions and teams: several people, several homes, at one time. */
export const sharedAccount: BenignProcess = {
  name: 'shared-account',
  describe: 'Accounts that several people use at once, each from a home of their own',
  shape: (plan, company, random) => {
    const { person } = plan
    if (!person.isShared || plan.visits.length === 0) return
    const members = company.draw('shared-account', person.index)
    const pool = company.networks.near('residential', person.site, COMMUTE_KM)
    const homes = members.sample(pool, 5).map((prefix) => addressIn(prefix, members))
    for (let n = random.integer(1, 3); n > 0; n--) {
      const startMs = plan.midnightMs + Math.round(random.between(6, 22) * 60) * MINUTE_MS
      const visit = visitAt(plan, startMs, startMs + random.integer(20, 400) * MINUTE_MS, random)
      addVisit(plan, { ...visit, address: random.pick(homes), process: 'shared-account' })
    }
  },
}

/** Of people, those who are away for weeks within the run. */
const ON_LEAVE = 0.03

/** Weeks without a login, then back as if nothing had been. */
export const longLeave: BenignProcess = {
  name: 'long-leave',
  describe: 'Weeks without a login, then back',
  shape: (plan, company) => {
    const habit = company.draw('long-leave', plan.person.index)
    if (!habit.chance(ON_LEAVE)) return
    const first = habit.integer(0, company.options.days)
    if (plan.day >= first && plan.day < first + habit.integer(14, 40)) plan.visits = []
  },
}

/** Of nights, those on which somebody who never does works. */
export const nightWork: BenignProcess = {
  name: 'night-work',
  describe: 'People with office hours who work at night for once',
  shape: (plan, _company, random) => {
    if (plan.person.hours !== 'office' || plan.visits.length === 0) return
    if (!random.chance(0.008)) return
    const startMs = plan.midnightMs + 24 * HOUR_MS - random.integer(10, 150) * MINUTE_MS
    const visit = visitAt(plan, startMs, startMs + random.integer(15, 120) * MINUTE_MS, random)
    addVisit(plan, { ...visit, process: 'night-work' })
  },
}
