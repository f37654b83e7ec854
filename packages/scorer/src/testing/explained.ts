import { byTimeAndId, DAY_MS, DEFAULT_CONFIG, dayOf, dayStartMs } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { type AttemptExplanation, DayExplainer } from '../explain.ts'
import { Scorer } from '../scorer.ts'

/** A scorer that has read the lines up to two days after a day, with every day before it complete. */
export function readFor(story: readonly Attempt[], asked: number, partitions = 1): Scorer {
  const options = { config: DEFAULT_CONFIG, databases: 'test', mode: 'batch' } as const
  const scorer = new Scorer({ ...options, keepsOpen: true, partitions, onAlert: () => {} })
  const near = story.filter(({ event }) => dayOf(event.timestampMs) <= asked + 2)
  for (const attempt of near.toSorted(byTimeAndId)) scorer.join(attempt)
  scorer.advance(dayStartMs(asked) + 2 * DAY_MS)
  return scorer
}

/** What the rules make of one line of a story. */
export function explained(story: readonly Attempt[], attempt: Attempt): AttemptExplanation {
  const asked = dayOf(attempt.event.timestampMs)
  const chunks = readFor(story, asked).save()
  const explainer = DayExplainer.of(DEFAULT_CONFIG, chunks, asked)
  return (explainer as DayExplainer).explain([attempt])[0] as AttemptExplanation
}
