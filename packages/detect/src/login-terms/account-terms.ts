import type { Attempt, Place } from '@sekisho/event'
import { isRentedClass } from '../network-kinds.ts'
import { countTextOf } from '../time.ts'
import { isOrdinaryCountry, type UserView } from '../user-view.ts'
import { type LoginContext, type LoginTerm, termOf } from './login-term.ts'

/** What the state of the account says of a login: dormant (U3) or never used before (U4), see A.9. */
export function accountTerms(context: LoginContext): LoginTerm[] {
  return [...dormantTerms(context), ...firstUseTerms(context)]
}

/**
 * A network that anybody can rent, or a country that is known and where the organisation's users do not live. An
 * office that the administrator listed is not, wherever it stands.
 */
export function isForeignGround(view: UserView, { country, networkClass }: Place): boolean {
  if (isRentedClass(networkClass)) return true
  if (country === '' || networkClass === 'corp_egress') return false
  return !isOrdinaryCountry(view.config, view.profile, country)
}

/**
 * Where a dormant account's return is serious by itself (A.9: hosting, an anonymiser, a country new to the user). What
 * countries the user had is forgotten after `vouchDays`, so a country counts as new when the user is not known there
 * and the organisation's people do not live there either.
 */
export function isSeriousReturn(view: UserView, { place, event }: Attempt): boolean {
  if (!isForeignGround(view, place)) return false
  return isRentedClass(place.networkClass) || !view.knowsCountry(place.country, event.timestampMs)
}

function dormantTerms({ view, day, login, isVouched }: LoginContext): LoginTerm[] {
  const { dormant, common } = view.config.limits
  const firstDay = view.firstActiveDayBefore(day)
  if (isVouched || firstDay === null) return []
  const lastDay = view.lastActiveDayBefore(day)
  // Without a success within the memory of users the silence is longer than that memory.
  const silentDays = lastDay === null ? common.knownUserDays + 1 : day - lastDay
  const knownDays = day - firstDay
  if (silentDays < dormant.silentDays || knownDays < dormant.knownDaysMin) return []
  const isLong = silentDays >= dormant.longSilentDays
  const span = lastDay === null ? `more than ${common.knownUserDays}` : `${silentDays}`
  const why = `the first login after ${span} days of silence`
  const { country } = login.place
  const quantities = {
    silent_days: silentDays,
    known_days: knownDays,
    known_country: Number(view.knowsCountry(country, login.event.timestampMs)),
    country_share: view.profile.countryShare(country),
  }
  const units = isLong ? dormant.longSilent : dormant.silent
  return [termOf('account', 'dormant_account', units, why, quantities)]
}

/** The very first login of an account, once the organisation's history is long enough for that to be unusual. */
function firstUseTerms({ view, day, login }: LoginContext): LoginTerm[] {
  const { profile, config } = view
  if (profile.firstDay === null || view.firstActiveDayBefore(day) !== null) return []
  const historyDays = day - profile.firstDay
  if (historyDays < config.limits.firstUse.historyDaysMin) return []
  if (view.logins(day)[0]?.id !== login.id || !isForeignGround(view, login.place)) return []
  const why = `the first login ever of this account, in ${countTextOf(historyDays, 'day')} of the organisation’s history`
  const quantities = {
    history_days: historyDays,
    country_share: profile.countryShare(login.place.country),
  }
  return [termOf('account', 'first_use', config.limits.firstUse.value, why, quantities)]
}
