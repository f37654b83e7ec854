import { SECOND_MS } from '../clock.ts'
import { addressText } from '../networks/address-text.ts'
import type { Prefix } from '../networks/prefix.ts'
import type { Gateway } from '../organisation/gateway.ts'
import type { Person } from '../organisation/person.ts'
import type { Act } from './act.ts'
import { strangersNames } from './names.ts'
import type { Attack, AttackStage } from './stage.ts'

/** A list of names tried once or twice each, from whatever address a function gives. */
export interface ListRun {
  readonly gateway: Gateway
  readonly strangers: readonly string[]
  readonly known: readonly Person[]
  /** People whose password is on the list and right. */
  readonly valid: readonly Person[]
  readonly startMs: number
  /** Seconds between two attempts. */
  readonly gapS: readonly [number, number]
  readonly addressAt: (n: number) => string
}

/** Tries a list in random order; the valid pairs lie behind its first fifth. */
export function tryList(stage: AttackStage, run: ListRun): Act[] {
  const { random } = stage
  const failing = [...run.strangers, ...run.known.map(({ account }) => account)]
  const order = random.sample(failing, failing.length)
  const known = new Set(run.known.map(({ account }) => account))
  for (const { account } of run.valid) {
    order.splice(random.integer(Math.ceil(order.length / 5), order.length), 0, account)
  }
  const valid = new Set(run.valid.map(({ account }) => account))
  const acts: Act[] = []
  let timeMs = run.startMs
  for (const [n, user] of order.entries()) {
    timeMs += Math.round(random.between(...run.gapS) * SECOND_MS)
    const [gateway, address] = [run.gateway, run.addressAt(n)]
    if (valid.has(user)) {
      acts.push(stage.session(gateway, user, address, timeMs))
      continue
    }
    const outcome = known.has(user) ? 'wrong-password' : 'unknown-user'
    acts.push({ kind: 'failure', timeMs, gateway, user, address, outcome })
  }
  return acts
}

/** People with a right password on a list, at most so many. */
export function validPeople(stage: AttackStage, gateway: Gateway, most: number): Person[] {
  const count = stage.random.integer(0, most)
  return Array.from({ length: count }, () =>
    stage.victim(({ gateways }) => gateways.includes(gateway)),
  ).filter((person) => person !== null)
}

function stuffingFrom(
  stage: AttackStage,
  sizes: readonly [number, number],
  addressAt: (n: number) => string,
): { acts: Act[]; valid: number } {
  const { company, random } = stage
  const gateway = random.pick(company.gateways)
  const size = random.integer(...sizes)
  const known = stage.targets(Math.ceil(size * random.between(0.05, 0.35)))
  const valid = validPeople(stage, gateway, 2)
  const strangers = strangersNames(company, size - known.length, random)
  const gapS: [number, number] = random.pick([
    [1, 4],
    [4, 20],
    [20, 70],
  ])
  const startMs = stage.anyTime()
  const acts = tryList(stage, { gateway, strangers, known, valid, startMs, gapS, addressAt })
  return { acts, valid: valid.length }
}

/** A leaked list tried from one address. */
export const singleSourceStuffing: Attack = {
  kind: 'single-source-stuffing',
  describe: 'A leaked list of names tried from one rented address',
  perMonth: 4,
  spanDays: 1,
  plan: (stage) => {
    const networkClass = stage.random.pick(['hosting', 'hosting', 'anon', 'residential'] as const)
    const address = stage.addressIn(stage.network(networkClass, stage.foreignCountry()))
    const { acts, valid } = stuffingFrom(stage, [30, 160], () => address)
    return { acts, traits: { network: networkClass, valid } }
  },
}

/** The same from a whole /24, another address each time. */
export const rotatingPrefixStuffing: Attack = {
  kind: 'rotating-prefix-stuffing',
  describe: 'A leaked list tried from all addresses of one /24 in turn',
  perMonth: 2,
  spanDays: 1,
  plan: (stage) => {
    const prefix = stage.network('hosting', stage.foreignCountry())
    const first = stage.random.integer(0, 200)
    const address = (n: number): string => addressText(prefix.start + 1 + ((first + n * 7) % 250))
    const { acts, valid } = stuffingFrom(stage, [40, 200], address)
    return { acts, traits: { network: 'hosting', valid } }
  },
}

/** The same from a fleet of servers of one provider. */
export const hostingFleet: Attack = {
  kind: 'hosting-fleet',
  describe: 'A leaked list tried from a fleet of servers of one provider, a few attempts each',
  perMonth: 2,
  spanDays: 1,
  plan: (stage) => {
    const { networks } = stage.company
    const one = stage.network('hosting', stage.foreignCountry())
    const fleet = stage.random.sample(networks.ofNumber(one.asn), 30)
    const addresses = fleet.map((prefix: Prefix) => stage.addressIn(prefix))
    const address = (n: number): string => addresses[n % addresses.length] as string
    const { acts, valid } = stuffingFrom(stage, [120, 300], address)
    return { acts, traits: { network: 'hosting', addresses: addresses.length, valid } }
  },
}
