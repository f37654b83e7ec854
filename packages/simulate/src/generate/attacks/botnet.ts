import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../clock.ts'
import type { Act } from './act.ts'
import { strangersNames } from './names.ts'
import type { Attack, AttackStage } from './stage.ts'

/** An address of a home line anywhere, the organisation's own countries included. */
function infectedHome(stage: AttackStage): string {
  const isDomestic = stage.random.chance(0.15)
  const country = isDomestic
    ? stage.random.pick(stage.company.world.sites).country
    : stage.foreignCountry()
  return stage.addressIn(stage.network('residential', country))
}

/** Each account once a day, each time from another infected router: no source and no account stands out. */
export const residentialBotnet: Attack = {
  kind: 'residential-botnet',
  describe: 'Thousands of infected routers that try each account once a day',
  perMonth: 1,
  spanDays: 6,
  plan: (stage) => {
    const { random, company } = stage
    const known = stage.targets(random.integer(120, 300)).map(({ account }) => account)
    const strangers = strangersNames(company, random.integer(40, 160), random)
    const names = [...known, ...strangers]
    const isKnown = new Set(known)
    const gateway = random.pick(company.gateways)
    const days = random.integer(3, 6)
    const acts: Act[] = []
    for (let day = 0; day < days; day++) {
      const startMs = company.startMs + (stage.day + day) * DAY_MS
      for (const user of names) {
        const timeMs = startMs + random.integer(0, DAY_MS - 1)
        const outcome = isKnown.has(user) ? 'wrong-password' : 'unknown-user'
        const address = infectedHome(stage)
        acts.push({ kind: 'failure', timeMs, gateway, user, address, outcome })
      }
    }
    return { acts, traits: { attemptsPerHour: Math.round(names.length / 24), days } }
  },
}

/** One important person, guessed at from many addresses. */
export const distributedBruteForce: Attack = {
  kind: 'distributed-brute-force',
  describe: 'One account, guessed at from dozens of addresses within hours',
  perMonth: 3,
  spanDays: 2,
  plan: (stage) => {
    const { random } = stage
    const person = stage.victim()
    if (person === null) return null
    const gateway = stage.gatewayOf(person)
    const addresses = Array.from({ length: random.integer(12, 60) }, () =>
      random.chance(0.5)
        ? infectedHome(stage)
        : stage.addressIn(stage.network('hosting', stage.foreignCountry())),
    )
    const attempts = random.integer(40, 160)
    const startMs = stage.anyTime()
    const spanMs = random.integer(1, 14) * HOUR_MS
    const acts: Act[] = Array.from({ length: attempts }, (_, n) => ({
      kind: 'failure',
      timeMs: startMs + Math.round((n / attempts) * spanMs) + random.integer(0, 20) * SECOND_MS,
      ...{ gateway, user: person.account, address: random.pick(addresses) },
      outcome: 'wrong-password',
    }))
    const isGuessed = random.chance(0.3)
    const timeMs = startMs + spanMs + MINUTE_MS
    if (isGuessed) acts.push(stage.session(gateway, person.account, random.pick(addresses), timeMs))
    return { acts, traits: { addresses: addresses.length, guessed: isGuessed } }
  },
}
