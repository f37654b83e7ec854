import { addressIn, addressText } from '../networks/address-text.ts'
import type { Prefix } from '../networks/prefix.ts'
import type { Company } from '../organisation/company.ts'
import { homeOf, type Person } from '../organisation/person.ts'
import type { BenignProcess } from './process.ts'

/** Of days, those on which the web gateway's usual place fails over. */
const FAIL_OVER = 0.02

/** People behind a secure web gateway: one egress for many, now and then in another country. */
export const webGateway: BenignProcess = {
  name: 'web-gateway',
  describe: 'People behind a secure web gateway, which now and then fails over to another country',
  shape: (plan, company, random) => {
    const { person, day } = plan
    const habit = company.draw('web-gateway', 'habit', person.index)
    if (!habit.chance(company.world.habits.webGateway)) return
    const failsOver = company.draw('web-gateway', 'day', person.site.key, day).chance(FAIL_OVER)
    const egress = egressOf(company, person, failsOver)
    if (egress === null) return
    for (const visit of plan.visits) {
      if (visit.device.isPhone) continue
      visit.address = addressText(egress.start + random.integer(10, 60))
      visit.process = 'web-gateway'
    }
  },
}

/** The nearest place of the one provider; where it has none, of whoever has. */
function egressOf({ networks, world }: Company, person: Person, failsOver: boolean): Prefix | null {
  const country = failsOver ? (world.destinations[0] as string) : person.site.country
  const home = networks.inCountry('swg', 'US')
  const there = networks.inCountry('swg', country)
  return there.find(({ asn }) => asn === home[0]?.asn) ?? there[0] ?? home[0] ?? null
}

/** Of people, those who use a commercial VPN of their own (design B.2), and of these those on an unlisted network. */
const VPN_HABIT = 0.02
const UNLISTED = 0.25

/** A commercial VPN as a habit, or tried for the first time. */
export const commercialVpn: BenignProcess = {
  name: 'commercial-vpn',
  describe:
    'People with a commercial VPN of their own; a quarter of its networks is known as hosting only',
  shape: (plan, company, random) => {
    const { person } = plan
    const habit = company.draw('commercial-vpn', 'habit', person.index)
    if (!habit.chance(VPN_HABIT) || person.isShared) return
    const isUnlisted = habit.chance(UNLISTED)
    const country = habit.chance(0.6) ? person.site.country : habit.pick(company.world.destinations)
    const share = habit.between(0.05, 0.7)
    const pool = company.networks.inCountry(isUnlisted ? 'hosting' : 'anon', country)
    if (pool.length === 0) return
    const { asn } = habit.pick(pool)
    const exits = habit.sample(
      pool.filter((prefix) => prefix.asn === asn),
      4,
    )
    for (const visit of plan.visits) {
      if (visit.process !== 'work' || !random.chance(share)) continue
      visit.address = addressIn(random.pick(exits), random)
      visit.process = 'commercial-vpn'
    }
  },
}

/** Homes with both address families answer by one or the other. */
export const addressFamilies: BenignProcess = {
  name: 'address-families',
  describe: 'Home lines whose logins come now by IPv4, now by IPv6',
  shape: (plan, _company, random) => {
    const { address, address6 } = homeOf(plan.person, plan.day)
    if (address6 === null) return
    for (const visit of plan.visits) {
      if (visit.address !== address || !random.chance(0.5)) continue
      visit.address = address6
      visit.process = 'address-families'
    }
  },
}
