import type { Attempt, Severity } from '@sekisho/event'
import type { NameMask } from './evidence.ts'
import { type FatigueFiring, factorFatigueAlert } from './factor-fatigue-alert.ts'
import type { Limits } from './limits.ts'
import { isAccessClass, isOrganisationGround, isRentedClass } from './network-kinds.ts'
import { DAY_MS, dayOf, dayStartMs } from './time.ts'
import type { UserFinding } from './user-rules.ts'
import { isOrdinaryCountry, type UserView } from './user-view.ts'

/** A refused second factor; `isOwn` when it is the owner who most likely failed. */
interface Denial {
  readonly attempt: Attempt
  readonly isOwn: boolean
}

/**
 * M1, second-factor fatigue: the password is known to somebody who asks for the second factor until it is given (A.9).
 * Either `deniedMin` refusals within `windowMs`, from anywhere, or `deniedBeforeSuccessMin` of them and then a login
 * from a network that does not vouch for the user, within `windowMs` of the last.
 *
 * The window slides over the exact times and both of its ends belong to it: "within 30 minutes" means any 30 minutes,
 * and whether some such window holds enough refusals is a property of the set of times, whatever order the lines came
 * in. Panes serve for the day and the time of the alert only. A login in the same millisecond as a refusal comes after
 * it: many clocks know seconds only. Defaults and false positives: docs/rules/M1.md.
 */
export function factorFatigue(view: UserView, day: number, mask: NameMask): UserFinding[] {
  const { windowMs } = view.config.limits.fatigue
  const startMs = dayStartMs(day)
  // The last refusal before a login may be a window old, and the first one of those another window.
  const denials = view
    .failures(startMs - 2 * windowMs, startMs + DAY_MS - 1)
    .filter(({ outcome }) => outcome === 'mfa_denied')
    .map(({ attempt }) => ({ attempt, isOwn: isOwners(view, attempt) }))
  if (denials.length === 0) return []
  const firings = [...countFirings(view, denials, startMs), ...loginFirings(view, denials, day)]
  if (firings.length === 0) return []
  return [{ draft: factorFatigueAlert(view, day, firings, mask), attackPaneStartsMs: [] }]
}

/** Where the owner is at home, or a newcomer enrols: push fatigue is refused where the thief sits, never there. */
function isOwners(view: UserView, attempt: Attempt): boolean {
  const { timestampMs } = attempt.event
  if (view.isVouched(attempt.prefix, timestampMs)) return true
  return !view.isKnown(timestampMs) && isNewcomersNetwork(view, attempt)
}

function isNewcomersNetwork({ config, profile }: UserView, { place }: Attempt): boolean {
  return !isRentedClass(place.networkClass) && isOrdinaryCountry(config, profile, place.country)
}

/**
 * A login that needs no explanation although the source network does not vouch for it: a carrier gives a new address
 * every time, and whoever mistypes three codes in a hotel of the own country is no victim.
 */
function isOrdinaryLogin(view: UserView, attempt: Attempt): boolean {
  const { place, prefix, event } = attempt
  const { networkClass, asn, country } = place
  if (isOrganisationGround(view.profile, { prefix, networkClass })) return true
  const { learntDays } = view.config.limits.travel
  if (view.networkDaysBefore(asn, country, dayOf(event.timestampMs)) >= learntDays) return true
  if (!view.isKnown(event.timestampMs)) return isNewcomersNetwork(view, attempt)
  return isAccessClass(networkClass) && view.knowsCountry(country, event.timestampMs)
}

/** One firing for each refusal of the day that has enough others in the window before it. */
function countFirings(
  view: UserView,
  denials: readonly Denial[],
  startMs: number,
): FatigueFiring[] {
  const { deniedMin, windowMs } = view.config.limits.fatigue
  const firings: FatigueFiring[] = []
  let from = 0
  for (const [index, { attempt }] of denials.entries()) {
    const atMs = attempt.event.timestampMs
    while (atMs - timeOf(denials[from]) > windowMs) from++
    if (index - from + 1 < deniedMin || atMs < startMs) continue
    const inside = denials.slice(from, index + 1)
    const isOwnNetworks = inside.every(({ isOwn }) => isOwn)
    firings.push({
      atMs,
      denials: inside.map((denial) => denial.attempt),
      success: null,
      severity: view.isCold || isOwnNetworks ? 'low' : 'medium',
      isOwnNetworks,
      isOrdinarySuccess: false,
      isKnownDevice: false,
    })
  }
  return firings
}

/** One firing for each login of the day from a network that does not vouch, shortly after refusals from others than the owner. */
function loginFirings(view: UserView, denials: readonly Denial[], day: number): FatigueFiring[] {
  const strangers = denials.filter(({ isOwn }) => !isOwn)
  const firings: FatigueFiring[] = []
  for (const success of view.logins(day)) {
    const atMs = success.event.timestampMs
    if (view.isVouched(success.prefix, atMs)) continue
    const inside = refusalsBefore(strangers, atMs, view.config.limits.fatigue)
    if (inside.length === 0) continue
    const isOrdinarySuccess = isOrdinaryLogin(view, success)
    const isKnownDevice = view.knowsDevice(success.event.deviceId, atMs)
    firings.push({
      atMs,
      denials: inside.map(({ attempt }) => attempt),
      success,
      severity: severityOfLogin(view.isCold, isOrdinarySuccess, isKnownDevice),
      isOwnNetworks: false,
      isOrdinarySuccess,
      isKnownDevice,
    })
  }
  return firings
}

/**
 * The refusals of the latest window that ends within `windowMs` before a login and holds enough of them; else none.
 * Not of the last refusal's window alone: one more refusal would then push the others out of it.
 */
function refusalsBefore(
  strangers: readonly Denial[],
  atMs: number,
  { deniedBeforeSuccessMin, windowMs }: Limits['fatigue'],
): readonly Denial[] {
  const before = strangers.filter((denial) => {
    const ageMs = atMs - timeOf(denial)
    return ageMs >= 0 && ageMs <= 2 * windowMs
  })
  for (let end = before.length; end > 0; end--) {
    const endMs = timeOf(before[end - 1])
    if (atMs - endMs > windowMs) break
    const inside = before.slice(0, end).filter((denial) => endMs - timeOf(denial) <= windowMs)
    if (inside.length >= deniedBeforeSuccessMin) return inside
  }
  return []
}

/** Critical; high where the device is the user's own, as in X1; a signal where nothing but the refusals is unusual. */
function severityOfLogin(isCold: boolean, isOrdinary: boolean, isKnownDevice: boolean): Severity {
  if (isCold || isOrdinary) return 'low'
  return isKnownDevice ? 'high' : 'critical'
}

function timeOf(denial: Denial | undefined): number {
  return denial?.attempt.event.timestampMs ?? Number.POSITIVE_INFINITY
}
