import type { AttackKind, SimulatedLine, Simulation, SimulationOptions } from '../simulation.ts'
import { ATTACKS } from './attacks/attacks.ts'
import { type Schedule, scheduleOf } from './attacks/schedule.ts'
import type { DayPlan, Visit } from './benign/day-plan.ts'
import { BENIGN_PROCESSES, PROCESSES } from './benign/processes.ts'
import { shapedDay } from './benign/shaped-day.ts'
import { DAY_MS } from './clock.ts'
import { configurationOf } from './configuration.ts'
import { disturbClocks } from './delivery/clock-faults.ts'
import { DELIVERY_FAULTS, deliveryOf } from './delivery/faults.ts'
import { Journal } from './delivery/journal.ts'
import { Writer } from './lines/writer.ts'
import { openNetworks } from './networks/catalogue.ts'
import { clientVersionOf } from './organisation/client-version.ts'
import { Company } from './organisation/company.ts'
import { peopleOf } from './organisation/people.ts'
import type { Person } from './organisation/person.ts'
import { worldOf } from './worlds/worlds.ts'
import { writeAct } from './write-act.ts'

/** Every kind of attack. */
export const ATTACK_KINDS: readonly AttackKind[] = ATTACKS.map(({ kind }) => kind)

/** Everything that `without` may name. */
export const SWITCHES: readonly string[] = [
  ...BENIGN_PROCESSES,
  ...DELIVERY_FAULTS.map(({ name }) => name),
]

/**
 * A run of a world: the raw lines of its gateways in the order of delivery, and the truth about them. The same
 * arguments give the same lines. Lines are made day by day while they are read.
 *
 * @throws RangeError on a world, switch or kind of attack that does not exist, and on numbers out of range
 */
export function simulate(worldName: string, options: SimulationOptions): Simulation {
  const world = worldOf(worldName)
  if (world === null) throw new RangeError(`there is no world "${worldName}"`)
  checkOptions(options)
  const { seed, users, days, learningDays } = options
  const without = new Set(options.without ?? [])
  const company = new Company(world, { seed, users, days, learningDays, without }, openNetworks())
  company.people = peopleOf(company)
  disturbClocks(company)
  const schedule = scheduleOf(company, options.attacks ?? ATTACK_KINDS)
  return {
    lines: linesOf(company, schedule),
    truth: {
      episodes: schedule.episodes,
      firstMs: company.startMs,
      endMs: company.endMs,
      users,
    },
    configurationText: configurationOf(company),
  }
}

function checkOptions({
  seed,
  users,
  days,
  learningDays,
  attacks,
  without,
}: SimulationOptions): void {
  const isCount = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most
  if (!isCount(seed, 0, 2 ** 31)) throw new RangeError('the seed is a whole number from 0 to 2^31')
  if (!isCount(users, 50, 200_000)) throw new RangeError('users are 50 to 200,000')
  if (!isCount(days, 1, 400)) throw new RangeError('days are 1 to 400')
  if (!isCount(learningDays, 0, days)) throw new RangeError('learning days are 0 to the days')
  for (const kind of attacks ?? []) {
    if (!ATTACK_KINDS.includes(kind)) throw new RangeError(`there is no attack "${kind}"`)
  }
  for (const name of without ?? []) {
    if (!SWITCHES.includes(name)) throw new RangeError(`there is no process or fault "${name}"`)
  }
}

function* linesOf(company: Company, { acts, silences }: Schedule): Iterable<SimulatedLine> {
  const journal = new Journal(deliveryOf(company, silences))
  const writer = new Writer(journal)
  let next = 0
  for (let day = 0; day < company.options.days; day++) {
    for (const person of company.people) {
      writeDay(company, writer, person, shapedDay(company, person, day))
    }
    for (const { name, write } of PROCESSES) {
      if (company.isOn(name)) write?.(day, company, writer, company.draw(name, 'write', day))
    }
    const untilMs = company.startMs + (day + 1) * DAY_MS
    for (; next < acts.length && (acts[next]?.act.timeMs ?? 0) < untilMs; next++) {
      const { act, episode } = acts[next] as Schedule['acts'][number]
      writeAct(writer, act, episode)
    }
    // The next local day may begin up to 14 hours before midnight UTC.
    yield* journal.takeThrough(company.firstDay + day - 1)
  }
  yield* journal.takeThrough(Number.POSITIVE_INFINITY)
}

function writeDay(
  company: Company,
  writer: Writer,
  person: Person,
  { day, visits }: DayPlan,
): void {
  for (const visit of visits) writeVisit(company, writer, person, day, visit)
}

/** Sessions last to the end of their visit, some seconds at least. */
const LEAST_MS = 20_000

function writeVisit(
  company: Company,
  writer: Writer,
  { account, index }: Person,
  day: number,
  { startMs, endMs, address, device, gateway, process, failures, moves }: Visit,
): void {
  const random = company.draw('visit', index, startMs)
  const user = random.chance(0.02) ? account.toUpperCase() : account
  const origin = { episode: null, process }
  for (const failure of failures) {
    writer.failure(gateway, { address, ...failure, user, device }, origin)
  }
  const shift = random.integer(0, 999)
  writer.session(
    gateway,
    {
      ...{ startMs: startMs + shift, endMs: Math.max(startMs + LEAST_MS, endMs) + shift },
      ...{ user, address, device, clientVersion: clientVersionOf(company, index, day), moves },
      sessionKey: `${account}/${startMs}`,
    },
    origin,
  )
}
