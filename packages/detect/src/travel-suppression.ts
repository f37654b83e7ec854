import type { Consideration } from '@sekisho/event'
import { TRAVEL_LIMITS } from './limits.ts'
import { dayOf, spanTextOf } from './time.ts'
import type { Presence, UserView } from './user-view.ts'

/**
 * Why an infeasible pair may be honest all the same (A.2). Each reason is weighed and recorded, whether it
 * applied or not, so that an analyst sees why not, too. Suppression speaks of the end that is new to the user:
 * that the victim's own end is a shared office address must not hide the thief's.
 */
export function suppressionsOf(
  view: UserView,
  other: Presence,
  newEnd: Presence,
  day: number,
): Consideration[] {
  return [
    sameNetwork(other, newEnd),
    sharedEgress(view, newEnd),
    learntPair(view, other, newEnd, day),
    homeRoutedRoaming(view, other, newEnd, day),
    sameDevice(other, newEnd),
  ]
}

/** True when any of the reasons applied. */
export function isSuppressed(considered: readonly Consideration[]): boolean {
  return considered.some((consideration) => consideration.applied)
}

function networkName(presence: Presence): string {
  return `AS${presence.place.asn}/${presence.place.country}`
}

function sameNetwork(other: Presence, newEnd: Presence): Consideration {
  const applied =
    other.place.asn !== 0 &&
    other.place.asn === newEnd.place.asn &&
    other.place.country === newEnd.place.country
  const why = applied
    ? `both ends are in ${networkName(newEnd)}`
    : `${networkName(other)} and ${networkName(newEnd)} are different networks`
  return { name: 'same_network', applied, why }
}

function sharedEgress(view: UserView, newEnd: Presence): Consideration {
  const isListed = newEnd.place.networkClass === 'corp_egress'
  const applied = isListed || view.profile.isSharedEgress(newEnd.prefix)
  const why = applied
    ? `${newEnd.prefix} is ${isListed ? 'listed as the organisation’s own' : 'used by many of its users'}`
    : `fewer than ${TRAVEL_LIMITS.sharedEgressUsers} users share ${newEnd.prefix}`
  return { name: 'shared_egress', applied, why }
}

/** Says how far both networks are learnt. In strict mode the alert's end is not, or there would be no alert. */
function learntPair(view: UserView, other: Presence, newEnd: Presence, day: number): Consideration {
  const days = (presence: Presence): number =>
    view.networkDaysBefore(presence.place.asn, presence.place.country, day)
  const daysOfOther = days(other)
  const daysOfNew = days(newEnd)
  return {
    name: 'learnt_pair',
    applied: Math.min(daysOfOther, daysOfNew) >= TRAVEL_LIMITS.learntDays,
    why: `${daysOfNew} earlier days in ${networkName(newEnd)}, ${daysOfOther} in ${networkName(other)}, ${TRAVEL_LIMITS.learntDays} in each are needed`,
  }
}

/** One end is the user's own carrier at home while the other is abroad: the phone is routed home. */
function homeRoutedRoaming(
  view: UserView,
  other: Presence,
  newEnd: Presence,
  day: number,
): Consideration {
  const name = 'home_routed_roaming'
  const home = view.homeCountry(day)
  const isLearnt = (presence: Presence): boolean =>
    view.networkDaysBefore(presence.place.asn, presence.place.country, day) >=
    TRAVEL_LIMITS.learntDays
  const carrier = [other, newEnd].find(
    (end) => end.place.networkClass === 'mobile' && end.place.country === home && isLearnt(end),
  )
  const abroad = [other, newEnd].find((end) => end !== carrier && end.place.country !== home)
  if (carrier === undefined || abroad === undefined) {
    return { name, applied: false, why: 'no end is the user’s own mobile carrier at home' }
  }
  const fixedLine = view
    .presences(dayOf(abroad.firstMs))
    .find(
      (presence) =>
        presence.place.networkClass !== 'mobile' &&
        presence.place.country === home &&
        isLearnt(presence) &&
        gapOf(presence, abroad) <= TRAVEL_LIMITS.roamingFixedLineMs,
    )
  if (fixedLine !== undefined) {
    const why = `a fixed line of the user at home (${fixedLine.prefix}) was alive ${spanTextOf(gapOf(fixedLine, abroad))} away`
    return { name, applied: false, why }
  }
  const why = `${networkName(carrier)} is the user’s carrier at home and no fixed line at home was alive: the phone may be abroad`
  return { name, applied: true, why }
}

function gapOf(a: Presence, b: Presence): number {
  return Math.max(0, Math.max(a.firstMs, b.firstMs) - Math.min(a.lastMs, b.lastMs))
}

function sameDevice(other: Presence, newEnd: Presence): Consideration {
  const deviceId = newEnd.first.event.deviceId
  const applied = deviceId !== '' && deviceId === other.first.event.deviceId
  const why = applied
    ? `the same device ${deviceId} was at both ends`
    : deviceId === ''
      ? 'the lines name no device'
      : 'the ends are different devices'
  return { name: 'same_device', applied, why }
}
