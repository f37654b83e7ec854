/** Gateways that were taken over: what is done with them after the first success. */
import { administratorLogin, configurationChange } from '../fortigate.mjs'
import { addressIn, lineOf, networkIn, SERVERS } from '../networks.mjs'
import { HOMES_JP, nameOf, peopleAt } from '../people.mjs'
import { fortigate, JAPAN, Story } from '../story.mjs'
import { HOUR, MINUTE, SECOND, windowOf } from '../time.mjs'

/** Management without a password, a new administrator and a new VPN user, who comes the next night. */
export function fortiosAdministrator() {
  const story = new Story('fortios-administrator', [fortigate('fgt-branch-01', JAPAN)])
  const people = peopleAt(HOMES_JP.slice(0, 30), 10)
  story.workdays(people, '2024-11-25', 50)
  const { archive, gateway } = story
  const startMs = story.at('2025-01-04', '21:05')
  const who = { user: 'admin', ui: 'jsconsole(1.1.1.1)' }
  const login = { ...who, method: 'jsconsole', address: '1.1.1.1', timeMs: startMs }
  administratorLogin(archive, gateway, login)
  const created = 'svc.scan'
  const changes = [
    ['Add', 'system.admin', 'qzvkdp', 'accprofile[super_admin]vdom[root]'],
    ['Add', 'user.local', created, 'type[password]'],
    ['Edit', 'user.group', 'VPN-Staff', `member[${created}]`],
    ['Edit', 'vpn.ssl.settings', undefined, 'source-address[all]'],
  ]
  changes.forEach(([action, path, object, attributes], i) => {
    const timeMs = startMs + (20 + 15 * i) * SECOND
    configurationChange(archive, gateway, { ...who, timeMs, action, path, object, attributes })
  })
  const line = addressIn(networkIn(SERVERS, 'FR'), story.random)
  const loginMs = startMs + 29 * HOUR
  story.session({ user: created, line, startMs: loginMs, endMs: loginMs + 40 * MINUTE })
  story.alerts.push(
    {
      rule: 'E2',
      knownGap: 'E2',
      entity: `gateway:${gateway.name}`,
      ...windowOf(startMs),
      severityAtLeast: 'high',
      note: 'a login by jsconsole from an odd address, then a new super administrator and a new VPN user within a minute',
    },
    {
      rule: 'U4',
      entity: `user:${created}`,
      ...windowOf(loginMs),
      severityAtLeast: 'medium',
      note: 'the new account’s first login, from a rented server in FR',
    },
  )
  return story
}

const MAINTENANCE = `maintenance mainte support vendor ct mri pacs xray ehr nurse doctor reception
  pharmacy lab cardio surgery kyushoku kitchen food delivery backup admin radiology dialysis`.split(/\s+/)

/** A list of likely names at night; a supplier's account opens, and the logs are turned off. */
export function hospitalRansomware() {
  const story = new Story('hospital-ransomware', [fortigate('fgt-hosp-01', JAPAN)])
  const people = peopleAt(HOMES_JP.slice(0, 30), 30)
  const supplier = { name: 'meal.supplier', home: HOMES_JP[40] }
  story.workdays([...people, supplier], '2022-09-12', 50)
  const random = story.random.fork('list')
  const line = addressIn(networkIn(SERVERS, 'US'), random)
  const startMs = story.at('2022-10-30', '02:00')
  const staff = people.slice(0, 6).map(({ name }) => name)
  const list = random.shuffled([...MAINTENANCE, ...staff])
  list.splice(22, 0, supplier.name)
  let successMs = 0
  list.forEach((user, i) => {
    const timeMs = startMs + i * 25 * SECOND
    if (user !== supplier.name) {
      story.fail({ user, line, timeMs, reason: staff.includes(user) ? 'permission_denied' : 'unknown_user' })
      return
    }
    successMs = timeMs
    story.session({ user, line, startMs: timeMs, endMs: timeMs + 3 * HOUR })
  })
  const { archive, gateway } = story
  const who = { user: 'admin', ui: 'https(10.31.1.20)' }
  const adminMs = successMs + 40 * MINUTE
  administratorLogin(archive, gateway, { ...who, method: 'https', address: '10.31.1.20', timeMs: adminMs })
  const silence = { action: 'Edit', path: 'log.syslogd.setting', attributes: 'status[enable->disable]' }
  configurationChange(archive, gateway, { ...who, ...silence, timeMs: adminMs + MINUTE })
  const user = { entity: `user:${supplier.name}`, ...windowOf(successMs) }
  story.alerts.push(
    {
      rule: 'N1',
      entity: `prefix:${line.address.replace(/\d+$/, '0/24')}`,
      ...windowOf(startMs, successMs),
      severityAtLeast: 'high',
      note: `${list.length} names from one server in a quarter of an hour`,
    },
    {
      rule: 'X1',
      ...user,
      severityAtLeast: 'critical',
      note: 'the supplier’s account opens in the middle of the list',
    },
    {
      rule: 'U2',
      ...user,
      severityAtLeast: 'high',
      note: 'the same login by itself: a rented server in a country where nobody of the hospital is',
    },
    {
      rule: 'E2',
      knownGap: 'E2',
      entity: `gateway:${gateway.name}`,
      ...windowOf(adminMs),
      severityAtLeast: 'high',
      note: 'an administrator logs in from the tunnel and turns the log off, 40 minutes after a critical alert',
    },
  )
  return story
}
