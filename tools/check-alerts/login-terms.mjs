import { FAILURES } from './evidence.mjs'
import { ACCOUNT, FIXED_TERMS, inUnits, LOGIN, NETWORK_CLASS, TRAVEL } from './published.mjs'
import { checkTravelTerm } from './travel.mjs'

/** One term: where it stands, its quantities, and what the alert says around it. */
const FORMULAS = {
  new_for_user: newForUser,
  rare_for_organisation: rareForOrganisation,
  new_realm: (ledger, { path }) => {
    const isAdministrators = ledger.at(`${path}.why`).includes('administrators')
    activeDays(ledger, path)
    return ['new_for_user', isAdministrators ? 1.5 : 0.7]
  },
  unusual_hour: unusualHour,
  typing_error: (ledger, term) => {
    failuresBefore(ledger, term, 1, LOGIN.typingErrorsMax)
    return ['guessing', -0.5]
  },
  guessed_before: (ledger, term) => {
    failuresBefore(ledger, term, LOGIN.guessesMin, Number.POSITIVE_INFINITY)
    return ['guessing', 1.5]
  },
  factor_denied_before: (ledger, term) => {
    const lines = failuresBefore(ledger, term, 1, Number.POSITIVE_INFINITY)
    const isDenied = lines.every(({ outcome }) => outcome === 'mfa_denied')
    ledger.holds(isDenied, `${term.path}: a line is no refused second factor`)
    return ['guessing', 1.5]
  },
  dormant_account: (ledger, { path, q }) => {
    ledger.bounded(`${path}.quantities.silent_days`, ACCOUNT.silentDays, 401)
    const isKnown =
      q.known_days >= ACCOUNT.knownDays && q.known_days >= Math.min(q.silent_days, 400)
    ledger.holds(isKnown, `${path}.quantities.known_days is ${q.known_days}`)
    ledger.bounded(`${path}.quantities.known_country`, 0, 1)
    ledger.bounded(`${path}.quantities.country_share`, 0, 1)
    const isLong = q.silent_days >= ACCOUNT.longSilentDays
    return ['account', isLong ? ACCOUNT.longSilent : ACCOUNT.silent]
  },
  first_use: (ledger, { path }) => {
    ledger.bounded(`${path}.quantities.history_days`, ACCOUNT.historyDays, 1e5)
    return ['account', ACCOUNT.firstUse]
  },
  impossible_travel: travelTerm,
  overlapping_presence: travelTerm,
  concurrent_sessions: travelTerm,
  same_device: (ledger, { path }) => {
    ledger.bounded(`${path}.quantities.from_network_days`, TRAVEL.learntDays, 90)
    return ['travel', TRAVEL.nats.sameDevice]
  },
}

/**
 * Recomputes the value of a term from its quantities by the formula of its rule's page (docs/rules/U2.md).
 *
 * @returns its family and the value in nats; null for a name that no page has
 */
export function checkLoginTerm(ledger, term) {
  const fixed = FIXED_TERMS[term.name]
  const formula = FORMULAS[term.name]
  if (fixed === undefined && formula === undefined) {
    ledger.holds(false, `${term.path}.name ${term.name} is on no page`)
    return null
  }
  if (fixed !== undefined) activeDays(ledger, term.path)
  const [family, nats] = fixed ?? formula(ledger, term)
  const value = inUnits(nats)
  ledger.number(`${term.path}.value`, value)
  return { family, value }
}

/** The user's active days are the same wherever they stand. */
function activeDays(ledger, path) {
  const days = `${path}.quantities.active_days`
  if (ledger.at(days) !== undefined) ledger.number(days, ledger.at('sekisho.counts.active_days'))
}

function clipped(value, [least, most]) {
  return Math.min(most, Math.max(least, value))
}

function limits(ledger, path, [least, most]) {
  ledger.number(`${path}.quantities.least_nats`, inUnits(least))
  ledger.number(`${path}.quantities.most_nats`, inUnits(most))
}

function newForUser(ledger, { path, q, shared }) {
  activeDays(ledger, path)
  limits(ledger, path, LOGIN.newForUser)
  ledger.number(`${path}.quantities.smoothing_days`, LOGIN.smoothingDays)
  // The other half of the ratio states what this share is made of.
  if (shared.organisationShare !== undefined) {
    ledger.number(`${path}.quantities.organisation_share`, shared.organisationShare, 1e-15)
  } else ledger.bounded(`${path}.quantities.organisation_share`, 1e-7, 1)
  ledger.bounded(`${path}.quantities.network_days`, 0, q.active_days)
  const userShare =
    (q.network_days + LOGIN.smoothingDays * q.organisation_share) /
    (q.active_days + LOGIN.smoothingDays)
  const nats = inUnits(Math.log(q.organisation_share / userShare))
  return ['new_for_user', clipped(nats, LOGIN.newForUser)]
}

/** The share that the organisation has of a network: its user-days, or what its class and country are worth at least. */
export function organisationShareOf(q) {
  const familiarity =
    q.user_days === 0
      ? 1
      : clipped(q.country_share / LOGIN.homeCountryShare, [LOGIN.familiarityMin, 1])
  const least = q.organisation_share_floor * familiarity
  return q.user_days === 0 ? least : Math.max(least, q.network_user_days / q.user_days)
}

function rareForOrganisation(ledger, { path, q, networkClass }) {
  const { floor, attackShare, networks } = NETWORK_CLASS[networkClass] ?? {}
  limits(ledger, path, LOGIN.rare)
  ledger.number(`${path}.quantities.attack_class_share`, attackShare ?? Number.NaN)
  ledger.number(`${path}.quantities.attack_networks`, networks ?? Number.NaN)
  ledger.number(`${path}.quantities.attack_country_share`, LOGIN.attackCountryShare, 1e-15)
  ledger.number(`${path}.quantities.organisation_share_floor`, floor ?? Number.NaN)
  ledger.number(`${path}.quantities.familiarity_floor`, LOGIN.familiarityMin)
  ledger.number(`${path}.quantities.home_country_share`, LOGIN.homeCountryShare)
  ledger.number(`${path}.quantities.organisation_share`, organisationShareOf(q), 1e-15)
  ledger.bounded(`${path}.quantities.country_share`, 0, 1)
  ledger.bounded(`${path}.quantities.network_user_days`, 0, q.user_days)
  const attack = (attackShare * LOGIN.attackCountryShare) / networks
  const nats = inUnits(Math.log(attack / q.organisation_share))
  return ['rare_for_organisation', clipped(nats, LOGIN.rare)]
}

function unusualHour(ledger, { path, q, login }) {
  const { reach, pseudoLogins, most } = LOGIN.hour
  ledger.number(`${path}.quantities.hour_utc`, new Date(login.timeMs).getUTCHours())
  ledger.number(`${path}.quantities.hour_reach`, reach)
  ledger.number(`${path}.quantities.pseudo_logins`, pseudoLogins)
  ledger.number(`${path}.quantities.most_nats`, inUnits(most))
  ledger.bounded(`${path}.quantities.logins_near`, 0, q.logins)
  const uniform = (2 * reach + 1) / 24
  const share = (q.logins_near + pseudoLogins * uniform) / (q.logins + pseudoLogins)
  const nats = inUnits(Math.log(uniform / share))
  return ['new_for_user', clipped(nats, [-inUnits(most), inUnits(most)])]
}

/** Failures in the hour before the login; counted again where all of them are shown. */
function failuresBefore(ledger, { path, q, evidence, lines, login, isWhole }, least, most) {
  const shown = evidence.filter((index) => index !== 0).map((index) => lines[index])
  const count = `${path}.quantities.failures`
  if (isWhole) ledger.number(count, shown.length)
  ledger.bounded(count, Math.max(least, shown.length), most)
  for (const { path: at, timeMs, outcome } of shown) {
    const agoMs = login.timeMs - timeMs
    const isBefore = agoMs >= 0 && agoMs <= LOGIN.justBeforeMs
    ledger.holds(isBefore, `${at} is not in the hour before the login`)
    ledger.holds(FAILURES.has(outcome), `${at} is no failure`)
  }
  ledger.holds(q.failures >= least, `${path}: ${q.failures} failures are too few`)
  return shown
}

/** How long sessions whose ends are shown were open together in two networks. */
function shownOverlapMs(lines) {
  const sessions = lines.flatMap(({ network, timeMs, raw }) =>
    raw?.durationMs ? [{ network, endMs: timeMs, startMs: timeMs - raw.durationMs }] : [],
  )
  const overlaps = sessions.flatMap((a) =>
    sessions
      .filter((b) => b.network !== a.network)
      .map((b) => Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs)),
  )
  return Math.max(0, ...overlaps)
}

function travelTerm(ledger, { path, name, geometry, isRoaming, lines }) {
  const { infeasible, overlap, concurrent, roaming } = TRAVEL.nats
  if (geometry === null) {
    ledger.holds(false, `${path}: there is no sekisho.travel`)
    return ['travel', Number.NaN]
  }
  checkTravelTerm(ledger, path, geometry)
  ledger.number(`${path}.quantities.is_roaming`, isRoaming ? 1 : 0)
  ledger.holds(
    name !== 'overlapping_presence' || geometry.gapMs === 0,
    `${path}: the two ends do not overlap`,
  )
  ledger.holds(name !== 'impossible_travel' || geometry.gapMs > 0, `${path}: the two ends overlap`)
  let nats = name === 'impossible_travel' ? infeasible : overlap
  if (name === 'concurrent_sessions') {
    ledger.bounded(
      `${path}.quantities.concurrent_s`,
      Math.max(TRAVEL.concurrentMsMin, shownOverlapMs(lines)) / 1000,
      (2 * TRAVEL.sessionMsMax) / 1000,
    )
    ledger.number(`${path}.quantities.concurrent_limit_s`, TRAVEL.concurrentMsMin / 1000)
    ledger.number(`${path}.quantities.organisation_concurrent_limit`, TRAVEL.concurrentShare)
    ledger.bounded(`${path}.quantities.organisation_concurrent_share`, 0, TRAVEL.concurrentShare)
    nats = concurrent
  }
  return ['travel', isRoaming ? Math.min(nats, roaming) : nats]
}
