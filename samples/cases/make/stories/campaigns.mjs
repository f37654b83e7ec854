/** Guessing that is spread so thinly that no source and no user shows it. */
import { addressIn, ANONYMISERS, networkIn, ROUTERS, SERVERS } from '../networks.mjs'
import { HOMES_JP, peopleAt } from '../people.mjs'
import { fortigate, JAPAN, Story } from '../story.mjs'
import { DAY, MINUTE, SECOND, windowOf } from '../time.mjs'

const GENERIC = `admin administrator test user guest info office service support backup scanner vpn
  vpnuser sales marketing helpdesk root oracle cisco fortinet print printer fax meeting reception
  finance hr it itadmin webmaster mail postmaster security audit training intern temp contractor
  partner vendor remote remote1 vpn1 vpn2 test1 test2 user1 user2 sslvpn manager director`.split(/\s+/)

const campaign = (from, to, note, rule, story) => ({
  rule,
  knownGap: 'G',
  entity: `tenant:${story.name}`,
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  severityAtLeast: 'high',
  note,
})

/** About 4,000 addresses, generic and valid names, three weeks; one valid pair works. */
export function talosProxies2024() {
  const story = new Story('talos-2024-proxies', [fortigate('fgt-gate-01', JAPAN)])
  const people = peopleAt(HOMES_JP.slice(0, 40), 140)
  story.workdays(people, '2024-02-05', 70)
  const random = story.random.fork('proxies')
  const startMs = story.at('2024-03-25', '00:00')
  const endMs = startMs + 20 * DAY
  const exit = networkIn(ANONYMISERS, 'NL')
  const networks = [...ROUTERS, ...SERVERS, ...ANONYMISERS].filter(({ base }) => base !== exit.base)
  const proxies = random.shuffled(networks).slice(0, 3999)
  const stepMs = (endMs - startMs) / proxies.length
  proxies.forEach((network, i) => {
    // Valid names go round, so that none is tried a fourth time within a day.
    const isValid = i % 10 < 3
    const turn = Math.floor(i / 10) * 3 + (i % 10)
    const user = isValid ? people[turn % people.length].name : random.pick(GENERIC)
    const timeMs = Math.round((startMs + i * stepMs) / SECOND) * SECOND
    story.fail({ user, line: addressIn(network, random), timeMs })
  })
  const victim = people[17]
  const line = addressIn(exit, random)
  const successMs = story.at('2024-04-06', '22:15')
  story.fail({ user: 'support', line, timeMs: successMs - 5 * MINUTE })
  story.session({ user: victim.name, line, startMs: successMs, endMs: successMs + 12 * MINUTE })
  const about = { entity: `user:${victim.name}`, ...windowOf(successMs) }
  story.alerts.push(
    {
      rule: 'U2',
      ...about,
      severityAtLeast: 'high',
      note: 'the one pair that worked, by an anonymiser that nobody here uses',
    },
    {
      rule: 'X1',
      knownGap: 'G',
      ...about,
      severityAtLeast: 'critical',
      note: 'its source had taken part in the campaign five minutes before',
    },
    campaign(startMs, endMs, 'some 140 unknown names a day, one from each address', 'G1', story),
    campaign(startMs, endMs, 'some 60 known users a day fail from networks never seen', 'G2', story),
  )
  story.silent.push(
    { rule: 'N1', note: 'no network is used by more than one name' },
    { rule: 'U1', note: 'no user is tried more than three times within a day' },
  )
  return story
}

/** One guess for each account and day, from a home router that is never used again. */
export function covertNetwork2023() {
  const story = new Story('covert-network-2023', [fortigate('fgt-gate-02', JAPAN)])
  const people = peopleAt(HOMES_JP, 20)
  story.workdays(people, '2023-08-28', 56)
  const random = story.random.fork('routers')
  const routers = random.shuffled(ROUTERS)
  const startMs = story.at('2023-10-09', '00:00')
  const days = 14
  for (let day = 0; day < days; day++) {
    for (const { name } of people) {
      // Four accounts of five are tried on a day, once.
      if (random.chance(0.2)) continue
      const timeMs = startMs + day * DAY + random.integer(0, 86_399) * SECOND
      story.fail({ user: name, line: addressIn(routers.pop(), random), timeMs })
    }
  }
  const victim = people[5]
  const successMs = story.at('2023-10-22', '03:20')
  const line = addressIn(networkIn(routers, 'VN'), random)
  story.session({ user: victim.name, line, startMs: successMs, endMs: successMs + 8 * MINUTE })
  story.alerts.push(
    {
      rule: 'U2',
      entity: `user:${victim.name}`,
      ...windowOf(successMs),
      severityAtLeast: 'medium',
      note: 'the guess that was right, on a Sunday night, from a home line in VN',
    },
    campaign(
      startMs,
      startMs + days * DAY,
      'some 34 known users a day fail once, from networks never seen',
      'G2',
      story,
    ),
  )
  story.silent.push(
    { rule: 'N1', note: 'no network is used twice' },
    { rule: 'U1', note: 'no user is tried twice on a day' },
  )
  return story
}

/** One day of a campaign of very many addresses: names that nobody has, one from each of 3,000 networks. */
export function addresses2025() {
  const story = new Story('addresses-2025', [fortigate('fgt-gate-03', JAPAN)])
  const people = peopleAt(HOMES_JP.slice(0, 30), 70)
  story.workdays(people, '2024-12-23', 49)
  const random = story.random.fork('addresses')
  const startMs = story.at('2025-02-05', '00:00')
  for (const network of random.shuffled(ROUTERS).slice(0, 3000)) {
    const timeMs = startMs + random.integer(0, 86_399) * SECOND
    story.fail({ user: random.pick(GENERIC), line: addressIn(network, random), timeMs })
  }
  story.alerts.push(
    campaign(startMs, startMs + DAY, `${GENERIC.length} unknown names, 3,000 times`, 'G1', story),
    campaign(startMs, startMs + DAY, '3,000 networks with failures only', 'G3', story),
  )
  story.silent.push(
    { rule: 'N1', note: 'no network tries a second name' },
    { rule: 'U1', note: 'names that nobody has are nobody’s account' },
  )
  return story
}
