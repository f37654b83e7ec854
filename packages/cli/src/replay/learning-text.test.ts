import { expect, test } from '@jest/globals'
import { dayOf } from '@sekisho/detect'
import { learningText } from './learning-text.ts'

const NOT_FINISHED =
  'not finished: until a week of logins is known only N1, N2 and X1 speak, at most at medium; the rest is signals'
const UNTIL =
  'until 2026-03-08: before, only N1, N2 and X1 speak, at most at medium; the rest is signals'

test.each<[string, string, string | null, string | null]>([
  ['2026-03-01T05:00Z', '2026-03-07T23:59:59.999Z', '2026-03-08', NOT_FINISHED],
  ['2026-03-01T05:00Z', '2026-03-08T00:00Z', '2026-03-08', UNTIL],
  ['2026-03-07T23:59:59.999Z', '2026-04-01T00:00Z', '2026-03-08', UNTIL],
  ['2026-03-08T00:00Z', '2026-04-01T00:00Z', '2026-03-08', null],
  ['2026-03-01T05:00Z', '2026-04-01T00:00Z', null, NOT_FINISHED],
])('%s to %s, learnt by %s: %s', (first, last, until, text) => {
  const span = { firstMs: Date.parse(first), lastMs: Date.parse(last) }
  const learningUntilDay = until === null ? null : dayOf(Date.parse(until))
  expect(learningText({ span, learningUntilDay })).toBe(text)
})

test('nothing is said of nothing', () => {
  expect(learningText({ span: null, learningUntilDay: null })).toBeNull()
})
