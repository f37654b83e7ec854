import type { AlertSeverity } from '@sekisho/simulate'

/** False alerts per 1,000 users and day that are allowed at a severity or above (docs/evaluation.md). */
export const FALSE_BUDGETS: Readonly<Record<AlertSeverity, number>> = {
  medium: 0.3,
  high: 0.05,
  critical: 0.01,
}
