import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../clock.ts'
import type { FailureOutcome } from '../lines/events.ts'
import { homeOf } from '../organisation/person.ts'
import type { Random } from '../random.ts'
import { type DayPlan, isDayOf, type Visit } from './day-plan.ts'
import type { BenignProcess } from './process.ts'

/** Puts failures before a visit, the last of them some seconds before it. */
function failBefore(
  visit: Visit,
  count: number,
  outcome: FailureOutcome,
  gapS: readonly [number, number],
  random: Random,
): void {
  let timeMs = visit.failures[0]?.timeMs ?? visit.startMs
  for (let n = 0; n < count; n++) {
    timeMs -= random.integer(...gapS) * SECOND_MS
    visit.failures.unshift({ timeMs, outcome })
  }
}

/** Slips of the hand: one to three wrong passwords, then the right one. */
export const typos: BenignProcess = {
  name: 'typos',
  describe: 'One to three mistyped passwords, then the right one',
  shape: (plan, company, random) => {
    for (const visit of plan.visits) {
      if (!random.chance(company.world.habits.typos)) continue
      failBefore(visit, random.pick([1, 1, 1, 2, 3]), 'wrong-password', [6, 40], random)
    }
  },
}

/** A wrong or late code of the second factor. */
export const factorSlips: BenignProcess = {
  name: 'factor-slips',
  describe: 'A wrong or late code of the second factor, then the right one',
  shape: (plan, company, random) => {
    if (!company.world.secondFactor) return
    for (const visit of plan.visits) {
      if (random.chance(0.015)) failBefore(visit, 1, 'second-factor', [15, 60], random)
    }
  },
}

/** Forgotten: a handful of failures, the account locks, the help desk lets it in again. */
export const lockout: BenignProcess = {
  name: 'lockout',
  describe: 'A forgotten password: five or more failures, then the account is locked for a while',
  shape: (plan, _company, random) => {
    const visit = plan.visits[0]
    if (visit === undefined || !random.chance(0.0015)) return
    failBefore(visit, random.integer(1, 3), 'locked', [300, 900], random)
    failBefore(visit, random.integer(5, 7), 'wrong-password', [8, 45], random)
  },
}

/** A new password from the help desk: failures, a call, and in. */
export const helpDeskReset: BenignProcess = {
  name: 'help-desk-reset',
  describe: 'A forgotten password: some failures, a call to the help desk, then in with a new one',
  shape: (plan, _company, random) => {
    const visit = plan.visits[0]
    if (visit === undefined || !random.chance(0.002)) return
    const resetMs = visit.startMs - random.integer(8, 40) * MINUTE_MS
    const failures = Array.from({ length: random.integer(3, 6) }, (_, n) => ({
      timeMs: resetMs - (n + 1) * random.integer(10, 60) * SECOND_MS,
      outcome: 'wrong-password' as const,
    }))
    visit.failures.unshift(...failures.sort((a, b) => a.timeMs - b.timeMs))
  },
}

const EXPIRY_EVERY_DAYS = 15

/** The morning after passwords of a site expired together. */
export const expiryMorning: BenignProcess = {
  name: 'expiry-morning',
  describe: 'A morning on which the passwords of a site have expired together',
  shape: (plan, company, random) => {
    const { person, day, isWorkday } = plan
    const visit = plan.visits[0]
    if (!isWorkday || !isDayOf(company, 'expiry-morning', day, EXPIRY_EVERY_DAYS)) return
    const site = company.draw('expiry-morning', 'site', day).pick(company.world.sites)
    if (visit === undefined || person.site.key !== site.key || !random.chance(0.4)) return
    failBefore(visit, random.integer(1, 2), 'expired-password', [40, 240], random)
  },
}

/** Of phones, those whose application goes on with the old password, per day. */
const STALE = 0.0015

/** The password was changed, the phone's application was not told. */
export const stalePassword: BenignProcess = {
  name: 'stale-password',
  describe: 'A phone that goes on trying an old password for up to three days',
  shape: (plan, company, random) => {
    const { person, day } = plan
    if (person.phone === null || day < person.fromDay || day > person.lastDay) return
    const isStale = [0, 1, 2].some((back) => {
      const begin = company.draw('stale-password', 'begin', person.index, day - back)
      return day >= back && begin.chance(STALE) && begin.integer(0, 2) >= back
    })
    if (isStale) tryAllDay(plan, random)
  },
}

/** Failures that belong to no success; they hang on the day's first visit. */
function tryAllDay(plan: DayPlan, random: Random): void {
  const visit = plan.visits[0]
  if (visit === undefined) return
  const stepMs = random.integer(15, 60) * MINUTE_MS
  // The application tries through the wireless network at home, where the phone lies most of the day.
  const { address } = homeOf(plan.person, plan.day)
  const failures = [...visit.failures]
  for (let ms = plan.midnightMs + HOUR_MS; ms < plan.midnightMs + 23 * HOUR_MS; ms += stepMs) {
    const timeMs = ms + random.integer(0, 30) * SECOND_MS
    failures.push({ timeMs, outcome: 'wrong-password', address })
  }
  visit.failures = failures.sort((a, b) => a.timeMs - b.timeMs)
}
