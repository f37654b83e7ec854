import type { AttackKind } from '../../simulation.ts'
import { hourIn } from '../benign/day-plan.ts'
import { MINUTE_MS } from '../clock.ts'
import { COMMUTE_KM } from '../organisation/company.ts'
import type { Person } from '../organisation/person.ts'
import type { Act } from './act.ts'
import type { Attack, AttackPlan, AttackStage } from './stage.ts'

/** One to four logins with a password that is right, from one address, within a few hours. */
export function loginsWith(
  stage: AttackStage,
  person: Person,
  address: string,
  startMs: number,
): Act[] {
  const { random } = stage
  const gateway = stage.gatewayOf(person)
  const acts: Act[] = []
  let timeMs = startMs
  for (let n = random.pick([1, 1, 2, 3, 4]); n > 0; n--) {
    acts.push(stage.session(gateway, person.account, address, timeMs))
    timeMs += random.integer(95, 200) * MINUTE_MS
  }
  return acts
}

function stolen(
  kind: AttackKind,
  describe: string,
  place: (stage: AttackStage, person: Person) => { address: string; traits: AttackPlan['traits'] },
  when: (stage: AttackStage, person: Person) => number = (stage) => stage.anyTime(),
): Attack {
  return {
    kind,
    describe,
    perMonth: 8,
    spanDays: 1,
    plan: (stage) => {
      const person = stage.victim()
      if (person === null) return null
      const { address, traits } = place(stage, person)
      const device = stage.company.world.deviceIds ? 'logged' : 'none'
      return {
        acts: loginsWith(stage, person, address, when(stage, person)),
        traits: { ...traits, device },
      }
    },
  }
}

/** A rented server or a VPN service in a country where nobody works. */
export const stolenHostingAbroad = stolen(
  'stolen-hosting-abroad',
  'A right password used from a rented server or a VPN service abroad',
  (stage) => {
    const network = stage.random.chance(0.7) ? 'hosting' : 'anon'
    const prefix = stage.network(network, stage.foreignCountry())
    return {
      address: stage.addressIn(prefix),
      traits: { network: prefix.networkClass, abroad: true },
    }
  },
)

/** A home line abroad: somebody's infected router. */
export const stolenForeignHome = stolen(
  'stolen-foreign-home',
  'A right password used from a home line abroad',
  (stage) => {
    const prefix = stage.network('residential', stage.foreignCountry())
    return { address: stage.addressIn(prefix), traits: { network: 'residential', abroad: true } }
  },
)

/** A home line of the victim's country: near-invisible without a device id. */
export const stolenDomesticHome = stolen(
  'stolen-domestic-home',
  "A right password used from a home line of the victim's country",
  (stage, { site }) => {
    const prefix = stage.network('residential', site.country)
    return { address: stage.addressIn(prefix), traits: { network: 'residential', abroad: false } }
  },
)

/** Like the victim in everything but the line: the same hours, the same town. */
export const stolenUsualHours = stolen(
  'stolen-usual-hours',
  "A right password used at the victim's usual hours, from a home line or server of the same region",
  (stage, { site }) => {
    const { networks } = stage.company
    const isHosting = stage.random.chance(0.5)
    const pool = networks.near(isHosting ? 'hosting' : 'residential', site, COMMUTE_KM * 4)
    const prefix = stage.random.pick(pool)
    return {
      address: stage.addressIn(prefix),
      traits: { network: prefix.networkClass, abroad: false },
    }
  },
  (stage, person) => {
    const plan = stage.planOf(person, stage.day)
    const usual = plan.visits[0]
    const hour = usual === undefined ? 10 : hourIn(plan, usual.startMs)
    return stage.at(person.zone.name, hour) + stage.random.integer(10, 240) * MINUTE_MS
  },
)
