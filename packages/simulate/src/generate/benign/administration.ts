import { HOUR_MS, MINUTE_MS, weekdayOf } from '../clock.ts'
import { writeAdministrator } from '../lines/administrator.ts'
import type { BenignProcess } from './process.ts'

/** Administrators at work: from inside, on working days, with a change now and then. */
export const administration: BenignProcess = {
  name: 'administration',
  describe: 'Administrators who log in from inside on working days and change a thing or two',
  write: (day, company, { journal }, random) => {
    if (!company.world.workdays.includes(weekdayOf(company.firstDay + day))) return
    for (const gateway of company.gateways) {
      const startOfDayMs = company.midnightMs(gateway.zone.name, day)
      for (let n = random.integer(1, 3); n > 0; n--) {
        const startMs = startOfDayMs + 9 * HOUR_MS + random.integer(0, 480) * MINUTE_MS
        const address = `${gateway.inside}.1.${random.integer(20, 24)}`
        const minutes = random.integer(5, 40)
        const user = random.pick(['netops', 'k.admin'])
        const changes = random.chance(0.5) ? [random.pick(CHANGES)] : []
        const work = { startMs, endMs: startMs + minutes * MINUTE_MS, user, address, changes }
        writeAdministrator(journal, gateway, work, { episode: null, process: 'administration' })
      }
    }
  },
}

const CHANGES = [
  { path: 'firewall.address', object: 'srv-print-02', attribute: 'subnet[10.11.2.31/32]' },
  { path: 'router.static', object: '12', attribute: 'gateway[10.11.0.1->10.11.0.2]' },
  { path: 'system.ntp', object: '', attribute: 'syncinterval[60->30]' },
]
