import type { Alert, Attempt } from '@sekisho/event'
import fc from 'fast-check'
import { type Property, propertyOf } from './property-definition.ts'
import { expectSameAlerts } from './property-difference.ts'
import {
  type Flood,
  floodArbitrary,
  linesOfFlood,
  ZEALOT,
  zealotHabit,
} from './property-flood-lines.ts'
import { boundOf, expectCounted, WatchedRun } from './property-watched-run.ts'
import { lastWords, watermarkOf } from './run.ts'
import { worldArbitrary } from './world.ts'

/** Families of stage U, which are about one person whatever strangers do elsewhere. */
const USER_FAMILIES = new Set(['U1', 'U2', 'M1', 'S1', 'T2'])

/**
 * What stage U says of people with a history, but for the one who is part of the flood. Somebody who fails before the first
 * success is a stranger until then, and shares the strangers' room.
 */
function ofPeople(alerts: readonly Alert[], world: readonly Attempt[]): Alert[] {
  const firstOf = new Map<string, Attempt>()
  for (const attempt of inTime(world)) {
    const { userKey } = attempt.event
    if (!firstOf.has(userKey)) firstOf.set(userKey, attempt)
  }
  const isPerson = (userKey: string) => firstOf.get(userKey)?.event.attempt === 'success'
  return alerts.filter(
    ({ family, userKey }) => USER_FAMILIES.has(family) && isPerson(userKey) && userKey !== ZEALOT,
  )
}

function inTime(attempts: readonly Attempt[]): Attempt[] {
  return [...attempts].sort(
    (a, b) => a.event.timestampMs - b.event.timestampMs || (a.id < b.id ? -1 : 1),
  )
}

function runWatchedBatch(world: readonly Attempt[], flood: readonly Attempt[]): WatchedRun {
  const run = new WatchedRun('batch', boundOf(world, flood))
  for (const attempt of inTime([...world, ...flood])) run.join(attempt)
  run.look()
  run.scorer.finish()
  return run
}

/** The world in order, and among its lines those of the flood as they come, whatever time they tell. */
function runWatchedLive(world: readonly Attempt[], flood: readonly Attempt[]): WatchedRun {
  const run = new WatchedRun('live', boundOf(world, flood))
  const advance = watermarkOf(run.scorer)
  let next = 0
  inTime(world).forEach((attempt, i) => {
    const until = Math.floor((flood.length * (i + 1)) / world.length)
    for (; next < until; next++) run.join(flood[next] as Attempt)
    run.scorer.offer(attempt)
    advance(attempt)
  })
  run.look()
  run.scorer.finish()
  return run
}

const casesArbitrary = fc.tuple(
  worldArbitrary,
  fc.array(floodArbitrary, { minLength: 1, maxLength: 2 }),
)

function linesOf(world: readonly Attempt[], floods: readonly Flood[]) {
  const people = [...world, ...zealotHabit()]
  const flood = floods.flatMap(linesOfFlood)
  return { people, flood }
}

/** However much comes, little is kept, and who has a history keeps it. */
export const FLOOD_PROPERTIES: readonly Property[] = [
  propertyOf({
    name: 'floods-batch',
    invariants: ['I9'],
    statement:
      'floods of names, addresses, lines and strange times keep bytes under a bound, are counted, and change no alert of stage U about people with a history',
    cases: 60,
    rules: ['T1', 'U2', 'U1'],
    arbitrary: casesArbitrary,
    holds: ([world, floods], seen) => {
      const { people, flood } = linesOf(world, floods)
      const calm = ofPeople(runWatchedBatch(people, []).alerts, world)
      seen.add(calm)
      const flooded = runWatchedBatch(people, flood)
      expectCounted(flooded.scorer, flood)
      expectSameAlerts('flooded, in batch', ofPeople(flooded.alerts, world), calm)
    },
  }),
  propertyOf({
    name: 'floods-live',
    invariants: ['I9'],
    statement: 'the same live, where the lines of a flood come at any time',
    cases: 40,
    rules: ['T1', 'U2'],
    arbitrary: casesArbitrary,
    holds: ([world, floods], seen) => {
      const { people, flood } = linesOf(world, floods)
      const calm = ofPeople(runWatchedBatch(people, []).alerts, world)
      seen.add(calm)
      const flooded = runWatchedLive(people, flood)
      expectCounted(flooded.scorer, flood)
      expectSameAlerts('flooded, live', ofPeople(lastWords(flooded.alerts), world), calm)
    },
  }),
]
