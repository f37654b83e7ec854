import { instantOf, JAPAN_MINUTES, MINUTE, SECOND } from './clock.mjs'
import { fail, spellingOf, visit } from './logins.mjs'
import { homeLineOf, USERS } from './world.mjs'

export const EXPIRY_DAY = 9
const AT_HOME = new Set(['watanabe.yui', 'kobayashi.makoto'])

/** Everybody of the Tokyo office, whose passwords ran out over the week-end, but for the two at home. */
export function expiredUsers() {
  return [...USERS.values()].filter(
    (user) => user.site === 'tokyo' && user.officeShare > 0 && !AT_HOME.has(user.name),
  )
}

/** Monday morning behind one office address: one to three failures each, a new password, then success. */
export function writeExpiryMorning(journal, random) {
  const users = expiredUsers()
  for (const user of users) {
    const own = random.fork(user.name)
    const name = spellingOf('tokyo', user.name, own)
    const line = user.office
    let timeMs = instantOf(JAPAN_MINUTES, EXPIRY_DAY, '09:02') + own.integer(0, 35 * 60) * SECOND
    const failures = own.integer(1, 3)
    for (let i = 0; i < failures; i++) {
      const reason = i === 0 ? 'expired-password' : 'wrong-password'
      fail(journal, 'tokyo', { user: name, line, timeMs, reason }, own)
      timeMs += own.integer(20, 80) * SECOND
    }
    const startMs = timeMs + own.integer(3, 16) * MINUTE
    const endMs = instantOf(JAPAN_MINUTES, EXPIRY_DAY, '17:10') + own.integer(0, 90) * MINUTE
    visit(journal, 'tokyo', user, { line, startMs, endMs }, own)
    if (!own.chance(0.3)) continue
    const eveningMs = instantOf(JAPAN_MINUTES, EXPIRY_DAY, '20:30') + own.integer(0, 60) * MINUTE
    const home = homeLineOf(user, EXPIRY_DAY)
    const evening = {
      line: home,
      startMs: eveningMs,
      endMs: eveningMs + own.integer(20, 80) * MINUTE,
    }
    visit(journal, 'tokyo', user, evening, own)
  }
  const office = users[0].office.address.replace(/\d+$/, '0/24')
  return {
    sourcePrefix: office,
    note: `${users.length} users of the Tokyo office mistype expired passwords behind one address, then succeed (9 March)`,
  }
}
