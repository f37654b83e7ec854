import { DAY, SECOND } from './clock.mjs'
import { fortigateFailure, fortigateSession } from './fortigate-vpn.mjs'
import { pulseFailure, pulseSession } from './pulse-vpn.mjs'
import { GATEWAYS } from './world.mjs'

/** How a name reaches the log: with its domain in Frankfurt, now and then with capitals. */
export function spellingOf(gatewayKey, name, random) {
  const { domain } = GATEWAYS[gatewayKey]
  const typed = random.chance(0.03) ? name.replace(/(^|\.)\p{L}/gu, (s) => s.toUpperCase()) : name
  return domain === undefined ? typed : `${domain}\\${typed}`
}

/** One failed login; `reason` is `wrong-password`, `unknown-user` or `expired-password`. */
export function fail(journal, gatewayKey, attempt, random) {
  const isFortigate = GATEWAYS[gatewayKey].vendor === 'fortigate'
  const write = isFortigate ? fortigateFailure : pulseFailure
  write(journal, gatewayKey, attempt, random)
}

/** One login and its session. */
export function connect(journal, gatewayKey, session, random) {
  const isFortigate = GATEWAYS[gatewayKey].vendor === 'fortigate'
  const write = isFortigate ? fortigateSession : pulseSession
  write(journal, gatewayKey, session, random)
}

/**
 * A person's login: the name as typed that day, perhaps some slips first, then the session.
 *
 * @param visit `line`, `startMs`, `endMs`, `isPhone`, and `slips`, the number of failures before
 */
export function visit(journal, gatewayKey, user, visit, random) {
  const { line, startMs, endMs, isPhone = false, slips = 0 } = visit
  const name = spellingOf(gatewayKey, user.name, random)
  let timeMs = startMs
  for (let i = 0; i < slips; i++) {
    timeMs -= random.integer(12, 45) * SECOND
    fail(journal, gatewayKey, { user: name, line, timeMs, reason: 'wrong-password' }, random)
  }
  if (endMs - startMs > DAY) throw new Error(`session of ${user.name} lasts over a day`)
  connect(journal, gatewayKey, { user: name, line, startMs, endMs, isPhone }, random)
}

/** How often people mistype: one in twenty-five logins, one to three times. */
export function slipsOf(random) {
  return random.chance(0.04) ? random.integer(1, 3) : 0
}
