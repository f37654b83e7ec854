import { HOUR_MS, MINUTE_MS } from '../clock.ts'
import { addressIn } from '../networks/address-text.ts'
import type { Act } from './act.ts'
import { strangersNames } from './names.ts'
import type { Attack } from './stage.ts'
import { tryList, validPeople } from './stuffing.ts'

/** One or two passwords on everybody in alphabetical order, round after round, from one provider. */
export const orderedSpray: Attack = {
  kind: 'ordered-spray',
  describe: 'One password a round on real names in alphabetical order, from one provider',
  perMonth: 2,
  spanDays: 2,
  plan: (stage) => {
    const { random, company } = stage
    const gateway = random.pick(company.gateways)
    const people = stage.targets(random.integer(40, 150))
    const names = people.map(({ account }) => account).sort()
    const one = stage.network('hosting', stage.foreignCountry())
    const pool = random.sample(company.networks.ofNumber(one.asn), random.pick([1, 1, 3, 8]))
    const addresses = pool.map((prefix) => stage.addressIn(prefix))
    const rounds = random.integer(1, 4)
    const gapMs = random.integer(6, 40) * 1000
    const acts: Act[] = []
    for (let round = 0; round < rounds; round++) {
      let timeMs = stage.at(gateway.zone.name, 1) + round * random.integer(100, 300) * MINUTE_MS
      for (const [n, user] of names.entries()) {
        timeMs += gapMs + random.integer(-3000, 3000)
        const address = addresses[n % addresses.length] as string
        acts.push({ kind: 'failure', timeMs, gateway, user, address, outcome: 'wrong-password' })
      }
    }
    return { acts, traits: { rounds, addresses: addresses.length } }
  },
}

/** Names of one gateway from a public leak of its users, many of them right, each from another address. */
export const leakedListReplay: Attack = {
  kind: 'leaked-list-replay',
  describe:
    "A public leak of one gateway's users, a tenth to a fifth still right, each from another address",
  perMonth: 1,
  spanDays: 1,
  plan: (stage) => {
    const { random, company } = stage
    const gateway = random.pick(company.gateways)
    const size = random.integer(25, 60)
    const valid = Array.from({ length: Math.round(size * random.between(0.1, 0.2)) }, () =>
      stage.victim(({ gateways }) => gateways.includes(gateway)),
    ).filter((person) => person !== null)
    const known = stage.targets(Math.round(size * 0.5))
    const strangers = strangersNames(company, size - known.length - valid.length, random)
    const addresses = Array.from({ length: size }, () => {
      const networkClass = random.pick(['hosting', 'residential', 'anon'] as const)
      return stage.addressIn(stage.network(networkClass, stage.foreignCountry()))
    })
    const acts = tryList(stage, {
      ...{ gateway, known, valid, strangers, startMs: stage.anyTime(), gapS: [30, 400] },
      addressAt: (n) => addresses[n % addresses.length] as string,
    })
    return { acts, traits: { valid: valid.length, listed: size } }
  },
}

/** A thief behind the very address that honest phones of a carrier share. */
export const sharedCarrierGateway: Attack = {
  kind: 'shared-carrier-gateway',
  describe: 'A list tried by day from a carrier gateway that honest phones use as well',
  perMonth: 2,
  spanDays: 1,
  plan: (stage) => {
    const { random, company } = stage
    const phoneUser = company.people.find(({ phone }) => phone !== null)
    if (phoneUser === undefined || phoneUser.carrier.length === 0) return null
    const gateway = stage.gatewayOf(phoneUser)
    const address = addressIn(random.pick(phoneUser.carrier), random)
    const size = random.integer(25, 80)
    const known = stage.targets(Math.round(size * 0.3))
    const valid = validPeople(stage, gateway, 1)
    const strangers = strangersNames(company, size - known.length, random)
    const startMs = stage.at(phoneUser.zone.name, 9) + random.integer(0, 6) * HOUR_MS
    const acts = tryList(stage, {
      ...{ gateway, known, valid, strangers, startMs, gapS: [10, 60], addressAt: () => address },
    })
    return { acts, traits: { network: 'mobile', valid: valid.length } }
  },
}
