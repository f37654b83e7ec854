import { mainTerritoryOf } from './country-circle.ts'
import type { NetworkRule } from './network-rule.ts'
import { type Location, nowhere, voidReasonOf } from './place-decision.ts'
import type { Witness } from './tables/place-table.ts'

/** Radius of a rule's coordinates when it gives none, in km: the least that an access line gets (design A.1). */
const RULE_RADIUS_KM = 50

/** Where a rule puts an address, or null when it leaves the place to the databases. */
export function locationOfRule(rule: NetworkRule, fresh: Witness | null): Location | null {
  const { latitude, longitude, radiusKm = RULE_RADIUS_KM } = rule
  const country = rule.country ?? fresh?.country ?? ''
  const reason = voidReasonOf(rule.class)
  if (reason !== undefined) return nowhere(country, reason)
  if (latitude !== undefined && longitude !== undefined) {
    const why = 'The network rule gives the coordinates'
    return { hasLocation: true, latitude, longitude, radiusKm, country, city: '', why }
  }
  if (rule.country === undefined) return null
  const circle = mainTerritoryOf(country)
  const why = `The network rule gives the country, ${country}`
  if (circle === null) return nowhere(country, why)
  return { hasLocation: true, ...circle, country, city: '', why }
}
