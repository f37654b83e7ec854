import type { NetworkClass, Place } from '@sekisho/event'
import { type Limits, UNITS_PER_NAT, units } from '../limits.ts'
import { countTextOf, wholeTextOf } from '../time.ts'
import type { OrganisationProfile, UserView } from '../user-view.ts'
import { type LoginTerm, termOf } from './login-term.ts'

/** What the likelihood ratio of one network (number and country jointly) is made of. */
export interface NetworkOdds {
  /** n_u(x): the user's active days there. */
  readonly networkDays: number
  /** N_u: the user's active days. */
  readonly activeDays: number
  /** P_org(x), 0 … 1. */
  readonly organisationShare: number
  readonly newForUserUnits: number
  /** 0 on the organisation's own networks. */
  readonly rareUnits: number
}

/**
 * Networks that no attacker chooses: they are the organisation's own by its list or by their addresses. How they
 * would rank among an attacker's choices has no meaning, so rarity counts nothing there, for or against.
 */
const NOT_CHOSEN: ReadonlySet<NetworkClass> = new Set(['internal', 'own_gateway', 'corp_egress'])

/** P(class | attack) and how many networks of the class an attacker effectively chooses from in one country (A.8). */
function attackersChoiceOf(
  networkClass: NetworkClass,
  limits: Limits['login'],
): { classShare: number; networks: number } {
  switch (networkClass) {
    case 'hosting':
      return { classShare: limits.attackHosting, networks: limits.networksHosting }
    case 'anon':
      return { classShare: limits.attackAnonymiser, networks: limits.networksHosting }
    case 'mobile':
      return { classShare: limits.attackMobile, networks: limits.networksMobile }
    case 'residential':
      return { classShare: limits.attackResidential, networks: limits.networksOther }
    default:
      return { classShare: limits.attackOther, networks: limits.networksOther }
  }
}

/** Least share of the organisation's user-days that a network of the class is taken to have. */
function floorOf(networkClass: NetworkClass, limits: Limits['login']): number {
  switch (networkClass) {
    case 'hosting':
    case 'anon':
      return limits.floorHosting
    case 'satellite':
    case 'swg':
      return limits.floorSatellite
    case 'mobile':
      return limits.floorMobile
    default:
      return limits.floorOther
  }
}

/**
 * How much a country is the organisation's own, `familiarityMin` … 1: its share of the user-days over the share from
 * which people live there. An unseen home line abroad must not look as ordinary as one next door. An organisation
 * without any user-day has no foreign countries: 1.
 */
function familiarityOf(country: string, profile: OrganisationProfile, limits: Limits): number {
  if (profile.userDays === 0) return 1
  const share = profile.countryShare(country) / limits.common.homeCountryShare
  return Math.min(1, Math.max(limits.login.familiarityMin, share))
}

function organisationShareOf(place: Place, profile: OrganisationProfile, limits: Limits): number {
  const { asn, country, networkClass } = place
  const least = floorOf(networkClass, limits.login) * familiarityOf(country, profile, limits)
  if (profile.userDays === 0) return least
  return Math.max(least, profile.networkUserDays(asn, country) / profile.userDays)
}

/** Clips to a range of limits. */
function clipped(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

/**
 * The two halves of the likelihood ratio of a network x (A.8, after Freeman et al., NDSS 2016):
 *
 * ```
 * P(x | user)           = (n_u(x) + k P_org(x)) / (N_u + k)
 * new_for_user          = ln P_org(x) − ln P(x | user)
 * rare_for_organisation = ln P(x | attack) − ln P_org(x)
 * P(x | attack)         = P(class | attack) P(country | attack) / networks(class)
 * P_org(x)              = max(floor(class) familiarity(country), user-days on x / all user-days)
 * ```
 *
 * Every machine gets the same integers: JavaScript's division is exact IEEE 754, V8 brings its own logarithm (a port
 * of fdlibm, not the platform's), and the result is rounded to 1/1024 nat.
 */
export function networkOddsOf(
  view: UserView,
  day: number,
  place: Place,
  activeDays: number,
): NetworkOdds {
  const { limits } = view.config
  const { smoothingDays, newForUserMin, newForUserMax, rareMin, rareMax } = limits.login
  const networkDays = view.networkDaysBefore(place.asn, place.country, day)
  const organisationShare = organisationShareOf(place, view.profile, limits)
  const userShare = (networkDays + smoothingDays * organisationShare) / (activeDays + smoothingDays)
  const newForUser = units(Math.log(organisationShare / userShare))
  const { classShare, networks } = attackersChoiceOf(place.networkClass, limits.login)
  const attackShare = (classShare * limits.login.attackCountry) / networks
  const rare = NOT_CHOSEN.has(place.networkClass)
    ? 0
    : clipped(units(Math.log(attackShare / organisationShare)), rareMin, rareMax)
  return {
    networkDays,
    activeDays,
    organisationShare,
    newForUserUnits: clipped(newForUser, newForUserMin, newForUserMax),
    rareUnits: rare,
  }
}

function newForUserText({ networkDays, activeDays }: NetworkOdds): string {
  const days = countTextOf(activeDays, 'earlier UTC day')
  if (networkDays > 0) return `this network was used on ${wholeTextOf(networkDays)} of ${days}`
  return `a network that this user never used on ${days}`
}

function rareText({ rareUnits }: NetworkOdds, place: Place, userDaysThere: number): string {
  if (rareUnits < 0) return 'a network that the organisation’s users share'
  if (userDaysThere > 0)
    return 'few in the organisation use this network, and attackers use its like'
  return `nobody in the organisation uses this ${place.networkClass} network, and attackers use its like`
}

/** The terms of a network's odds; one that counts nothing is left out. */
export function networkTerms(view: UserView, place: Place, odds: NetworkOdds): LoginTerm[] {
  const { config, profile } = view
  const { login, common } = config.limits
  const { networkDays, activeDays, organisationShare, newForUserUnits, rareUnits } = odds
  const terms: LoginTerm[] = []
  if (newForUserUnits !== 0) {
    terms.push(
      termOf('new_for_user', 'new_for_user', newForUserUnits, newForUserText(odds), {
        active_days: activeDays,
        network_days: networkDays,
        organisation_share: organisationShare,
        smoothing_days: login.smoothingDays,
        least_nats: login.newForUserMin / UNITS_PER_NAT,
        most_nats: login.newForUserMax / UNITS_PER_NAT,
      }),
    )
  }
  if (rareUnits !== 0) {
    const { classShare, networks } = attackersChoiceOf(place.networkClass, login)
    const userDaysThere = profile.networkUserDays(place.asn, place.country)
    terms.push(
      termOf(
        'rare_for_organisation',
        'rare_for_organisation',
        rareUnits,
        rareText(odds, place, userDaysThere),
        {
          attack_class_share: classShare,
          attack_country_share: login.attackCountry,
          attack_networks: networks,
          organisation_share: organisationShare,
          organisation_share_floor: floorOf(place.networkClass, login),
          country_share: profile.countryShare(place.country),
          home_country_share: common.homeCountryShare,
          familiarity_floor: login.familiarityMin,
          network_user_days: userDaysThere,
          user_days: profile.userDays,
          least_nats: login.rareMin / UNITS_PER_NAT,
          most_nats: login.rareMax / UNITS_PER_NAT,
        },
      ),
    )
  }
  return terms
}

/** False on the organisation's own networks, where rarity counts nothing. */
export function isRarityCounted(place: Place): boolean {
  return !NOT_CHOSEN.has(place.networkClass)
}
