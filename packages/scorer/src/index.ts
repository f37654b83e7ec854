export { contentDigestOf } from './ledger.ts'
export { isScored, locatedAttempt, type UnlocatedAttempt } from './located-attempt.ts'
export { Scorer, type ScorerCounters, type ScorerOptions } from './scorer.ts'
