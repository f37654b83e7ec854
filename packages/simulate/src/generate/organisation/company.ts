import { DAY_MS, zoneOf } from '../clock.ts'
import { addressIn } from '../networks/address-text.ts'
import type { NetworkCatalogue } from '../networks/catalogue.ts'
import type { Prefix } from '../networks/prefix.ts'
import { hashOf, Random } from '../random.ts'
import type { Site, World } from '../worlds/world.ts'
import { Gateway } from './gateway.ts'
import type { Person } from './person.ts'

/** A building with one address for everybody inside. */
export interface Office {
  readonly site: Site
  readonly prefix: Prefix
  readonly address: string
  /** The administrator has declared it. */
  readonly isDeclared: boolean
}

/** What a run is made of. */
export interface CompanyOptions {
  readonly seed: number
  readonly users: number
  readonly days: number
  readonly learningDays: number
  /** Names of what is switched off. */
  readonly without: ReadonlySet<string>
}

/** How far around a site its people live and its offices stand, km. */
export const COMMUTE_KM = 45

/** Share of own networks that the administrator has declared (design B.2). */
const DECLARED = 0.6

/** The organisation of a run: its places and gateways; the people are added when it stands. */
export class Company {
  readonly world: World
  readonly options: CompanyOptions
  readonly networks: NetworkCatalogue
  readonly offices: readonly Office[]
  readonly gateways: readonly Gateway[]
  people: readonly Person[] = []
  /** Local day number (from 1970-01-01) of day 0. */
  readonly firstDay: number
  readonly #worldKey: number

  constructor(world: World, options: CompanyOptions, networks: NetworkCatalogue) {
    this.world = world
    this.options = options
    this.networks = networks
    this.firstDay = Date.parse(world.firstDate) / DAY_MS
    this.#worldKey = hashOf(world.name)
    this.offices = world.sites.map((site) => this.#officeOf(site))
    this.gateways = world.gateways.map((plan) => {
      const { prefix } = this.officeAt(plan.site)
      const address = addressIn(prefix, this.draw('gateway', plan.name))
      return new Gateway(plan, world, address)
    })
  }

  /** The stream of random numbers of some keys, the same whatever else happens. */
  draw(...keys: readonly (number | string)[]): Random {
    return new Random(this.options.seed, this.#worldKey, ...keys)
  }

  /** Whether a process or fault happens. */
  isOn(name: string): boolean {
    return !this.options.without.has(name)
  }

  /** The office of a site's key. @throws RangeError for a key without a site. */
  officeAt(key: string): Office {
    const office = this.offices.find(({ site }) => site.key === key)
    if (office === undefined) throw new RangeError(`no site ${key}`)
    return office
  }

  /** Gateways that serve a site, the usual one first. */
  gatewaysAt(key: string): readonly Gateway[] {
    return this.gateways
      .filter(({ serves }) => serves.includes(key))
      .sort((a, b) => {
        return a.serves.indexOf(key) - b.serves.indexOf(key)
      })
  }

  /** Midnight of a day in a zone, epoch ms. */
  midnightMs(timezone: string, day: number): number {
    return zoneOf(timezone).instantOf(this.firstDay + day, 0)
  }

  /** Midnight UTC of day 0. */
  get startMs(): number {
    return this.firstDay * DAY_MS
  }

  /** Midnight UTC after the last day. */
  get endMs(): number {
    return this.startMs + this.options.days * DAY_MS
  }

  #officeOf(site: Site): Office {
    const random = this.draw('office', site.key)
    const near = this.networks.near('unknown', site, COMMUTE_KM)
    const access = this.networks.near('residential', site, COMMUTE_KM)
    const prefix = random.pick(random.chance(0.5) && near.length > 0 ? near : access)
    const address = addressIn(prefix, random)
    return { site, prefix, address, isDeclared: random.chance(DECLARED) }
  }
}
