import { type Limits, units } from '@sekisho/detect'

/**
 * True when no login that is ordinary in every respect (a known source network, client, gateway, realm and device, a network
 * learnt for days, nothing refused before) can reach the score of a signal, whatever the hour: then such days need no
 * look. An upper bound from the numbers in force; with the defaults it is 2.3 of 3.0 nats.
 */
export function isOrdinaryWorth(limits: Limits): boolean {
  const { login } = limits
  // On the organisation's own ground only the user's own part counts.
  const networkPart = Math.max(networkPartOf(limits), ownPartOf(limits))
  const most = networkPart + login.knownPrefix + otherPartOf(limits)
  return most < signalOf(limits)
}

/**
 * The same of a login from another source network of an operator that the user knows; on a network where people live, so
 * that both parts of the network's term count. With the defaults the bound is 2.7 nats, for who comes back after half a year.
 */
export function isStrangeWorth(limits: Limits): boolean {
  const most = networkPartOf(limits) + otherPartOf(limits) + Math.max(0, limits.dormant.longSilent)
  return most < signalOf(limits)
}

function signalOf({ login }: Limits): number {
  return Math.min(login.signal, login.medium, login.high)
}

function learntDaysOf({ travel }: Limits): number {
  return Math.max(1, travel.learntDays)
}

/** Most of new_for_user alone, at a network that makes up the organisation. */
function ownPartOf(limits: Limits): number {
  const { vouchDays } = limits.common
  const { smoothingDays, newForUserMax } = limits.login
  const most = units(Math.log((vouchDays + smoothingDays) / (learntDaysOf(limits) + smoothingDays)))
  return Math.min(newForUserMax, most)
}

/**
 * Most of new_for_user + rare_for_organisation: ln P(x|attack) - ln P(x|user) where neither is clipped; where one is, its
 * bound and the most of the other.
 */
function networkPartOf(limits: Limits): number {
  const { common, login } = limits
  const shares = [
    ...[login.attackHosting, login.attackAnonymiser, login.attackResidential],
    ...[login.attackMobile, login.attackOther],
  ]
  const likeliest = Math.max(...shares) * login.attackCountry
  const days = common.vouchDays + login.smoothingDays
  const unclipped = units(Math.log(likeliest * days) - Math.log(learntDaysOf(limits)))
  const ownPart = ownPartOf(limits)
  return Math.max(unclipped, login.newForUserMin + login.rareMax, ownPart + login.rareMin)
}

function otherPartOf({ login }: Limits): number {
  const most = Math.max(login.typingError, login.knownDevice, 0)
  return most + Math.abs(login.hourMax)
}
