import type { AttackKind, Episode } from '../../simulation.ts'
import type { DayPlan } from '../benign/day-plan.ts'
import { shapedDay } from '../benign/shaped-day.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../clock.ts'
import type { Stretch } from '../delivery/faults.ts'
import { addressIn } from '../networks/address-text.ts'
import type { Prefix } from '../networks/prefix.ts'
import type { Company } from '../organisation/company.ts'
import type { Gateway } from '../organisation/gateway.ts'
import type { Person } from '../organisation/person.ts'
import type { Random } from '../random.ts'
import type { Act } from './act.ts'

/** What an attacker does, and the facts by which figures are split. */
export interface AttackPlan {
  readonly acts: readonly Act[]
  readonly traits: Episode['traits']
  readonly silences?: readonly Stretch[]
}

/** A kind of attacker. Parameters are drawn for each episode. */
export interface Attack {
  readonly kind: AttackKind
  /** One sentence. */
  readonly describe: string
  /** Episodes in 30 days with attacks. */
  readonly perMonth: number
  /** Days that an episode may last, at most. */
  readonly spanDays: number
  /** Null when the world has not what it needs. */
  readonly plan: (stage: AttackStage) => AttackPlan | null
}

/** Countries that attackers rent servers and abuse home lines in. */
const ABROAD = [
  ...['US', 'NL', 'RU', 'VN', 'BR', 'UA', 'RO', 'IN', 'TR', 'ID', 'BG', 'KR', 'ZA', 'AR', 'PL'],
  ...['TH', 'CN', 'HK', 'SG', 'MX', 'EG', 'PK', 'SE', 'FI', 'CZ', 'CO', 'LT', 'MD', 'GB', 'FR'],
]

/** What an attacker of an episode finds: targets that no other episode has, and networks to come from. */
export class AttackStage {
  readonly company: Company
  readonly random: Random
  /** Day on which it begins. */
  readonly day: number
  readonly #taken: Set<number>

  constructor(company: Company, random: Random, day: number, taken: Set<number>) {
    this.company = company
    this.random = random
    this.day = day
    this.#taken = taken
  }

  /** Somebody that no other episode touches and that a test admits; null when nobody is left. */
  victim(admits: (person: Person) => boolean = () => true): Person | null {
    const { people } = this.company
    for (let attempt = 0; attempt < 400; attempt++) {
      const person = this.random.pick(people)
      if (this.#isFree(person) && admits(person)) {
        this.#taken.add(person.index)
        return person
      }
    }
    return null
  }

  /** Names of people to try without success; they become nobody else's victims. */
  targets(count: number): Person[] {
    const free = this.company.people.filter((person) => this.#isFree(person))
    const chosen = this.random.sample(free, Math.min(count, Math.floor(free.length / 4)))
    for (const { index } of chosen) this.#taken.add(index)
    return chosen
  }

  #isFree({ index, isShared, fromDay, lastDay }: Person): boolean {
    const isThere = fromDay <= 3 && lastDay >= this.company.options.days
    return isThere && !isShared && !this.#taken.has(index)
  }

  /** An instant of the episode's day, in local hours of a person or gateway. */
  at(zone: string, hour: number, day = this.day): number {
    return this.company.midnightMs(zone, day) + Math.round(hour * 60) * MINUTE_MS
  }

  /** Any second of the episode's day, UTC. */
  anyTime(day = this.day): number {
    return this.company.startMs + day * DAY_MS + this.random.integer(0, 22 * HOUR_MS)
  }

  /** A foreign country: none of the organisation's own. */
  foreignCountry(): string {
    const own = new Set(this.company.world.sites.map(({ country }) => country))
    own.add(this.company.world.merger.country)
    return this.random.pick(ABROAD.filter((country) => !own.has(country)))
  }

  /** A network of a class; of another class of rented machines where the country has none. */
  network(networkClass: Prefix['networkClass'], country: string): Prefix {
    const { networks } = this.company
    const pool = networks.inCountry(networkClass, country)
    if (pool.length > 0) return this.random.pick(pool)
    return this.random.pick(networks.inCountry('hosting', 'NL'))
  }

  /** An address in a network. */
  addressIn(prefix: Prefix): string {
    return addressIn(prefix, this.random)
  }

  /** The gateway that a person uses. */
  gatewayOf(person: Person): Gateway {
    return person.gateways[0] as Gateway
  }

  /** What a person does on a day, attacks left aside. */
  planOf(person: Person, day: number): DayPlan {
    return shapedDay(this.company, person, day)
  }

  /** A session of some minutes. */
  session(gateway: Gateway, user: string, address: string, timeMs: number): Act {
    const endMs = timeMs + this.random.integer(4, 90) * MINUTE_MS
    return { kind: 'session', timeMs, endMs, gateway, user, address }
  }
}
