import { describe, expect, test } from '@jest/globals'
import { distanceKm } from '@sekisho/event'
import { openLocator } from '@sekisho/locate'
import { openNetworks } from '../networks/catalogue.ts'
import { SWITCHES } from '../simulate.ts'
import { bank } from '../worlds/bank.ts'
import { Company } from './company.ts'
import { peopleOf } from './people.ts'
import { homeOf, type Person } from './person.ts'

function peopleWithOnly(...on: string[]): Person[] {
  const without = new Set(SWITCHES.filter((name) => !on.includes(name)))
  const options = { seed: 5, users: 1500, days: 40, learningDays: 10, without }
  return peopleOf(new Company(bank, options, openNetworks()))
}

const plain = peopleWithOnly()
const hasMoved = ({ homes }: Person): boolean => homes.length > 1

describe('people', () => {
  test('have accounts of their own, live near their site, in the country that the locator says', () => {
    expect(new Set(plain.map(({ account }) => account)).size).toBe(plain.length)
    const locator = openLocator()
    const right = plain.filter((person) => {
      const place = locator.locate(homeOf(person, 0).address)
      const { latitude, longitude, country } = person.site
      const away = distanceKm(latitude, longitude, place.latitude, place.longitude)
      return place.country === country && away < place.radiusKm + 200
    })
    expect(right.length / plain.length).toBeGreaterThan(0.97)
  })

  test.each([
    ['merger', ({ site }: Person) => site.country === bank.merger.country],
    ['joiner', ({ fromDay }: Person) => fromDay > 0],
    ['leaver', ({ lastDay }: Person) => lastDay < 40],
    ['dhcp-churn', hasMoved],
    ['database-update', hasMoved],
    ['shared-account', ({ isShared }: Person) => isShared],
  ] as const)('%s makes some of them so, and without it none is', (name, isSo) => {
    expect(plain.filter(isSo)).toEqual([])
    const some = peopleWithOnly(name).filter(isSo).length
    expect(some).toBeGreaterThan(0)
    expect(some).toBeLessThan(plain.length / 2)
  })

  test('a switch leaves all others as they were', () => {
    const merged = peopleWithOnly('merger')
    const same = plain.filter(({ account }, n) => merged[n]?.account === account).length
    expect(same / plain.length).toBeGreaterThan(0.9)
  })
})
