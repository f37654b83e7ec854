import { PANE_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'
import { earlierLogins, habitOf, PEOPLE, sketchArbitrary } from './world-basics.ts'
import {
  burstArbitrary,
  fatigueArbitrary,
  hammeringArbitrary,
  sprayArbitrary,
} from './world-guessing.ts'
import { attemptOf, type Sketch } from './world-sketch.ts'
import {
  concurrentArbitrary,
  movedSessionArbitrary,
  reuseArbitrary,
  strangeLoginArbitrary,
} from './world-strange-logins.ts'

export { attemptOf, EMPTY_EVENT, placeOf, type Sketch, WORLD_DAY } from './world-sketch.ts'

/** Lines of one user and source network in five minutes; more would be over a cap of stage N, whose effect is tested apart. */
const LINES_PER_PANE_MAX = 8

/** Whose habits a world has, and how long they and the time before it are. */
const historyArbitrary = fc
  .record({
    people: fc.oneof(fc.constant([...PEOPLE]), fc.subarray([...PEOPLE])),
    isLong: fc.constantFrom(false, false, true),
    hasHistory: fc.constantFrom(false, true),
    dormantDays: fc.constantFrom(null, 88, 100, 190),
  })
  .map(({ people, isLong, hasHistory, dormantDays }) => [
    ...people.flatMap((user) => habitOf(user, PEOPLE.indexOf(user) % 3, isLong)),
    ...earlierLogins(hasHistory, dormantDays),
  ])

function stories(arbitrary: fc.Arbitrary<Sketch[]>, maxLength: number): fc.Arbitrary<Sketch[]> {
  return fc.array(arbitrary, { maxLength }).map((all) => all.flat())
}

/** Two or three weeks of a small organisation with whatever fast-check thinks of; every event once. */
export const worldArbitrary: fc.Arbitrary<Attempt[]> = fc
  .tuple(
    historyArbitrary,
    fc.array(sketchArbitrary, { maxLength: 32 }),
    stories(burstArbitrary, 2),
    stories(hammeringArbitrary, 1),
    stories(sprayArbitrary, 2),
    stories(fatigueArbitrary, 1),
    stories(strangeLoginArbitrary, 3),
    stories(reuseArbitrary, 1),
    stories(movedSessionArbitrary, 1),
    stories(concurrentArbitrary, 1),
  )
  .map((parts) => {
    const attempts = new Map(
      parts
        .flat()
        .map(attemptOf)
        .map((attempt) => [attempt.id, attempt]),
    )
    return withoutCrowds([...attempts.values()])
  })

/** The first lines of each user, source network and pane. */
function withoutCrowds(attempts: readonly Attempt[]): Attempt[] {
  const lines = new Map<string, number>()
  return attempts.filter(({ event, prefix }) => {
    const key = `${Math.floor(event.timestampMs / PANE_MS)}|${prefix}|${event.userKey}`
    const count = (lines.get(key) ?? 0) + 1
    lines.set(key, count)
    return count <= LINES_PER_PANE_MAX
  })
}
