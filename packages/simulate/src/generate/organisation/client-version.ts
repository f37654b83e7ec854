import type { Company } from './company.ts'

const VERSIONS = ['22.6.1.26825', '22.7.4.30859']

/** Days within which everybody gets a new version. */
const ROLL_OUT_DAYS = 4

/** The client's version on a person's laptop on a day: there is one upgrade in a run. */
export function clientVersionOf(company: Company, index: number, day: number): string {
  const { days } = company.options
  const upgradeDay = company.draw('client-upgrade').integer(Math.ceil(days / 3), days)
  const own = company.draw('client-upgrade', index).integer(0, ROLL_OUT_DAYS)
  const isNew = company.isOn('client-upgrade') && day >= upgradeDay + own
  return VERSIONS[isNew ? 1 : 0] as string
}
