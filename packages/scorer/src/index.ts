export { isScored, locatedAttempt } from './located-attempt.ts'
export { Scorer, type ScorerCounters, type ScorerOptions } from './scorer.ts'
