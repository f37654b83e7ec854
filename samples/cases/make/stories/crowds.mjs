/** Days on which many people, or a machine, do at once what looks like an attack. */
import { addressIn, DOCOMO_TOKYO, lineOf, networkIn, SERVERS, SERVERS_JP } from '../networks.mjs'
import { HOMES_DE, HOMES_JP, nameOf, peopleAt } from '../people.mjs'
import { fortigate, JAPAN, pulse, Story } from '../story.mjs'
import { dateAfter, DAY, MINUTE, SECOND, weekdayOf } from '../time.mjs'

/** Offices that no configuration lists. */
const OFFICE_TOKYO = lineOf('43.234.55.79', 'JP')
const OFFICE_OSAKA = lineOf('115.179.163.219', 'JP')

/** People who travel, rent servers, use phones and mistype, before anybody knows that they do. */
function firstWeek() {
  const story = new Story('benign-first-week', [fortigate('fgt-first-01', JAPAN)])
  const people = peopleAt(HOMES_JP.slice(0, 36))
  const { random } = story
  for (const [i, { name, home }] of people.entries()) {
    for (let n = 0; n < 7; n++) {
      const date = dateAfter('2026-05-10', n)
      const stay = (line, clockText, minutes) => {
        const startMs = story.at(date, clockText) + i * MINUTE
        story.session({ user: name, line, startMs, endMs: startMs + minutes * MINUTE })
      }
      if (i % 4 === n % 4) story.fail({ user: name, line: home, timeMs: story.at(date, '07:59') + i * MINUTE })
      stay(home, '08:00', 200)
      if (i % 3 === n % 3) stay(addressIn(random.pick(DOCOMO_TOKYO), random), '12:10', 12)
      if (i % 10 === n) stay(HOMES_DE[i % HOMES_DE.length], '13:00', 30)
      if (i % 13 === n) stay(addressIn(networkIn(SERVERS, 'NL'), random), '15:30', 45)
    }
  }
  story.silent.push({ note: 'nobody is known yet, so nothing is strange' })
  return story
}

/** A login a minute behind one address, every fifth after a wrong password. */
function onboarding() {
  const story = new Story('benign-onboarding', [fortigate('fgt-campus-01', JAPAN)])
  story.workdays(peopleAt(HOMES_JP.slice(0, 36)), '2026-02-16', 46)
  const startMs = story.at('2026-04-01', '10:00')
  for (let i = 0; i < 200; i++) {
    const user = nameOf(100 + i)
    const timeMs = startMs + i * MINUTE
    if (i % 5 === 0) story.fail({ user, line: OFFICE_TOKYO, timeMs: timeMs - 30 * SECOND })
    story.session({ user, line: OFFICE_TOKYO, startMs: timeMs, endMs: timeMs + 30 * MINUTE })
  }
  story.silent.push({
    entity: 'prefix:43.234.55.0/24',
    note: '200 new users and 40 of their typing errors behind one address that nobody listed',
  })
  return story
}

/** 50 people whose passwords ran out: three of five fail once, twice or three times, and get in. */
function expiryMorning() {
  const story = new Story('benign-expiry-morning', [pulse('pcs-office-01', JAPAN)])
  const people = Array.from({ length: 50 }, (_, i) => ({ name: nameOf(i), home: OFFICE_OSAKA }))
  const date = '2026-06-22'
  story.workdays(people, '2026-05-11', 42)
  people.forEach(({ name }, i) => {
    const startMs = story.at(date, '08:30') + i * MINUTE
    if (i % 5 < 3) {
      for (let n = 0; n < 1 + (i % 3); n++) {
        story.fail({ user: name, line: OFFICE_OSAKA, timeMs: startMs - (3 - n) * 20 * SECOND })
      }
    }
    const minutes = i % 5 < 3 ? 9 : 0
    const sessionMs = startMs + minutes * MINUTE
    story.session({ user: name, line: OFFICE_OSAKA, startMs: sessionMs, endMs: story.at(date, '17:30') })
  })
  story.silent.push({
    entity: 'prefix:115.179.163.0/24',
    note: '30 people fail behind one address within an hour, and get in with a new password',
  })
  return story
}

/** A machine in a data centre that logs in every minute, and one that fails every minute. */
function probe() {
  const story = new Story('benign-monitoring-probe', [fortigate('fgt-watched-01', JAPAN)])
  const people = peopleAt(HOMES_JP.slice(0, 30), 20)
  story.workdays(people, '2026-07-06', 11)
  const line = addressIn(SERVERS_JP[0], story.random)
  const startMs = story.at('2026-07-06', '00:00')
  for (let timeMs = startMs; timeMs < startMs + 10 * DAY; timeMs += MINUTE) {
    story.session({ user: 'probe', line, startMs: timeMs })
    if (timeMs < startMs + 8 * DAY) continue
    story.fail({ user: 'probe.old', line, timeMs: timeMs + 20 * SECOND })
  }
  if (weekdayOf('2026-07-06') !== 1) throw new Error('the story begins on a Monday')
  story.silent.push(
    { entity: 'user:probe', note: 'a login a minute from a rented server that it has always used' },
    { entity: 'user:probe.old', note: 'a failure a minute: a probe with a password that has changed' },
  )
  return story
}

export const crowds = [firstWeek, onboarding, expiryMorning, probe]
