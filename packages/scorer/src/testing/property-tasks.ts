import { DAY_MS, MINUTE_MS } from '@sekisho/detect'
import fc from 'fast-check'
import { arrivalsOf, deliveryArbitrary } from './property-arrivals.ts'
import { EVERY_RULE, type Property, propertyOf } from './property-definition.ts'
import { expectSameAlerts } from './property-difference.ts'
import { lastWords, runBatch } from './run.ts'
import { TaskTopology } from './task-topology.ts'
import { worldArbitrary } from './world.ts'

/** What happens next: a task goes on by some records, with or without a commit, or is lost. */
const actionArbitrary = fc.record({
  kind: fc.constantFrom('user', 'user', 'source', 'source', 'lost-user', 'lost-source'),
  index: fc.nat(47),
  records: fc.constantFrom(1, 3, 20, 200),
  isCommitted: fc.boolean(),
})
type Action = typeof actionArbitrary extends fc.Arbitrary<infer T> ? T : never

function act(topology: TaskTopology, { kind, index, records, isCommitted }: Action, of: number) {
  const partition = index % of
  if (kind === 'user') topology.stepUser(partition, records, isCommitted)
  else if (kind === 'source') topology.stepSource(partition, records, isCommitted)
  else if (kind === 'lost-user') topology.loseUser(partition)
  else topology.loseSource(partition)
}

/** Stages as tasks that are lost and made anew: what runs over a broker, without one. */
export const TASK_PROPERTIES: readonly Property[] = [
  propertyOf({
    name: 'tasks',
    invariants: ['I3', 'I5', 'I6', 'I7', 'I8'],
    statement:
      'tasks over logs, each at its own pace and lost at any time, end with the alerts of the batch; revisions rise and end',
    cases: 250,
    rules: EVERY_RULE,
    arbitrary: fc.tuple(
      worldArbitrary,
      deliveryArbitrary,
      fc.constantFrom(1, 2, 3, 7),
      fc.integer({ min: 5, max: 60 }),
      fc.array(actionArbitrary, { minLength: 1, maxLength: 40 }),
    ),
    holds: ([attempts, delivery, partitions, every, actions], seen) => {
      const batch = runBatch(attempts)
      seen.add(batch)
      const topology = new TaskTopology(partitions)
      let latestMs = Number.NEGATIVE_INFINITY
      arrivalsOf(attempts, delivery).forEach((attempt, i) => {
        topology.offer(attempt)
        latestMs = Math.max(latestMs, attempt.event.timestampMs)
        if (i % 10 === 0) topology.watermark(latestMs - 10 * MINUTE_MS)
        if (i % every !== 0) return
        for (const each of actions.slice(0, 1 + (i % actions.length)))
          act(topology, each, partitions)
      })
      topology.watermark(latestMs + END_MS)
      for (const action of actions) act(topology, action, partitions)
      topology.drain()
      expectSameAlerts('tasks, against the batch', lastWords(topology.alerts), batch)
    },
  }),
]

/** A watermark so far ahead that every day with lines is complete, for sources too. */
const END_MS = 5 * DAY_MS
