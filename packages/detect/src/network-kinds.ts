import type { NetworkClass } from '@sekisho/event'
import type { OrganisationProfile } from './user-view.ts'

/** Networks on which people live and travel: a change from one to another within a country is everyday life. */
const ACCESS: ReadonlySet<NetworkClass> = new Set(['mobile', 'residential', 'satellite'])

/** Networks that anybody can rent from anywhere, and from which nobody works without meaning to. */
const RENTED: ReadonlySet<NetworkClass> = new Set(['hosting', 'anon'])

/** Classes that come from the administrator's list or from addresses that only the organisation routes. */
const OWN: ReadonlySet<NetworkClass> = new Set(['own_gateway', 'internal', 'corp_egress', 'swg'])

export function isAccessClass(networkClass: NetworkClass): boolean {
  return ACCESS.has(networkClass)
}

export function isRentedClass(networkClass: NetworkClass): boolean {
  return RENTED.has(networkClass)
}

/**
 * The organisation's own ground: listed by the administrator, private, or a source network that so many of its users
 * share that it says nothing about one of them. To arrive there is to come to work.
 */
export function isOrganisationGround(
  profile: OrganisationProfile,
  { prefix, networkClass }: { readonly prefix: string; readonly networkClass: NetworkClass },
): boolean {
  return OWN.has(networkClass) || profile.isSharedEgress(prefix)
}
