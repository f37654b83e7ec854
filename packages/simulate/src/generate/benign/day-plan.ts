import { HOUR_MS, MINUTE_MS, weekdayOf } from '../clock.ts'
import type { FailureOutcome, SessionMoveEvent } from '../lines/events.ts'
import type { Company } from '../organisation/company.ts'
import type { Gateway } from '../organisation/gateway.ts'
import { type Device, homeOf, type Person } from '../organisation/person.ts'
import type { Random } from '../random.ts'

/** A failure before a visit succeeds. */
export interface VisitFailure {
  readonly timeMs: number
  readonly outcome: FailureOutcome
  /** Where it came from when not from the visit's own address. */
  readonly address?: string
}

/** One login of a person and its session, as the processes of the day leave it. */
export interface Visit {
  startMs: number
  endMs: number
  address: string
  device: Device
  gateway: Gateway
  /** The process that decided where it is, or made it. */
  process: string
  failures: VisitFailure[]
  moves: SessionMoveEvent[]
}

/** What a person does on a day. */
export interface DayPlan {
  readonly person: Person
  /** Index of the day in the run. */
  readonly day: number
  /** Local midnight, epoch ms. */
  readonly midnightMs: number
  readonly isWorkday: boolean
  /** In the order in which they begin. */
  visits: Visit[]
}

/** The plain day: where it is is left to the processes. */
export function plainDay(company: Company, person: Person, day: number): DayPlan {
  const random = company.draw('work', person.index, day)
  const localDay = company.firstDay + day
  const midnightMs = person.zone.instantOf(localDay, 0)
  const isWorkday = company.world.workdays.includes(weekdayOf(localDay))
  const plan: DayPlan = { person, day, midnightMs, isWorkday, visits: [] }
  if (day < person.fromDay || day > person.lastDay) return plan
  const { workday, dayOff } = company.world.habits
  const isFree = person.hours !== 'office'
  const chance = isWorkday || isFree ? (isFree ? (workday * 5 + dayOff * 2) / 7 : workday) : dayOff
  if (!random.chance(person.isShared ? 0.95 : chance)) return plan
  for (const [startMs, endMs] of spansOf(plan, random)) {
    plan.visits.push(visitAt(plan, startMs, endMs, random))
  }
  return plan
}

/** A visit from home by laptop, mostly at the usual gateway. */
export function visitAt(plan: DayPlan, startMs: number, endMs: number, random: Random): Visit {
  const { person, day } = plan
  const [usual, other] = person.gateways as [Gateway, Gateway?]
  return {
    ...{ startMs, endMs, address: homeOf(person, day).address, device: person.laptop },
    ...{ gateway: other !== undefined && random.chance(0.25) ? other : usual },
    ...{ process: 'work', failures: [], moves: [] },
  }
}

function spansOf({ person, midnightMs, isWorkday }: DayPlan, random: Random): [number, number][] {
  const at = (hours: number, spreadHours: number): number =>
    midnightMs + Math.round((hours + random.normal() * spreadHours) * HOUR_MS)
  if (person.hours === 'shifts') {
    const startMs = at(random.pick([5.9, 13.8, 21.8]), 0.35)
    return [[startMs, startMs + random.integer(20, 500) * MINUTE_MS]]
  }
  if (person.hours === 'free') {
    const count = random.pick([1, 1, 2])
    const spans = Array.from({ length: count }, (): [number, number] => {
      const startMs = Math.max(midnightMs, at(14.5, 3.8))
      return [startMs, startMs + random.integer(10, 240) * MINUTE_MS]
    })
    return inOrder(spans)
  }
  if (!isWorkday) {
    const startMs = at(14, 3)
    return [[startMs, startMs + random.integer(10, 120) * MINUTE_MS]]
  }
  const startMs = at(8.6, 0.7)
  const endMs = Math.max(startMs + HOUR_MS, at(17.2, 0.8))
  if (random.chance(0.6)) return [[startMs, endMs]]
  const noonMs = at(12.2, 0.3)
  const backMs = noonMs + random.integer(30, 80) * MINUTE_MS
  return inOrder([
    [startMs, Math.max(startMs + 10 * MINUTE_MS, noonMs)],
    [backMs, Math.max(backMs + 10 * MINUTE_MS, endMs)],
  ])
}

function inOrder(spans: [number, number][]): [number, number][] {
  return spans.sort((a, b) => a[0] - b[0])
}

/** Adds a visit in its place. */
export function addVisit(plan: DayPlan, visit: Visit): void {
  plan.visits.push(visit)
  plan.visits.sort((a, b) => a.startMs - b.startMs)
}

/** Local hour of the day, 0 … 24, at which an instant is. */
export function hourIn({ midnightMs }: DayPlan, timeMs: number): number {
  return (timeMs - midnightMs) / HOUR_MS
}

/** Whether the day is the first of a span that recurs about every so many days, the same for everybody. */
export function isDayOf(company: Company, key: string, day: number, everyDays: number): boolean {
  const cycle = Math.floor(day / everyDays)
  const random = company.draw(key, 'day', cycle)
  return day === cycle * everyDays + random.integer(0, everyDays - 1)
}
