/** Valid accounts: one that was left behind, and one that comes by way of an affiliate. */
import { addressIn, HOMES_CN, lineOf } from '../networks.mjs'
import { HOMES_JP, peopleAt, peopleInUnitedStates } from '../people.mjs'
import { AMERICA_EAST, CHINA, fortigate, JAPAN, Story } from '../story.mjs'
import { MINUTE, windowOf } from '../time.mjs'

const FREMONT = lineOf('45.33.48.212', 'US')

/** An account without a second factor that nobody had used for seven months. */
export function colonialPipeline2021() {
  const story = new Story('colonial-pipeline-2021', [fortigate('fgt-legacy-01', AMERICA_EAST)])
  const [leaver, ...others] = peopleInUnitedStates(13, story.random.fork('homes'))
  story.workdays([leaver], '2020-04-06', 176)
  story.workdays(others, '2020-04-06', 390)
  const startMs = story.at('2021-04-28', '04:40')
  story.session({ user: leaver.name, line: FREMONT, startMs, endMs: startMs + 55 * MINUTE })
  story.alerts.push({
    rule: 'U3',
    entity: `user:${leaver.name}`,
    ...windowOf(startMs),
    severityAtLeast: 'high',
    note: 'silent for more than 180 days, then right at once from a rented server in the same country',
  })
  return story
}

const DATA_CENTRE = lineOf('198.51.100.40', 'CN')

/** From the gateway of a data centre in China to the one of the headquarters. */
export function mitsubishiElectric() {
  const gateways = [
    fortigate('fgt-hq-01', JAPAN),
    fortigate('fgt-dc-china-01', CHINA, '10.212.150'),
  ]
  const story = new Story('mitsubishi-electric-affiliate', gateways, [
    `{ cidr: ${DATA_CENTRE.address}/32, name: gateway of the data centre in China, class: own_gateway, country: CN }`,
  ])
  const people = peopleAt(HOMES_JP.slice(0, 30), 40)
  const random = story.random.fork('affiliate')
  const affiliates = peopleAt(
    HOMES_CN.map((network) => addressIn(network, random)),
    300,
  )
  story.workdays(people, '2019-02-04', 50)
  story.workdays(affiliates, '2019-02-04', 50, { gateway: gateways[1] })
  const startMs = story.at('2019-03-17', '01:30')
  for (const [i, { name }] of people.slice(8, 10).entries()) {
    const timeMs = startMs + i * 26 * MINUTE
    story.session({ user: name, line: DATA_CENTRE, startMs: timeMs, endMs: timeMs + 20 * MINUTE })
  }
  story.alerts.push({
    rule: 'P1',
    knownGap: 'P1',
    entity: `gateway:${gateways[0].name}`,
    ...windowOf(startMs, startMs + 26 * MINUTE),
    severityAtLeast: 'high',
    note: 'two users of the headquarters log in from the address of the affiliate’s gateway, where nobody ever did',
  })
  story.silent.push({
    rule: 'P2',
    note: 'a gateway of one’s own is shared ground: two accounts there are not one operator',
  })
  return story
}
