import { ATTACK_SOURCES } from './addresses.mjs'
import { GERMANY_MINUTES, instantOf, JAPAN_MINUTES, MINUTE, SECOND } from './clock.mjs'
import { connect, fail, spellingOf, visit } from './logins.mjs'
import { homeLineOf, USERS } from './world.mjs'

/** Days of March that the attacks' victims spend as told here. */
export const VICTIM_DAYS = {
  'watanabe.yui': [9, 10, 11, 12],
  'kobayashi.makoto': [9, 13, 14, 15],
  'lena.hofmann': [9, 10],
}

/** Names that such lists hold; nobody here has one of them. */
const STUFFED_NAMES = `admin administrator test guest info office service support backup scanner vpn
  vpnuser sales marketing helpdesk m.mueller j.schmidt a.fischer t.weber s.wagner k.becker p.schulz
  c.hoffmann d.koch r.richter b.klein h.wolf n.schroeder u.neumann e.schwarz g.zimmermann f.krueger
  i.hartmann o.lange`.split(/\s+/)

const STUFFED_STAFF = [
  'anna.schmitz',
  'felix.brandt',
  'stefan.bauer',
  'oliver.haas',
  'katrin.lorenz',
]

const prefixOf = (line) => line.address.replace(/\d+$/, '0/24')
const japan = (day, clockText) => instantOf(JAPAN_MINUTES, day, clockText)
const germany = (day, clockText) => instantOf(GERMANY_MINUTES, day, clockText)

/** The four attacks, each on its own day from its own sources. Returns the five alerts that must be found. */
export function writeAttacks(journal, random) {
  return [
    ...writeStuffing(journal, random.fork('stuffing')),
    writeTravel(journal, random.fork('travel')),
    writeSpray(journal, random.fork('spray')),
    writeBruteForce(journal, random.fork('brute force')),
  ]
}

/** A leaked list tried in 20 minutes at night; one pair of it still works. */
function writeStuffing(journal, random) {
  const line = ATTACK_SOURCES.stuffing
  const victim = USERS.get('lena.hofmann')
  for (const day of [9, 10]) {
    const hours = {
      line: victim.office,
      startMs: germany(day, '08:52'),
      endMs: germany(day, '17:21'),
    }
    visit(journal, 'frankfurt', victim, hours, random)
  }
  let timeMs = germany(10, '03:12')
  const names = random.shuffled([...STUFFED_NAMES, ...STUFFED_STAFF])
  names.splice(27, 0, victim.name)
  for (const name of names) {
    timeMs += random.integer(14, 33) * SECOND
    if (name === victim.name) {
      const user = spellingOf('frankfurt', name, random)
      connect(
        journal,
        'frankfurt',
        { user, line, startMs: timeMs, endMs: timeMs + 11 * MINUTE },
        random,
      )
      continue
    }
    const reason = STUFFED_STAFF.includes(name) ? 'wrong-password' : 'unknown-user'
    fail(journal, 'frankfurt', { user: name, line, timeMs, reason }, random)
    if (!random.chance(0.3)) continue
    timeMs += random.integer(4, 9) * SECOND
    fail(journal, 'frankfurt', { user: name, line, timeMs, reason }, random)
  }
  return [
    {
      rule: 'N1',
      entity: `prefix:${prefixOf(line)}`,
      day: '2026-03-10',
      severityAtLeast: 'high',
      note: `credential stuffing: ${names.length} names from ${line.address} in 20 minutes, ${STUFFED_NAMES.length} of them unknown`,
    },
    {
      rule: 'X1',
      entity: `user:${victim.name}`,
      day: '2026-03-10',
      severityAtLeast: 'critical',
      note: `the one login of that list that worked, from ${line.address}`,
    },
  ]
}

/** She is at work at home in Tokyo; 52 minutes after she logged in, so does she near Bucharest. */
function writeTravel(journal, random) {
  const user = USERS.get('watanabe.yui')
  const stay = (line, day, from, until) => {
    const span = { startMs: japan(day, from), endMs: japan(day, until) }
    visit(journal, 'tokyo', user, { line, ...span }, random)
  }
  for (const day of [9, 10]) stay(homeLineOf(user, day), day, '08:56', '17:40')
  stay(user.office, 11, '09:03', '17:31')
  stay(homeLineOf(user, 11), 11, '19:36', '22:24')
  stay(user.office, 12, '09:11', '17:47')
  const line = ATTACK_SOURCES.travel
  const startMs = japan(11, '20:28') + 17 * SECOND
  const session = { user: spellingOf('frankfurt', user.name, random), line, startMs }
  connect(journal, 'frankfurt', { ...session, endMs: startMs + 24 * MINUTE }, random)
  return {
    rule: 'T1',
    entity: `user:${user.name}`,
    day: '2026-03-11',
    severityAtLeast: 'medium',
    note: `logged in at home in Tokyo at 10:36 UTC and from ${line.address} (${line.place}) at 11:28 UTC, while still on at home`,
  }
}

/** Three rounds over the same real names, 64 minutes apart, each name once a round; nothing works. */
function writeSpray(journal, random) {
  const line = ATTACK_SOURCES.spray
  const staff = [...USERS.values()].filter((user) => user.gateways.includes('osaka'))
  const names = staff.slice(0, 25).map((user) => user.name)
  const list = [...names, 'print.service']
  for (let round = 0; round < 3; round++) {
    let timeMs = japan(12, '13:04') + round * 64 * MINUTE
    for (const user of list) {
      timeMs += random.integer(8, 17) * SECOND
      fail(journal, 'osaka', { user, line, timeMs, reason: 'wrong-password' }, random)
    }
  }
  return {
    rule: 'N2',
    entity: `prefix:${prefixOf(line)}`,
    day: '2026-03-12',
    severityAtLeast: 'high',
    note: `password spraying: ${names.length} real names and one unknown, three rounds from ${line.address}, no success`,
  }
}

/** One name, fourteen networks of as many countries, two tries each within an hour; nothing works. */
function writeBruteForce(journal, random) {
  const user = USERS.get('kobayashi.makoto')
  for (const day of [9, 13]) {
    const hours = { line: user.office, startMs: japan(day, '09:08'), endMs: japan(day, '18:02') }
    visit(journal, 'tokyo', user, hours, random)
  }
  const sources = ATTACK_SOURCES.bruteForce
  let timeMs = japan(14, '02:05')
  for (const line of random.shuffled([...sources, ...sources])) {
    timeMs += random.integer(70, 160) * SECOND
    const attempt = { user: user.name, line, timeMs, reason: 'wrong-password' }
    fail(journal, 'tokyo', attempt, random)
  }
  return {
    rule: 'U1',
    entity: `user:${user.name}`,
    day: '2026-03-13',
    severityAtLeast: 'medium',
    note: `brute force on one user: ${sources.length * 2} failures from ${sources.length} networks within an hour, no success`,
  }
}
