import { addressIn } from '../networks/address-text.ts'
import { COMMUTE_KM } from '../organisation/company.ts'
import { isDayOf } from './day-plan.ts'
import type { BenignProcess } from './process.ts'

const EVERY_DAYS = 12
/** Of a site's people, those who come. */
const SHARE = 0.04

/** A day away together: a crowd of one site behind the address of a conference hotel. */
export const eventSite: BenignProcess = {
  name: 'event-site',
  describe: 'A conference day: many people of a site behind one address that nobody knows',
  shape: (plan, company, random) => {
    const { person, day } = plan
    if (person.isShared || !isDayOf(company, 'event-site', day, EVERY_DAYS)) return
    const event = company.draw('event-site', 'place', day)
    const site = event.pick(company.world.sites)
    if (person.site.key !== site.key || !random.chance(SHARE)) return
    const pool = company.networks.near('residential', site, COMMUTE_KM * 4)
    const address = addressIn(event.pick(pool), event)
    for (const visit of plan.visits) {
      if (visit.process !== 'work' && visit.process !== 'office-nat') continue
      visit.address = address
      visit.process = 'event-site'
    }
  },
}
