import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../clock.ts'
import type { Act } from './act.ts'
import { strangersNames } from './names.ts'
import type { Attack } from './stage.ts'
import { loginsWith } from './stolen.ts'

/** A stolen cookie: the victim's own session, used from a rented server. */
export const sessionTheft: Attack = {
  kind: 'session-theft',
  describe: "The victim's running session, used from elsewhere with its cookie",
  perMonth: 4,
  spanDays: 3,
  plan: (stage) => {
    const { random } = stage
    const person = stage.victim(({ gateways, hours }) => {
      return hours === 'office' && gateways[0]?.form !== 'fortigate-ipsec'
    })
    if (person === null) return null
    for (let day = stage.day; day < stage.day + 3; day++) {
      const visit = stage.planOf(person, day).visits.find(({ startMs, endMs, gateway, device }) => {
        const isLong = endMs - startMs > 40 * MINUTE_MS
        return isLong && gateway.form !== 'fortigate-ipsec' && !device.isPhone
      })
      if (visit === undefined) continue
      const { gateway, startMs, endMs } = visit
      const timeMs = startMs + Math.round(random.between(0.2, 0.6) * (endMs - startMs))
      const network = random.pick(['hosting', 'residential'] as const)
      const address = stage.addressIn(stage.network(network, stage.foreignCountry()))
      const sessionKey = `${person.account}/${startMs}`
      const who = { user: person.account, address, homeAddress: visit.address, sessionKey }
      const vendor = gateway.isPulse ? 'pulse' : 'fortigate'
      return { acts: [{ kind: 'theft', timeMs, gateway, ...who }], traits: { network, vendor } }
    }
    return null
  },
}

/** Prompts until the victim gives in, or does not. */
export const factorFatigue: Attack = {
  kind: 'factor-fatigue',
  describe: 'A right password and prompts of the second factor until the victim gives in, or not',
  perMonth: 4,
  spanDays: 1,
  plan: (stage) => {
    const { random, company } = stage
    const person = company.world.secondFactor ? stage.victim() : null
    if (person === null) return null
    const gateway = stage.gatewayOf(person)
    const network = random.pick(['hosting', 'anon', 'residential'] as const)
    const address = stage.addressIn(stage.network(network, stage.foreignCountry()))
    const prompts = random.integer(5, 25)
    const acts: Act[] = []
    let timeMs = stage.anyTime()
    for (let n = 0; n < prompts; n++) {
      timeMs += random.integer(20, 110) * SECOND_MS
      const denied = { gateway, user: person.account, address, outcome: 'second-factor' } as const
      acts.push({ kind: 'failure', timeMs, ...denied })
    }
    const givesIn = random.chance(0.6)
    if (givesIn) {
      acts.push(stage.session(gateway, person.account, address, timeMs + 45 * SECOND_MS))
    }
    return { acts, traits: { prompts, network, givesIn } }
  },
}

/** An account that nobody uses any more, or never did. */
export const dormantAccount: Attack = {
  kind: 'dormant-account',
  describe: 'An account of somebody who has left, or that was never used for the VPN',
  perMonth: 3,
  spanDays: 1,
  plan: (stage) => {
    const { random, company } = stage
    const left = company.people.filter(({ lastDay }) => lastDay < stage.day - 5)
    const [neverUsed] = strangersNames(company, 1, random)
    const former = random.chance(0.6) && left.length > 0 ? random.pick(left) : null
    const user = former?.account ?? neverUsed
    if (user === undefined) return null
    const network = random.pick(['hosting', 'residential'] as const)
    const address = stage.addressIn(stage.network(network, stage.foreignCountry()))
    const acts = [stage.session(random.pick(company.gateways), user, address, stage.anyTime())]
    return { acts, traits: { network, history: former === null ? 'never' : 'left' } }
  },
}

/** From one of the organisation's own places into another, by somebody who does not belong there. */
export const branchPivot: Attack = {
  kind: 'branch-pivot',
  describe: "Logins at one gateway from another of the organisation's own gateways, by night",
  perMonth: 2,
  spanDays: 1,
  plan: (stage) => {
    const { random, company } = stage
    const person = stage.victim()
    if (person === null) return null
    const elsewhere = company.gateways.filter(({ site }) => site !== person.site.key)
    if (elsewhere.length === 0) return null
    const from = random.pick(elsewhere)
    const startMs = stage.at(person.zone.name, 1) + random.integer(0, 180) * MINUTE_MS
    return { acts: loginsWith(stage, person, from.address, startMs), traits: { branch: from.site } }
  },
}

/** Some quiet logins first, so that the network becomes the victim's own, then many. */
export const teachingAttacker: Attack = {
  kind: 'teaching-attacker',
  describe: 'A login every second day from one network until it is learnt, then many',
  perMonth: 3,
  spanDays: 14,
  plan: (stage) => {
    const { random, company } = stage
    const person = stage.victim()
    if (person === null) return null
    const network = random.pick(['hosting', 'residential'] as const)
    const country = random.chance(0.5) ? person.site.country : stage.foreignCountry()
    const prefix = stage.network(network, country)
    const gateway = stage.gatewayOf(person)
    const acts: Act[] = []
    const days = Math.min(13, company.options.days - stage.day - 1)
    for (let day = 0; day < days; day += 2) {
      const timeMs = stage.at(person.zone.name, 9, stage.day + day) + random.integer(0, 8 * HOUR_MS)
      acts.push(stage.session(gateway, person.account, stage.addressIn(prefix), timeMs))
    }
    const abroad = country !== person.site.country
    return { acts, traits: { network, abroad, logins: acts.length } }
  },
}
