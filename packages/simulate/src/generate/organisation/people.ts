import { zoneOf } from '../clock.ts'
import { addressIn, addressIn6 } from '../networks/address-text.ts'
import { announcedBy } from '../networks/catalogue.ts'
import type { Prefix } from '../networks/prefix.ts'
import type { Random } from '../random.ts'
import type { Site, World } from '../worlds/world.ts'
import { COMMUTE_KM, type Company } from './company.ts'
import type { Device, HomeLine, Hours, Person } from './person.ts'

/** Of people, those who come with an acquired company. */
const MERGED = 0.05
/** Joiners per person and day (design B.2), and leavers. */
const JOINING = 0.001
/** Of home lines, those with IPv6. */
const WITH_IPV6 = 0.12
/** A home line gets another address this often, per day (design B.2). */
const CHURN = 0.01
/** Of home lines, those that the tables put elsewhere after an update. */
const MOVED_BY_UPDATE = 0.02

/** Everybody with an account, in an order that does not change with what is switched off. */
export function peopleOf(company: Company): Person[] {
  const { world, options } = company
  const taken = new Set<string>()
  const shared = Math.round((options.users * world.habits.sharedAccounts) / 1000)
  const people: Person[] = []
  for (let index = 0; index < options.users; index++) {
    const isShared = index >= options.users - shared && company.isOn('shared-account')
    people.push(personOf(company, index, isShared, taken))
  }
  return people
}

function personOf(company: Company, index: number, isShared: boolean, taken: Set<string>): Person {
  const { world, options } = company
  const random = company.draw('person', index)
  const isMerged = random.chance(MERGED) && company.isOn('merger') && !isShared
  const workplace = world.sites[random.weighted(world.sites.map(({ share }) => share))] as Site
  const site = isMerged ? { ...workplace, ...world.merger } : workplace
  const name = nameOf(world, site, random)
  const account = uniqueName(isShared ? `${workplace.key}${index % 100}` : name, taken)
  const [hours, phones] = [hoursOf(world, random), random.chance(world.habits.phones)]
  const [fromDay, lastDay] = stayOf(company, isMerged, random)
  return {
    index,
    account,
    site,
    zone: zoneOf(site.timezone),
    gateways: gatewaysOf(company, workplace, random),
    hours,
    homes: homesOf(company, site, options.days, random),
    laptop: deviceOf(random, false),
    phone: phones && !isShared ? deviceOf(random, true) : null,
    carrier: carrierOf(company, site, random),
    fromDay,
    lastDay,
    isShared,
  }
}

function gatewaysOf(company: Company, { key }: Site, random: Random): Person['gateways'] {
  const all = company.gatewaysAt(key)
  return random.chance(0.75) ? all.slice(0, 1) : all
}

function nameOf({ nameForm }: World, { names }: Site, random: Random): string {
  const [given, family] = [random.pick(names.given), random.pick(names.family)]
  if (nameForm === 'given.family') return `${given}.${family}`
  if (nameForm === 'initial.family') return `${given.slice(0, 1)}.${family}`
  return `${family.slice(0, 6)}${given.slice(0, 1)}${random.integer(10, 99)}`
}

function uniqueName(name: string, taken: Set<string>): string {
  let found = name
  for (let n = 2; taken.has(found); n++) found = `${name}${n}`
  taken.add(found)
  return found
}

function hoursOf({ habits }: World, random: Random): Hours {
  const draw = random.fraction()
  if (draw < habits.shifts) return 'shifts'
  return draw < habits.shifts + habits.freeHours ? 'free' : 'office'
}

/** First and last day with an account. */
function stayOf(company: Company, isMerged: boolean, random: Random): [number, number] {
  const { days } = company.options
  const mergerDay = company.draw('merger').integer(Math.ceil(days * 0.4), Math.ceil(days * 0.7))
  const [joins, leaves] = [random.chance(JOINING * days), random.chance(JOINING * days)]
  const [joinDay, leaveDay] = [random.integer(1, days), random.integer(0, days - 1)]
  if (isMerged) return [mergerDay, days]
  if (joins && company.isOn('joiner')) return [joinDay, days]
  return [0, leaves && company.isOn('leaver') ? leaveDay : days]
}

function homesOf(company: Company, site: Site, days: number, random: Random): HomeLine[] {
  const { networks } = company
  const prefix = random.pick(networks.near('residential', site, COMMUTE_KM))
  const sixes = announcedBy(networks.inCountry6(site.country), prefix.asn)
  const has6 = random.chance(WITH_IPV6) && sixes.length > 0
  const prefix6 = has6 ? random.pick(sixes) : null
  const lineIn = (where: Prefix, fromDay: number): HomeLine => ({
    fromDay,
    address: addressIn(where, random),
    address6: prefix6 === null ? null : addressIn6(prefix6, random),
  })
  const homes = [lineIn(prefix, 0)]
  const pool = announcedBy(networks.near('residential', site, COMMUTE_KM), prefix.asn)
  for (let day = 1; day < days; day++) {
    const isNew = random.chance(CHURN)
    const line = lineIn(random.chance(0.5) ? prefix : random.pick(pool), day)
    if (isNew && company.isOn('dhcp-churn')) homes.push(line)
  }
  const isMoved = random.chance(MOVED_BY_UPDATE)
  const elsewhere = announcedBy(networks.inCountry('residential', site.country), prefix.asn)
  const moved = lineIn(random.pick(elsewhere), updateDayOf(company))
  if (isMoved && company.isOn('database-update')) {
    return [...homes.filter(({ fromDay }) => fromDay < moved.fromDay), moved]
  }
  return homes
}

/** The day on which the world's databases are renewed. */
function updateDayOf(company: Company): number {
  const { days } = company.options
  return company.draw('database-update').integer(Math.ceil(days / 2), days - 1)
}

/** Carriers put their customers behind a few gateways, the same for all of them. */
const CARRIER_GATEWAYS = 24

function carrierOf(company: Company, site: Site, random: Random): readonly Prefix[] {
  const { networks } = company
  const all = networks.phonesOf(site.country)
  if (all.length === 0) return networks.near('residential', site, COMMUTE_KM)
  const { asn } = random.pick(all)
  const own = announcedBy(all, asn)
  return company.draw('carrier', asn).sample(own, CARRIER_GATEWAYS)
}

function deviceOf(random: Random, isPhone: boolean): Device {
  const mac = ['02', ...Array.from({ length: 5 }, () => random.hex(2))].join('-')
  const name = `${isPhone ? 'PH' : 'LT'}-${random.hex(6).toUpperCase()}`
  return { isPhone, clientId: random.hex(32).toUpperCase(), mac, name }
}
