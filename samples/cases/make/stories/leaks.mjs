/** Lists, configurations and cookies that were published, used against the gateways that they came from. */
import { addressIn, DOCOMO_TOKYO, lineOf, networkIn, ROUTERS, SERVERS } from '../networks.mjs'
import { HOMES_JP, nameOf, peopleAt } from '../people.mjs'
import { fortigate, JAPAN, pulse, Story } from '../story.mjs'
import { HOUR, MINUTE, SECOND, windowOf } from '../time.mjs'

const LONDON = lineOf('51.89.129.33', 'GB')

/** 60 pairs of the 2021 list in its order, each from another rented server; eight still work. */
export function fortigateList2021() {
  const story = new Story('fortigate-2021-list', [fortigate('fgt-edge-01', JAPAN)])
  const people = peopleAt(HOMES_JP.slice(0, 40))
  story.workdays(people, '2021-08-02', 45)
  const random = story.random.fork('list')
  const current = people.slice(0, 34).map(({ name }) => name)
  const gone = Array.from({ length: 26 }, (_, i) => nameOf(200 + i))
  const working = new Set(current.filter((_, i) => i % 4 === 1).slice(0, 8))
  const startMs = story.at('2021-09-12', '02:10')
  const servers = random.shuffled(SERVERS)
  const attempts = [...current, ...gone].sort()
  attempts.forEach((user, i) => {
    const timeMs = startMs + i * 3 * MINUTE + random.integer(0, 90) * SECOND
    const line = addressIn(servers[i], random)
    if (!working.has(user)) {
      story.fail({ user, line, timeMs })
      return
    }
    story.session({ user, line, startMs: timeMs, endMs: timeMs + 2 * MINUTE })
    story.alerts.push({
      rule: 'U2',
      entity: `user:${user}`,
      ...windowOf(timeMs),
      severityAtLeast: 'high',
      note: `the pair of ${user} still works: a server in ${line.country} that nobody here uses`,
    })
  })
  story.alerts.push({
    rule: 'L1',
    knownGap: 'L1',
    entity: `gateway:${story.gateway.name}`,
    ...windowOf(startMs, startMs + 60 * 3 * MINUTE),
    severityAtLeast: 'high',
    note: `${attempts.length} names of the published list tried in its order within three hours, one from each address`,
  })
  story.silent.push({ rule: 'N1', note: 'no source tries a second name: there is no attack on a source to see' })
  return story
}

/** Three local accounts of a leaked configuration, used by one operator during working hours. */
export function fortigateConfigurations2025() {
  const story = new Story('fortigate-2025-configurations', [fortigate('fgt-edge-02', JAPAN)])
  const people = peopleAt(HOMES_JP.slice(0, 30), 60)
  const victims = people.slice(3, 6)
  const date = '2025-01-22'
  const isTold = (name, today) => today === date && victims.some((victim) => victim.name === name)
  story.workdays(people, '2024-12-09', 50, { isTold })
  for (const { name, home } of victims) {
    const hours = { startMs: story.at(date, '08:50'), endMs: story.at(date, '17:40') }
    story.session({ user: name, line: home, ...hours })
  }
  const line = LONDON
  const startMs = story.at(date, '13:20')
  victims.forEach(({ name }, i) => {
    const timeMs = startMs + i * 17 * MINUTE
    story.session({ user: name, line, startMs: timeMs, endMs: timeMs + 25 * MINUTE })
    story.alerts.push({
      rule: 'T2',
      entity: `user:${name}`,
      ...windowOf(timeMs),
      severityAtLeast: 'high',
      note: 'right at the first try from a server in GB, while the owner’s session at home is open',
    })
  })
  story.alerts.push({
    rule: 'P2',
    entity: 'prefix:51.89.129.0/24',
    ...windowOf(startMs + 34 * MINUTE),
    severityAtLeast: 'high',
    note: 'the third account from a network that vouches for none of the three',
  })
  return story
}

/** Session cookies: two sessions go on from elsewhere; a third one changes from home to the train. */
export function pulseCookies2020() {
  const story = new Story('pulse-2020-cookies', [pulse('pcs-vpn-01', JAPAN)])
  const people = peopleAt(HOMES_JP.slice(0, 30), 100)
  const [first, second, commuter] = people
  const date = '2020-08-06'
  const told = new Set([first, second, commuter].map(({ name }) => name))
  const isTold = (name, today) => today === date && told.has(name)
  story.workdays(people, '2020-06-22', 50, { isTold })
  const random = story.random.fork('cookies')
  const startMs = story.at(date, '08:47')
  const endMs = story.at(date, '17:20')
  for (const [{ name, home }, afterMs, line] of [
    [first, 43 * MINUTE, addressIn(networkIn(SERVERS, 'NL'), random)],
    [second, 5 * HOUR, addressIn(networkIn(ROUTERS, 'BR'), random)],
  ]) {
    const timeMs = startMs + afterMs
    story.session({ user: name, line: home, startMs, endMs, moves: [{ timeMs, line }] })
    story.alerts.push({
      rule: 'S1',
      entity: `user:${name}`,
      ...windowOf(timeMs),
      severityAtLeast: 'critical',
      note: `the session that began in Japan goes on in ${line.country}, without a login`,
    })
  }
  const train = { timeMs: startMs + 90 * MINUTE, line: addressIn(DOCOMO_TOKYO[0], random) }
  story.session({ user: commuter.name, line: commuter.home, startMs, endMs, moves: [train] })
  story.silent.push({
    entity: `user:${commuter.name}`,
    note: 'his session changes from the home line to a carrier of the same country',
  })
  return story
}
