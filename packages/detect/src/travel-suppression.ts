import type { Consideration } from '@sekisho/event'
import { spanTextOf } from './time.ts'
import type { Presence, UserView } from './user-view.ts'

/** Two presences of one user, and how well the user knew their networks before. */
export interface TravelEnds {
  readonly from: Presence
  /** The end that the alert is about. */
  readonly to: Presence
  /** UTC day number as of which the networks are judged: the earlier of the two ends' days. */
  readonly asOfDay: number
  /** Active days in the end's network (asn, country) before `asOfDay`. */
  readonly fromDays: number
  readonly toDays: number
}

const ROAMING = 'home_routed_roaming'
const SAME_DEVICE = 'same_device'

/**
 * Why an infeasible pair may be honest all the same (A.2). Each reason is weighed and recorded, whether it
 * applied or not, so that an analyst sees why not, too. Suppression speaks of the end that the alert is about: that
 * the victim's own end is a shared office address must not hide the thief's.
 */
export function suppressionsOf(view: UserView, day: number, ends: TravelEnds): Consideration[] {
  return [
    sameNetwork(ends),
    sharedEgress(view, ends),
    learntPair(view, ends),
    homeRoutedRoaming(view, day, ends),
    sameDevice(ends),
  ]
}

/** True when a reason applied that leaves nothing of the pair. */
export function isSuppressed(considered: readonly Consideration[]): boolean {
  return considered.some(({ name, applied }) => applied && name !== ROAMING)
}

/** True when the pair may be a phone that is routed home, which caps what it counts. */
export function isRoaming(considered: readonly Consideration[]): boolean {
  return considered.some(({ name, applied }) => applied && name === ROAMING)
}

/** True when one device was at both ends. */
export function isSameDevice(considered: readonly Consideration[]): boolean {
  return considered.some(({ name, applied }) => applied && name === SAME_DEVICE)
}

function networkName(presence: Presence): string {
  return `AS${presence.place.asn}/${presence.place.country}`
}

function sameNetwork({ from, to }: TravelEnds): Consideration {
  const applied =
    from.place.asn !== 0 &&
    from.place.asn === to.place.asn &&
    from.place.country === to.place.country
  const why = applied
    ? `both ends are in ${networkName(to)}`
    : `${networkName(from)} and ${networkName(to)} are different networks`
  return { name: 'same_network', applied, why }
}

function sharedEgress({ config, profile }: UserView, { to }: TravelEnds): Consideration {
  const isListed = to.place.networkClass === 'corp_egress'
  const applied = isListed || profile.isSharedEgress(to.prefix)
  const why = applied
    ? `${to.prefix} is ${isListed ? 'listed as the organisation’s own' : 'used by many of its users'}`
    : `fewer than ${config.limits.travel.sharedEgressUsers} users share ${to.prefix}`
  return { name: 'shared_egress', applied, why }
}

function learntPair({ config }: UserView, ends: TravelEnds): Consideration {
  const { from, to, fromDays, toDays } = ends
  const { learntDays } = config.limits.travel
  return {
    name: 'learnt_pair',
    applied: Math.min(fromDays, toDays) >= learntDays,
    why: `${toDays} earlier UTC days in ${networkName(to)}, ${fromDays} in ${networkName(from)}, ${learntDays} in each are needed`,
  }
}

/**
 * One end is the user's own carrier at home while the other is abroad: the phone may be routed home, unless a fixed
 * line of the user at home shows a sign of life close by.
 */
function homeRoutedRoaming(view: UserView, day: number, ends: TravelEnds): Consideration {
  const { from, to, asOfDay } = ends
  const { learntDays, roamingFixedLineMs } = view.config.limits.travel
  const home = view.homeCountry(day)
  const isLearntAtHome = ({ place }: Presence): boolean =>
    place.country === home &&
    view.networkDaysBefore(place.asn, place.country, asOfDay) >= learntDays
  const carrier = [from, to].find(
    (end) => end.place.networkClass === 'mobile' && isLearntAtHome(end),
  )
  const abroad = [from, to].find((end) => end !== carrier && end.place.country !== home)
  if (carrier === undefined || abroad === undefined) {
    const why = 'no end is the user’s own mobile carrier at home'
    return { name: ROAMING, applied: false, why }
  }
  const fixedLine = view
    .presences(day)
    .find(
      (presence) =>
        presence.place.networkClass !== 'mobile' &&
        isLearntAtHome(presence) &&
        gapMsOf(presence, abroad) <= roamingFixedLineMs,
    )
  if (fixedLine !== undefined) {
    const why = `a fixed line of the user at home (${fixedLine.prefix}) was alive ${spanTextOf(gapMsOf(fixedLine, abroad))} away`
    return { name: ROAMING, applied: false, why }
  }
  const why = `${networkName(carrier)} is the user’s carrier at home and no fixed line at home was alive: the phone may be abroad`
  return { name: ROAMING, applied: true, why }
}

/** Time between two presences, ms; 0 when they overlap. */
export function gapMsOf(a: Presence, b: Presence): number {
  return Math.max(0, Math.max(a.firstMs, b.firstMs) - Math.min(a.lastMs, b.lastMs))
}

function sameDevice({ from, to }: TravelEnds): Consideration {
  const { deviceId } = to.first.event
  const applied = deviceId !== '' && deviceId === from.first.event.deviceId
  const why = applied
    ? `the same device ${deviceId} was at both ends`
    : deviceId === ''
      ? 'the lines name no device'
      : 'the ends are different devices'
  return { name: SAME_DEVICE, applied, why }
}
