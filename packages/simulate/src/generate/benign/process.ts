import type { Writer } from '../lines/writer.ts'
import type { Company } from '../organisation/company.ts'
import type { Random } from '../random.ts'
import type { DayPlan } from './day-plan.ts'

/** Something honest that happens in organisations and looks odd in logs. */
export interface BenignProcess {
  /** `typos`; names it for `--without`. */
  readonly name: string
  /** One sentence. */
  readonly describe: string
  /** Changes a person's day. `random` is this process's own for that person and day. */
  readonly shape?: (plan: DayPlan, company: Company, random: Random) => void
  /** Writes lines of a day that belong to no one's plan. */
  readonly write?: (day: number, company: Company, writer: Writer, random: Random) => void
}
