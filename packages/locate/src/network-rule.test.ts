import { describe, expect, test } from '@jest/globals'
import { type NetworkRule, problemOfNetworkRule, tableOfRules } from './network-rule.ts'
import { groupsOf } from './prefix-table.ts'

const office: NetworkRule = { cidr: '198.51.100.0/24', name: 'Osaka office', class: 'corp_egress' }

describe('problemOfNetworkRule', () => {
  test.each<[string, Partial<NetworkRule>]>([
    ['as it is', {}],
    ['with coordinates', { latitude: 34.69, longitude: 135.5 }],
    ['with a radius', { latitude: 34.69, longitude: 135.5, radiusKm: 10 }],
    ['with a country', { country: 'JP' }],
    ['at the edge of the earth', { latitude: -90, longitude: 180, radiusKm: 0 }],
  ])('accepts a rule %s', (_name, change) => {
    expect(problemOfNetworkRule({ ...office, ...change })).toBe('')
  })

  test.each<[string, object, string]>([
    ['a network with bits beyond its length', { cidr: '198.51.100.1/24' }, 'not a network'],
    ['a network that is none', { cidr: 'office' }, 'not a network'],
    ['an unknown class', { class: 'office' }, 'not a class'],
    ['half a point', { latitude: 1 }, 'go together'],
    ['a latitude beyond the pole', { latitude: 91, longitude: 0 }, 'latitude is'],
    ['a longitude beyond the date line', { latitude: 0, longitude: -181 }, 'longitude is'],
    ['no number', { latitude: Number.NaN, longitude: 0 }, 'latitude is'],
    ['a country in words', { country: 'Japan' }, 'country code'],
    ['a radius without a point', { radiusKm: 5 }, 'needs latitude'],
    ['a negative radius', { latitude: 0, longitude: 0, radiusKm: -1 }, 'the radius is'],
    ['a radius beyond the earth', { latitude: 0, longitude: 0, radiusKm: 20_016 }, 'the radius is'],
  ])('objects to %s', (_name, change, problem) => {
    const rule = { ...office, ...change } as NetworkRule
    expect(problemOfNetworkRule(rule)).toContain(problem)
    expect(() => tableOfRules([rule])).toThrow(RangeError)
  })
})

describe('tableOfRules', () => {
  test('of two rules for one network the class that comes first decides, in any order', () => {
    const gateway: NetworkRule = { ...office, class: 'own_gateway', name: 'gateway' }
    const address = groupsOf('198.51.100.9') as number[]
    expect(tableOfRules([office, gateway]).find(address)?.name).toBe('gateway')
    expect(tableOfRules([gateway, office]).find(address)?.name).toBe('gateway')
  })
})
