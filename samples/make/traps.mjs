import { HOTELS, OFFICES } from './addresses.mjs'
import { GERMANY_MINUTES, instantOf, JAPAN_MINUTES, MINUTE, SECOND } from './clock.mjs'
import { fail, spellingOf, visit } from './logins.mjs'
import { homeLineOf, mobileLineOf, USERS } from './world.mjs'

/** Days of March that are told here and not by habit. */
export const TOLD_DAYS = {
  'sato.haruka': [10, 11, 12, 13],
  'nakamura.sota': [10],
  'okamoto.riku': [11],
  'fujii.akane': [11],
}

const japan = (day, clockText) => instantOf(JAPAN_MINUTES, day, clockText)
const germany = (day, clockText) => instantOf(GERMANY_MINUTES, day, clockText)

/** Everything that looks like an attack and is none. Returns what no alert may name. */
export function writeTraps(journal, random) {
  return [
    writeTrip(journal, random.fork('trip')),
    writeStalePassword(journal, random.fork('stale password')),
    writeHotel(journal, random.fork('hotel')),
    ...writeFarEnds(journal, random.fork('far ends')),
  ]
}

/** Tokyo to Frankfurt by plane and back; the phone roams, but its traffic is routed through Japan. */
function writeTrip(journal, random) {
  const user = USERS.get('sato.haruka')
  const stay = (gateway, line, startMs, endMs, more) =>
    visit(journal, gateway, user, { line, startMs, endMs, ...more }, random)
  const phone = (startMs) => {
    const line = mobileLineOf(user.carrier, random)
    stay('tokyo', line, startMs, startMs + random.integer(4, 15) * MINUTE, { isPhone: true })
  }
  const home = homeLineOf(user, 10)
  for (const day of [3, 4, 6]) phone(japan(day, '12:21'))
  stay('tokyo', home, japan(10, '06:17'), japan(10, '06:48'))
  stay('frankfurt', HOTELS.frankfurt, germany(10, '19:41'), germany(10, '20:36'), { slips: 1 })
  stay('frankfurt', OFFICES.frankfurt, germany(11, '09:04'), germany(11, '16:52'))
  stay('frankfurt', HOTELS.frankfurt, germany(11, '21:10'), germany(11, '22:05'))
  stay('frankfurt', OFFICES.frankfurt, germany(12, '08:31'), germany(12, '11:40'))
  stay('tokyo', home, japan(13, '13:22'), japan(13, '17:48'))
  for (const startMs of [germany(10, '19:58'), germany(11, '12:34'), germany(11, '18:47')]) {
    phone(startMs)
  }
  return {
    entity: 'user:sato.haruka',
    note: 'flew from Tokyo to Frankfurt and back (10 to 13 March); the roaming phone shows its Japanese carrier',
  }
}

/** He changed his password on Monday; on Tuesday the phone, left at home, still tries the old one. */
function writeStalePassword(journal, random) {
  const user = USERS.get('nakamura.sota')
  const line = homeLineOf(user, 10)
  const name = spellingOf('tokyo', user.name, random)
  for (let i = 0; i < 30; i++) {
    const timeMs = japan(10, '07:20') + i * 25 * MINUTE + random.integer(0, 4 * 60) * SECOND
    fail(journal, 'tokyo', { user: name, line, timeMs, reason: 'wrong-password' }, random)
  }
  const hours = { line: user.office, startMs: japan(10, '09:02'), endMs: japan(10, '18:11') }
  visit(journal, 'tokyo', user, hours, random)
  const evening = { line, startMs: japan(10, '20:26'), endMs: japan(10, '21:02') }
  visit(journal, 'tokyo', user, evening, random)
  return {
    entity: 'user:nakamura.sota',
    note: '30 failures on 10 March, all from his own home line: a stale password in a phone app',
  }
}

/** Two colleagues from Osaka at one hotel in Fukuoka; the keyboard in the lobby is not theirs. */
function writeHotel(journal, random) {
  const hotel = HOTELS.fukuoka
  for (const [name, slips, clockText] of [
    ['okamoto.riku', 3, '19:48'],
    ['fujii.akane', 2, '20:03'],
  ]) {
    const user = USERS.get(name)
    const office = { line: user.office, startMs: japan(11, '08:44'), endMs: japan(11, '11:31') }
    visit(journal, 'osaka', user, office, random)
    const startMs = japan(11, clockText)
    const evening = {
      line: hotel,
      startMs,
      endMs: startMs + random.integer(25, 70) * MINUTE,
      slips,
    }
    visit(journal, 'osaka', user, evening, random)
  }
  return {
    sourcePrefix: hotel.address.replace(/\d+$/, '0/24'),
    note: 'a hotel in Fukuoka: two users who mistype, then succeed (11 March)',
  }
}

/** At both ends of Japan, a laptop at home and a phone whose carrier comes out in Tokyo, at once. */
function writeFarEnds(journal, random) {
  return ['fukuda.ren', 'sasaki.mio'].map((name) => {
    const user = USERS.get(name)
    for (const day of [3, 4, 6, 9, 11, 12, 13]) {
      const startMs = japan(day, '10:30') + random.integer(0, 240) * MINUTE
      const line = mobileLineOf(user.carrier, random)
      const endMs = startMs + random.integer(4, 20) * MINUTE
      visit(journal, 'tokyo', user, { line, startMs, endMs, isPhone: true }, random)
    }
    return {
      entity: `user:${name}`,
      note: `home in ${user.home.place}, the phone's carrier comes out in Tokyo while the laptop is on`,
    }
  })
}
