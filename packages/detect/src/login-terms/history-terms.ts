import { clientFamilyOf, gatewayGroupOf } from '../client-family.ts'
import { type Limits, UNITS_PER_NAT, units } from '../limits.ts'
import { dayStartMs, HOUR_MS } from '../time.ts'
import { type LoginContext, type LoginTerm, termOf } from './login-term.ts'

const HOURS = 24

/** What the user's habits say of a login beside its network (A.8). */
export function historyTerms(context: LoginContext): LoginTerm[] {
  const { view, login, activeDays } = context
  const { timestampMs, deviceId } = login.event
  const { knownDevice } = view.config.limits.login
  const terms = vouchedTerms(context)
  if (view.knowsDevice(deviceId, timestampMs)) {
    terms.push(
      termOf('new_for_user', 'known_device', knownDevice, 'the device is the user’s own', {}),
    )
  }
  // Nothing is new to somebody without a history that is old enough to be known, and nothing is in the cold start.
  if (activeDays < 1 || !view.isKnown(timestampMs)) return terms
  return [...terms, ...noveltyTerms(context), ...hourTerms(context)]
}

/** The source network vouches for the user. */
export function vouchedTerms({ view, isVouched }: LoginContext): LoginTerm[] {
  if (!isVouched) return []
  const { knownPrefix } = view.config.limits.login
  const why = 'the source network has been used before'
  return [termOf('new_for_user', 'known_prefix', knownPrefix, why, {})]
}

function noveltyTerms({ view, day, login, activeDays }: LoginContext): LoginTerm[] {
  const { config } = view
  const limits = config.limits.login
  const { timestampMs, deviceId, userAgent, realm } = login.event
  const { country } = login.place
  const terms: LoginTerm[] = []
  const add = (name: string, value: number, why: string): void => {
    terms.push(termOf('new_for_user', name, value, why, { active_days: activeDays }))
  }
  if (country !== '' && !view.knowsCountry(country, timestampMs)) {
    add('new_country', limits.newCountry, `the first login from ${country}`)
  }
  const isOtherDevice = deviceId !== '' && !view.knowsDevice(deviceId, timestampMs)
  if (isOtherDevice && view.alwaysNamesDevice(day)) {
    add('new_device', limits.newDevice, 'a device that this user never had')
  }
  const client = clientFamilyOf(userAgent)
  if (client !== '' && !view.knowsClient(client, timestampMs)) {
    add('new_client', limits.newClient, `the first login with the client program ${client}`)
  }
  const gateway = gatewayGroupOf(config, login.event)
  if (gateway !== '' && !view.knowsGateway(gateway, timestampMs)) {
    add('new_gateway', limits.newGateway, `the first login at the gateway ${gateway}`)
  }
  if (realm !== '' && !view.knowsRealm(realm, timestampMs)) {
    const isAdministrators = config.identity.administratorRealms.includes(realm)
    const value = isAdministrators ? limits.newAdministratorRealm : limits.newRealm
    const what = isAdministrators ? 'the administrators’ realm' : 'the realm'
    add('new_realm', value, `the first login to ${what} ${realm}`)
  }
  return terms
}

/**
 * How unusual the hour of the day is: −ln of the share of the user's logins within `hourReach` hours over the share of
 * those hours in a day, with pseudo-logins spread over the day, at most ± `hourMax`. Hours are UTC: what counts is
 * the user's own habit, whatever the clock on the wall says; but in a country that is new to the user the day is another
 * one, and an unusual hour says nothing beside it.
 */
function hourTerms({ view, day, login }: LoginContext): LoginTerm[] {
  const counts = view.loginHours(day)
  const hour = Math.floor((login.event.timestampMs - dayStartMs(day)) / HOUR_MS)
  const { hourReach, hourPseudoLogins, hourMax } = view.config.limits.login
  let near = 0
  for (let i = -hourReach; i <= hourReach; i++) near += counts[(hour + i + HOURS) % HOURS] ?? 0
  const all = counts.reduce((sum, count) => sum + count, 0)
  const value = hourUnitsOf(near, all, view.config.limits.login)
  const { country } = login.place
  const isCountryNew = country !== '' && !view.knowsCountry(country, login.event.timestampMs)
  if (value === 0 || (value > 0 && isCountryNew)) return []
  const how = value > 0 ? 'an unusual' : 'a usual'
  const why = `${how} time of day: ${near} of ${all} remembered logins were within ${hourReach} hours of it`
  const quantities = {
    hour_utc: hour,
    hour_reach: hourReach,
    logins_near: near,
    logins: all,
    pseudo_logins: hourPseudoLogins,
    most_nats: hourMax / UNITS_PER_NAT,
  }
  return [termOf('new_for_user', 'unusual_hour', value, why, quantities)]
}

/** Log odds of the hour in 1/1024 nat; 0 without any login to compare with. */
function hourUnitsOf(near: number, all: number, limits: Limits['login']): number {
  const { hourReach, hourPseudoLogins, hourMax } = limits
  if (all === 0) return 0
  const uniform = Math.min(1, (2 * hourReach + 1) / HOURS)
  const share = (near + hourPseudoLogins * uniform) / (all + hourPseudoLogins)
  return Math.min(hourMax, Math.max(-hourMax, units(Math.log(uniform / share))))
}
