import { countTextOf, signedTextOf } from '@sekisho/detect'
import type { AttemptExplanation } from '../explain.ts'
import type { SourceAround, SourceWindow } from './source-around.ts'

const NO_SOURCE = 'the line names no source network'

/** Why N1 and N2 say nothing of a line. */
export function attackReason({ attempt, source }: AttemptExplanation): string {
  if (source === null) return NO_SOURCE
  if (attempt.event.outcome === 'success') {
    return source.strongest === null ? harmlessReason(source) : weakReason(source.strongest)
  }
  if (source.outcomeClass?.endsWith('_success') === true) {
    return 'its user gets in at this source by the end of the next day: it counts as a typing error'
  }
  const window = source.own ?? source.strongest
  if (window === null) return 'the failure says nothing of its source'
  const own =
    source.outcomeClass === 'vouched_failure'
      ? ', and the user’s own networks vouch for this failure (vouched_failure)'
      : ''
  return `${weakReason(window)}${own}`
}

/** Why there is no window to speak of. */
function harmlessReason({ failingUsers }: SourceAround): string {
  return failingUsers === 0
    ? 'nobody failed at this source around the login'
    : `${countTextOf(failingUsers, 'user')} failed at this source around the login, and none of them counts as guessing: they belong there or got in`
}

function measuredText({ nats, thresholdNats }: SourceWindow): string {
  return `${signedTextOf(nats)} nats of ${thresholdNats.toFixed(1)}`
}

function weakReason(window: SourceWindow): string {
  const { nats, thresholdNats, failingUsers, failingUsersMin } = window
  const measured = measuredText(window)
  if (failingUsers < failingUsersMin) {
    return `${countTextOf(failingUsers, 'failing user')} counted at this source in its strongest window, and an attack is ${failingUsersMin} or more (${measured})`
  }
  if (nats >= thresholdNats) return 'the attack is told of without this line among its evidence'
  return `the source’s ${measured} are no attack: those who belong there speak for it`
}

/** Why X1 says nothing of a login, or of a right password that a second factor stopped. */
export function insideReason(explanation: AttemptExplanation): string {
  const { attempt, user, organisation, source } = explanation
  if (user?.isVouched === true) {
    return 'the user has used this source network before: an attack there says nothing of the owner'
  }
  if (source === null) return NO_SOURCE
  const { strongest, failingUsers } = source
  if (strongest === null) return harmlessReason(source)
  const { nats, thresholdNats, failingUsersMin, address } = strongest
  if (nats < thresholdNats || strongest.failingUsers < failingUsersMin) {
    return `${countTextOf(failingUsers, 'user')} failed at this source around the login, which is no attack (${measuredText(strongest)})`
  }
  if (organisation.isCold) {
    return 'the attack on this source is too small to mean anything in the cold start'
  }
  if (address !== '' && address !== attempt.event.sourceAddress) {
    return `the attack comes from another address of the network, ${address}`
  }
  return user?.isKnown === true
    ? 'the attack on this source is too far away in time'
    : 'a newcomer’s first login from an ordinary network in a country where colleagues live is no success of an attacker'
}

/** Why P2 says nothing of a login. */
export function reuseReason(explanation: AttemptExplanation): string {
  const { source } = explanation
  if (source === null) return NO_SOURCE
  const { strangeUsers, reuseUsersMin } = source
  const strange = `${countTextOf(strangeUsers, 'user')} without a vouch logged in at this source around the login, ${reuseUsersMin} who are strangers to each other are reuse`
  const own = ownReason(explanation)
  return own === null ? strange : `${own}; ${strange}`
}

/** What makes a login none that P2 counts; null where it may count. */
function ownReason({ attempt, user, organisation, source }: AttemptExplanation): string | null {
  const { asn, networkClass } = attempt.place
  if (user?.isVouched === true) return 'the user has used this source network before'
  if (organisation.isGround) return 'the network is the organisation’s own ground'
  if (networkClass === 'mobile' || networkClass === 'satellite') {
    return `strangers share a ${networkClass} network`
  }
  if (asn === 0) return 'no database knows the network, so that nobody can say that it is new'
  if (user?.device.isKnown === true) return 'the device is the user’s own'
  if (user?.knowsAsn === true && user.knowsCountry) return 'the user knows operator and country'
  const activeDaysMin = source?.reuseActiveDaysMin ?? 0
  return (user?.activeDays ?? 0) < activeDaysMin
    ? `the user is a newcomer: ${user?.activeDays ?? 0} active days before, and ${activeDaysMin} count`
    : null
}
