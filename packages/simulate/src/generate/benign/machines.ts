import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../clock.ts'
import { fortigateConnect } from '../lines/fortigate-ssl.ts'
import { writePulse } from '../lines/pulse.ts'
import { addressIn } from '../networks/address-text.ts'
import type { Device } from '../organisation/person.ts'
import type { BenignProcess } from './process.ts'

const DAY_HOURS = 24

const machine = (name: string): Device => ({
  ...{ isPhone: false, clientId: '', mac: '', name },
})

/** A script that logs in every hour from the data centre. */
export const serviceAccount: BenignProcess = {
  name: 'service-account',
  describe: 'A script that logs in every hour, by the clock, from one rented server',
  write: (day, company, writer, random) => {
    const gateway = company.gateways[0]
    const [site] = company.world.sites
    if (gateway === undefined || site === undefined) return
    const place = company.draw('service-account')
    const pool = company.networks.inCountry('hosting', site.country)
    const address = addressIn(place.pick(pool), place)
    const startOfDayMs = company.midnightMs(site.timezone, day)
    for (let hour = 0; hour < DAY_HOURS; hour++) {
      const startMs = startOfDayMs + hour * HOUR_MS + 7 * MINUTE_MS + random.integer(0, 4000)
      writer.session(
        gateway,
        {
          ...{ startMs, endMs: startMs + 3 * MINUTE_MS, user: 'svc-backup', address },
          ...{ device: machine('SRV-BACKUP'), clientVersion: '22.6.1.26825' },
          ...{ sessionKey: `svc/${startMs}`, moves: [] },
        },
        { episode: null, process: 'service-account' },
      )
    }
  },
}

/** A watchdog outside that knocks every minute, with an account that has no right to enter. */
export const monitoringProbe: BenignProcess = {
  name: 'monitoring-probe',
  describe: 'A watchdog that tries a login every 60 s with an account that is always refused',
  write: (day, company, writer, random) => {
    const gateway = company.gateways.at(-1)
    const [site] = company.world.sites
    if (gateway === undefined || site === undefined) return
    const place = company.draw('monitoring-probe')
    const address = addressIn(
      place.pick(company.networks.inCountry('hosting', site.country)),
      place,
    )
    const startOfDayMs = company.midnightMs(site.timezone, day)
    for (let minute = 0; minute < DAY_HOURS * 60; minute++) {
      const timeMs = startOfDayMs + minute * MINUTE_MS + 11 * SECOND_MS + random.integer(0, 900)
      writer.failure(
        gateway,
        {
          ...{ timeMs, user: 'monitoring', address, outcome: 'wrong-password' },
          device: machine('PROBE'),
        },
        { episode: null, process: 'monitoring-probe' },
      )
    }
  },
}

const COMMON_NAMES = `admin test guest info office support backup scanner vpn user1 root service
  administrator manager sales temp print`.split(/\s+/)

/** Knocks of the whole internet: connections without a name, now and then one common name. */
export const internetNoise: BenignProcess = {
  name: 'internet-noise',
  describe: 'Strangers who connect without logging in, or try one common name and go away',
  write: (day, company, writer, random) => {
    const { journal } = writer
    const origin = { episode: null, process: 'internet-noise' }
    for (const gateway of company.gateways) {
      const startOfDayMs = company.midnightMs(gateway.zone.name, day)
      for (let n = random.integer(20, 60); n > 0; n--) {
        const timeMs = startOfDayMs + random.integer(0, DAY_HOURS * HOUR_MS - 1)
        const country = random.pick(['US', 'NL', 'CN', 'SG', 'DE', 'FR', 'GB', 'HK'])
        const pool = company.networks.inCountry('hosting', country)
        const address = addressIn(random.pick(pool), random)
        if (random.chance(0.12)) {
          const user = random.pick(COMMON_NAMES)
          const event = {
            timeMs,
            user,
            address,
            outcome: 'unknown-user',
            device: machine(''),
          } as const
          writer.failure(gateway, event, origin)
        } else if (gateway.isPulse) {
          const text = `Connection from IP ${address} not authenticated yet (URL=/dana-na/auth/url_default/welcome.cgi)`
          const head = {
            ...{ user: 'System', realm: '', roles: [], shortId: '', agent: '' },
            address,
          }
          writePulse(journal, gateway, timeMs, 'AUT20920', text, origin, head)
        } else {
          fortigateConnect(journal, gateway, timeMs, address, origin)
        }
      }
    }
  },
}
