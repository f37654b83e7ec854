import type { NetworkClass } from '@sekisho/event'
import { FARTHEST_KM } from '@sekisho/event'
import { type Cidr, cidrOf, PrefixTable } from './prefix-table.ts'

/** Every class, in the order in which one precedes another (design A.0). */
export const networkClasses = [
  'internal',
  'own_gateway',
  'corp_egress',
  'swg',
  'mobile',
  'residential',
  'hosting',
  'anon',
  'satellite',
  'unknown',
] as const satisfies readonly NetworkClass[]

/**
 * A network that the organisation knows better than any database. It overrides them all; of several that hold an
 * address the longest prefix decides, of equal ones the class that comes first.
 */
export interface NetworkRule {
  /** `198.51.100.0/24`, `2001:db8:40::/48` or one address. */
  readonly cidr: string
  /** Shown to the analyst, e.g. `Osaka office`. */
  readonly name: string
  readonly class: NetworkClass
  /** Degrees, with `longitude`. Ignored for the classes that have no location (design A.1). */
  readonly latitude?: number
  readonly longitude?: number
  /** ISO 3166 alpha-2. Without coordinates it stands for the whole country. */
  readonly country?: string
  /** Only with coordinates: how far the users may be from them, in km; 50 unless given. */
  readonly radiusKm?: number
}

/** What is wrong with a rule, in words for whoever wrote it; `''` when nothing is. */
export function problemOfNetworkRule(rule: NetworkRule): string {
  const { latitude, longitude, country, radiusKm } = rule
  if (cidrOf(rule.cidr) === null) {
    return `"${rule.cidr}" is not a network (an address, or address/length without bits beyond the length)`
  }
  if (!networkClasses.includes(rule.class)) return `"${rule.class}" is not a class of network`
  if ((latitude === undefined) !== (longitude === undefined)) {
    return 'latitude and longitude go together'
  }
  if (latitude !== undefined && !(Math.abs(latitude) <= 90)) return 'latitude is -90 to 90 degrees'
  if (longitude !== undefined && !(Math.abs(longitude) <= 180)) {
    return 'longitude is -180 to 180 degrees'
  }
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    return `"${country}" is not a country code of two capital letters`
  }
  if (radiusKm === undefined) return ''
  if (latitude === undefined) return 'a radius needs latitude and longitude'
  return radiusKm >= 0 && radiusKm <= FARTHEST_KM ? '' : 'the radius is 0 to 20015 km'
}

/** @throws RangeError on a rule that {@link problemOfNetworkRule} objects to: the configuration checks them first. */
export function tableOfRules(rules: readonly NetworkRule[]): PrefixTable<NetworkRule> {
  const table = new PrefixTable<NetworkRule>()
  const order = (rule: NetworkRule): number => networkClasses.indexOf(rule.class)
  for (const rule of rules.toSorted((a, b) => order(a) - order(b))) {
    const problem = problemOfNetworkRule(rule)
    if (problem !== '') throw new RangeError(`network rule "${rule.name}": ${problem}`)
    table.add(cidrOf(rule.cidr) as Cidr, rule)
  }
  return table
}
