import type { Consideration } from '@sekisho/event'
import type { Limits } from './limits.ts'

/** Whether the organisation has too little history for the alert to say more (A.3), as an alert shows it. */
export function coldStartOf(isCold: boolean, { common: { coldStartDays } }: Limits): Consideration {
  const why = isCold
    ? `the organisation has less than ${coldStartDays} days of history`
    : `the organisation has at least ${coldStartDays} days of history`
  return { name: 'cold_start', applied: isCold, why }
}
