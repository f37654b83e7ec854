import { instantOf, MINUTE, SECOND, weekdayOf } from './clock.mjs'
import { fail, slipsOf, spellingOf, visit } from './logins.mjs'
import { homeLineOf, mobileLineOf, USERS } from './world.mjs'

const LAST_DAY_OF_MARCH = 15

/**
 * The habits of everybody: commuting between office and home, phones on the way, evenings, week-ends.
 *
 * @param isTold `(name, dayOfMarch)` true where the story of a day is told elsewhere
 */
export function writeWorkdays(journal, isTold, random) {
  for (const user of USERS.values()) {
    for (let day = 1; day <= LAST_DAY_OF_MARCH; day++) {
      if (isTold(user.name, day)) continue
      const own = random.fork(`${user.name}/${day}`)
      const isWeekend = [0, 6].includes(weekdayOf(day))
      const write = isWeekend ? writeWeekend : writeWeekday
      write(journal, user, day, own)
    }
  }
}

/** Mostly the usual gateway, else the other one that the user may use. */
function gatewayOf(user, random) {
  const [usual, other] = user.gateways
  return other !== undefined && random.chance(0.25) ? other : usual
}

/** A time after `clockText` local, spread over `spreadMinutes`. */
function about(user, day, clockText, spreadMinutes, random) {
  const spreadMs = random.integer(0, spreadMinutes * 60) * SECOND
  return instantOf(user.offsetMinutes, day, clockText) + spreadMs
}

function stay(journal, user, line, [startMs, endMs], random) {
  const slips = slipsOf(random)
  const gatewayKey = gatewayOf(user, random)
  if (random.chance(0.004)) mistypeName(journal, gatewayKey, user, line, startMs, random)
  visit(journal, gatewayKey, user, { line, startMs, endMs, slips }, random)
}

/** Two neighbouring letters change places: a name that nobody has. */
function mistypeName(journal, gatewayKey, user, line, startMs, random) {
  const name = spellingOf(gatewayKey, user.name, random)
  const slip = name.slice(0, -2) + name.at(-1) + name.at(-2)
  const timeMs = startMs - 90 * SECOND
  fail(journal, gatewayKey, { user: slip, line, timeMs, reason: 'unknown-user' }, random)
}

function writeWeekday(journal, user, day, random) {
  if (random.chance(0.06)) return
  const home = homeLineOf(user, day)
  const isInOffice = random.chance(user.officeShare)
  const line = isInOffice ? user.office : home
  for (const span of hoursOf(user, day, isInOffice, random)) {
    stay(journal, user, line, span, random)
  }
  writePhone(journal, user, day, random)
  if (random.chance(isInOffice ? 0.35 : 0.15)) {
    const startMs = about(user, day, '20:15', 90, random)
    stay(journal, user, home, [startMs, startMs + random.integer(18, 95) * MINUTE], random)
  }
}

/** Working hours: through the day, or in two parts around lunch; at home the line may drop in between. */
function hoursOf(user, day, isInOffice, random) {
  const at = (clockText, spreadMinutes) => about(user, day, clockText, spreadMinutes, random)
  const startMs = isInOffice ? at('08:35', 70) : at('08:50', 50)
  const endMs = at('17:05', 100)
  if (random.chance(0.35)) return [[startMs, endMs]]
  const lunchMs = at('11:50', 20)
  const spans = [
    [startMs, lunchMs],
    [lunchMs + random.integer(40, 75) * MINUTE, endMs],
  ]
  if (isInOffice || random.chance(0.7)) return spans
  const dropMs = at('15:00', 60)
  return [spans[0], [spans[1][0], dropMs], [dropMs + random.integer(20, 200) * SECOND, endMs]]
}

/** On the train in the morning, at noon: a short session from the carrier's next free address. */
function writePhone(journal, user, day, random) {
  if (user.carrier === null) return
  for (const [clockText, chance] of [
    ['07:40', 0.3],
    ['12:15', 0.25],
    ['18:50', 0.2],
  ]) {
    if (!random.chance(chance)) continue
    const startMs = about(user, day, clockText, 35, random)
    const endMs = startMs + random.integer(3, 22) * MINUTE
    const line = mobileLineOf(user.carrier, random)
    visit(journal, user.gateways[0], user, { line, startMs, endMs, isPhone: true }, random)
  }
}

function writeWeekend(journal, user, day, random) {
  if (random.chance(0.1)) {
    const startMs = about(user, day, '10:00', 600, random)
    const span = [startMs, startMs + random.integer(20, 110) * MINUTE]
    stay(journal, user, homeLineOf(user, day), span, random)
  }
  if (user.carrier !== null && random.chance(0.08)) {
    const startMs = about(user, day, '09:00', 660, random)
    const endMs = startMs + random.integer(3, 15) * MINUTE
    const line = mobileLineOf(user.carrier, random)
    visit(journal, user.gateways[0], user, { line, startMs, endMs, isPhone: true }, random)
  }
}
