import type { Company } from '../organisation/company.ts'
import type { Person } from '../organisation/person.ts'
import { type DayPlan, plainDay } from './day-plan.ts'
import { PROCESSES } from './processes.ts'

const SHAPING = PROCESSES.filter(({ shape }) => shape !== undefined)

/** What a person does on a day when every process that is switched on has had its say. A function of its arguments. */
export function shapedDay(company: Company, person: Person, day: number): DayPlan {
  const plan = plainDay(company, person, day)
  for (const { name, shape } of SHAPING) {
    if (company.isOn(name)) shape?.(plan, company, company.draw(name, person.index, day))
  }
  return plan
}
