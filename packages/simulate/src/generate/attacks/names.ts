import type { Company } from '../organisation/company.ts'
import type { Random } from '../random.ts'

const COMMON =
  `admin administrator test guest info office service support backup scanner vpn vpnuser sales
  marketing helpdesk user operator manager reception print hr finance it webmaster mail root demo training
  intern temp remote student staff security`.split(/\s+/)

/** Names that lists of leaked passwords hold and that nobody here has. */
export function strangersNames(company: Company, count: number, random: Random): string[] {
  const own = new Set(company.people.map(({ account }) => account))
  const stocks = company.world.sites.map(({ names }) => names)
  const names = new Set<string>()
  for (let attempt = 0; names.size < count && attempt < count * 20; attempt++) {
    const { given, family } = random.pick(stocks)
    const [first, last] = [random.pick(given), random.pick(family)]
    const forms = [
      `${first[0]}${last}`,
      `${first}${last}`,
      `${last}.${first}`,
      `${first}${random.integer(1, 999)}`,
    ]
    const name = random.chance(0.15) ? random.pick(COMMON) : random.pick(forms)
    if (!own.has(name)) names.add(name)
  }
  return [...names]
}
