import { describe, expect, test } from '@jest/globals'
import { coverageOf, networkShares } from './network-coverage.ts'
import { classOfNetwork, networkListReviewed, networkLists } from './network-list.ts'
import { openTables } from './open-tables.ts'
import { textAt } from './tables/text-table.ts'

const { tables } = openTables({})
const { numbers, names } = tables.networks
const nameOf = new Map<number, string>()
for (const [i, asn] of numbers.entries()) nameOf.set(asn, textAt(tables.texts, names[i] as number))

const entries = networkLists.flatMap(([networkClass, networks]) =>
  networks.map(([asn, name]) => ({ asn, name, networkClass })),
)

describe('the network list', () => {
  test('has the names that the ASN database has', () => {
    const changed = entries.filter(({ asn, name }) => nameOf.get(asn) !== name)
    expect(changed.map(({ asn, name }) => `${asn} ${name}: ${nameOf.get(asn)}`)).toEqual([])
  })

  test('names each network once', () => {
    const seen = new Set<number>()
    const twice = entries.filter(({ asn }) => seen.size === seen.add(asn).size)
    expect(twice).toEqual([])
  })

  test('is dated', () => {
    expect(networkListReviewed).toMatch(/^20\d\d-\d\d-\d\d$/)
  })

  test.each([
    [4713, 'residential', false],
    [7922, 'residential', false],
    [3320, 'residential', true],
    [3209, 'residential', true],
    [2516, 'residential', true],
    [9605, 'mobile', false],
    [21928, 'mobile', false],
    [55836, 'mobile', false],
    [16509, 'hosting', false],
    [24940, 'hosting', false],
    [9009, 'hosting', false],
    [14593, 'satellite', false],
    [22616, 'swg', false],
    [55256, 'swg', false],
    [136787, 'anon', false],
    [2907, 'residential', false],
    [3356, 'unknown', false],
  ])('AS%i is %s, mixed: %p', (asn, networkClass, isMixed) => {
    expect(classOfNetwork(asn, '')).toEqual({ networkClass, source: 'list', isMixed })
  })

  test('decides before the words of a name do, and they before nothing', () => {
    expect(classOfNetwork(4713, 'Some Hosting').networkClass).toBe('residential')
    expect(classOfNetwork(4_200_000_000, 'Some Hosting')).toMatchObject({
      networkClass: 'hosting',
      source: 'name',
    })
    expect(classOfNetwork(4_200_000_000, 'Example')).toMatchObject({
      networkClass: 'unknown',
      source: 'none',
    })
  })
})

describe('coverage of the announced IPv4 space', () => {
  const shares = networkShares(tables)

  test('counts every announced address once', () => {
    const { starts, ids } = tables.networks.v4
    let announced = 0
    for (let i = 0; i < starts.length; i++) {
      if (ids[i] !== 0) announced += (starts[i + 1] ?? 2 ** 32) - (starts[i] as number)
    }
    expect(shares.reduce((sum, { addresses }) => sum + addresses, 0)).toBe(announced)
  })

  // Measured on the day of the review, less a point or two; the rest is companies and administrations.
  test.each([
    ['everywhere', '', 0.74, 0.68],
    ['JP', 'JP', 0.92, 0.88],
    ['US', 'US', 0.53, 0.47],
    ['DE', 'DE', 0.73, 0.7],
    ['GB', 'GB', 0.78, 0.76],
    ['FR', 'FR', 0.85, 0.82],
    ['NL', 'NL', 0.82, 0.8],
    ['SG', 'SG', 0.84, 0.78],
    ['CN', 'CN', 0.94, 0.92],
    ['KR', 'KR', 0.92, 0.88],
    ['BR', 'BR', 0.88, 0.72],
    ['IN', 'IN', 0.89, 0.83],
  ])('%s', (_name, country, leastKnown, leastListed) => {
    const { known, listed } = coverageOf(
      shares.filter((share) => country === '' || share.country === country),
    )
    expect(known).toBeGreaterThan(leastKnown)
    expect(listed).toBeGreaterThan(leastListed)
  })
})
