import { UsageError } from '../../usage-error.ts'
import { type CheckRow, failed } from './check-row.ts'

/** Runs a check whose mistakes are errors for the user. */
export function trying(check: string, run: () => CheckRow): CheckRow {
  try {
    return run()
  } catch (error) {
    if (error instanceof UsageError) return failed(check, error.message)
    throw error
  }
}
