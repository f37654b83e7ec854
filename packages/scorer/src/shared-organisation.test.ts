import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG } from '@sekisho/detect'
import { type OrganisationPart, SharedOrganisation } from './shared-organisation.ts'

const { profileDays } = DEFAULT_CONFIG.limits.common
const DAYS = profileDays + 40
const FIRST = 20_000
const LAST = FIRST + DAYS - 1
const NETWORK = 64_501 * 65_536 + 1

function part(day: number): OrganisationPart {
  return {
    partition: 0,
    day,
    piece: 0,
    counts: {
      day,
      activeUsers: 3,
      concurrentUsers: 1,
      networks: [[NETWORK + 1, 2]],
      countries: [[2, 2]],
    },
    firstMs: day * 86_400_000,
    regulars: [[7, 1]],
  }
}

function filled(): SharedOrganisation {
  const organisation = new SharedOrganisation(DEFAULT_CONFIG, 1)
  for (let day = FIRST; day <= LAST; day++) organisation.receive(part(day))
  return organisation
}

describe('an organisation that lets go of old days', () => {
  test('has the same profiles of the days that are asked for', () => {
    const whole = filled()
    const forgetful = filled()
    forgetful.forgetBefore(LAST - 3)
    for (let day = LAST - 3; day <= LAST; day++) {
      expect(forgetful.profile(day).hash).toBe(whole.profile(day).hash)
      expect(forgetful.profile(day).hasSucceededFrom('0.0.7.0/24')).toBe(true)
    }
  })

  test('still learns from a late part how long its history is', () => {
    const whole = filled()
    const forgetful = filled()
    forgetful.forgetBefore(LAST - 3)
    for (const organisation of [whole, forgetful]) organisation.receive(part(FIRST - 10))
    expect(whole.profile(LAST).firstDay).toBe(FIRST - 10)
    expect(forgetful.profile(LAST).hash).toBe(whole.profile(LAST).hash)
  })

  test('does not take in again what comes twice, old or new', () => {
    const organisation = filled()
    organisation.forgetBefore(LAST - 3)
    const { hash } = filled().profile(LAST)
    for (let day = FIRST; day <= LAST; day++) organisation.receive(part(day))
    expect(organisation.profile(LAST).hash).toBe(hash)
  })
})
