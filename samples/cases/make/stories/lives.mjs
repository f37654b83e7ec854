/** People whose lives look impossible to a rule that knows speed only. */
import { addressIn, DOCOMO_OSAKA, DOCOMO_TOKYO, lineOf } from '../networks.mjs'
import { HOMES_DE, HOMES_JP, nameOf, peopleAt } from '../people.mjs'
import { fortigate, JAPAN, pulse, Story } from '../story.mjs'
import { dateAfter, HOUR, MINUTE, SECOND, weekdayOf } from '../time.mjs'

const FIRST_DATE = '2026-08-03'
const DAYS = 45
/** In Frankfurt, at an operator whom no colleague there uses. */
const HOTEL = lineOf('82.140.6.146', 'DE')
const FUKUOKA = lineOf('58.3.110.162', 'JP')

const dates = Array.from({ length: DAYS }, (_, i) => dateAfter(FIRST_DATE, i))
const workingDates = dates.filter((date) => ![0, 6].includes(weekdayOf(date)))

function storyOf(name, gateway, colleagues) {
  const story = new Story(name, [gateway])
  story.workdays(colleagues, FIRST_DATE, DAYS)
  return story
}

const colleaguesJp = peopleAt(HOMES_JP.slice(1, 31), 1)

/** One week by day, one by night. */
function nurse() {
  const story = storyOf('benign-night-shift', pulse('pcs-ward-01', JAPAN), colleaguesJp)
  const user = nameOf(0)
  dates.forEach((date, n) => {
    if ([0, 6].includes(weekdayOf(date))) return
    const clockText = Math.floor(n / 7) % 2 === 0 ? '08:00' : '20:00'
    const startMs = story.at(date, clockText) + ((13 * n) % 40) * MINUTE
    story.session({ user, line: HOMES_JP[0], startMs, endMs: startMs + 8 * HOUR })
  })
  story.silent.push({ entity: `user:${user}`, note: 'shifts that change between day and night every week' })
  return story
}

/** Fourteen hours between a login at home and one at a hotel. */
function flight() {
  const colleagues = [...colleaguesJp, ...peopleAt(HOMES_DE.slice(0, 12), 200)]
  const story = storyOf('benign-flight', fortigate('fgt-travel-01', JAPAN), colleagues)
  const user = nameOf(0)
  const leaving = '2026-09-15'
  for (const date of workingDates.filter((each) => each < leaving)) {
    const startMs = story.at(date, '08:42')
    story.session({ user, line: HOMES_JP[0], startMs, endMs: startMs + 9 * HOUR })
  }
  const homeMs = story.at(leaving, '07:05')
  story.session({ user, line: HOMES_JP[0], startMs: homeMs, endMs: homeMs + 25 * MINUTE })
  const hotelMs = homeMs + 25 * MINUTE + 14 * HOUR
  story.session({ user, line: HOTEL, startMs: hotelMs, endMs: hotelMs + 50 * MINUTE })
  story.silent.push({
    entity: `user:${user}`,
    note: 'Tokyo to Frankfurt in fourteen hours; the hotel’s operator is new to everybody',
  })
  return story
}

/** A phone that comes out of Tokyo and of Osaka ten minutes apart. */
function carrier() {
  const story = storyOf('benign-carrier-gateways', fortigate('fgt-mobile-01', JAPAN), colleaguesJp)
  const user = nameOf(0)
  workingDates.forEach((date, n) => {
    const towns = n % 2 === 0 ? [DOCOMO_TOKYO, DOCOMO_OSAKA] : [DOCOMO_OSAKA, DOCOMO_TOKYO]
    towns.forEach((town, i) => {
      const startMs = story.at(date, '08:00') + i * 10 * MINUTE
      const line = addressIn(story.random.pick(town), story.random)
      story.session({ user, line, startMs, endMs: startMs + 7 * MINUTE })
    })
  })
  story.silent.push({ entity: `user:${user}`, note: '400 km in ten minutes, within one carrier' })
  return story
}

/** A laptop at home in Fukuoka, and at once a phone whose carrier comes out in Tokyo. */
function twoDevices() {
  const story = storyOf('benign-phone-and-laptop', fortigate('fgt-mobile-02', JAPAN), colleaguesJp)
  const user = nameOf(0)
  for (const date of workingDates) {
    const hours = { startMs: story.at(date, '08:30'), endMs: story.at(date, '17:10') }
    story.session({ user, line: FUKUOKA, ...hours })
    const startMs = story.at(date, '10:30')
    const line = addressIn(story.random.pick(DOCOMO_TOKYO), story.random)
    story.session({ user, line, startMs, endMs: startMs + 3 * HOUR })
  }
  story.silent.push({ entity: `user:${user}`, note: 'two sessions at once, 880 km apart, every day' })
  return story
}

/** One home that comes by either protocol, seconds apart. */
function bothProtocols() {
  const story = storyOf('benign-ipv4-and-ipv6', pulse('pcs-home-01', JAPAN), colleaguesJp)
  const user = nameOf(0)
  const v4 = HOMES_JP[0]
  const v6 = lineOf('2400:4051:8a20:1d00::5c', 'JP')
  workingDates.forEach((date, n) => {
    const [first, second] = n % 2 === 0 ? [v6, v4] : [v4, v6]
    const startMs = story.at(date, '08:00')
    story.session({ user, line: first, startMs, endMs: startMs + 40 * SECOND })
    story.session({ user, line: second, startMs: startMs + MINUTE, endMs: startMs + 8 * HOUR })
  })
  story.silent.push({ entity: `user:${user}`, note: 'one home line by IPv6 and IPv4 in turn' })
  return story
}

export const lives = [nurse, flight, carrier, twoDevices, bothProtocols]
