import { type DetectConfig, isOrganisationGround, type OrganisationProfile } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { isColdOn } from '../account-view.ts'

/** The organisation as of the day that an attempt is judged by. */
export interface OrganisationBefore {
  readonly isCold: boolean
  /** First UTC day number of the history, and the first one on which novelty means something; null without history. */
  readonly firstDay: number | null
  readonly coldUntilDay: number | null
  readonly userDays: number
  /** User-days in the network of the attempt, and the share of those in its country. */
  readonly networkUserDays: number
  readonly countryShare: number
  readonly isSharedEgress: boolean
  /** The network is the organisation's own: listed, private, or shared egress. */
  readonly isGround: boolean
  readonly hasSucceededFromPrefix: boolean
}

/** The organisation of an attempt's day, as `profile` tells of it. */
export function organisationBefore(
  profile: OrganisationProfile,
  { place, prefix }: Attempt,
  config: DetectConfig,
  day: number,
): OrganisationBefore {
  const { firstDay, userDays } = profile
  const { coldStartDays } = config.limits.common
  return {
    isCold: isColdOn(config, profile, day),
    firstDay,
    coldUntilDay: firstDay === null ? null : firstDay + coldStartDays,
    userDays,
    networkUserDays: profile.networkUserDays(place.asn, place.country),
    countryShare: profile.countryShare(place.country),
    isSharedEgress: profile.isSharedEgress(prefix),
    isGround: isOrganisationGround(profile, { prefix, networkClass: place.networkClass }),
    hasSucceededFromPrefix: profile.hasSucceededFrom(prefix),
  }
}
