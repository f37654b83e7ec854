import { dayOf, dayStartMs, dayTextOf } from '@sekisho/detect'
import type { ScoredInputs } from './scored-inputs.ts'

/**
 * What a person must know of the days on which the rules know too little to speak, so that silence is not taken
 * for safety. Null when they can speak on every day that was read, or nothing was read.
 */
export function learningText({
  span,
  learningUntilDay,
}: Pick<ScoredInputs, 'span' | 'learningUntilDay'>): string | null {
  if (span === null) return null
  if (learningUntilDay === null || dayOf(span.lastMs) < learningUntilDay) {
    return 'not finished: until a week of logins is known only N1, N2 and X1 speak, at most at medium; the rest is signals'
  }
  if (span.firstMs >= dayStartMs(learningUntilDay)) return null
  return `until ${dayTextOf(learningUntilDay)}: before, only N1, N2 and X1 speak, at most at medium; the rest is signals`
}
