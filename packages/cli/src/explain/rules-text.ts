import { dayTextOf, networkTextOf, ruleOf, signedTextOf, spanTextOf } from '@sekisho/detect'
import {
  type AttemptExplanation,
  type KnownThing,
  type LoginExplanation,
  type OrganisationBefore,
  type SourceAround,
  type SourceWindow,
  showsLine,
  silencesOf,
  type UserBefore,
} from '@sekisho/scorer'
import { shownText } from '../terminal/shown-text.ts'
import type { Style } from '../terminal/style.ts'
import { countOf, minuteText, numberText } from '../words.ts'
import type { RulesAnswer } from './asked-rules.ts'
import { hoursText } from './hours-text.ts'
import { type Row, rowLinesOf } from './rows.ts'

/** Networks and presences that are listed before the rest is only counted. */
const LISTED = 6

type Fact = readonly [name: string, text: string]

/** What `sekisho explain` prints of what the rules make of a line. Every text of the log is made safe for a terminal. */
export function rulesText(answer: RulesAnswer, columns: number, style: Style): string {
  const section = (title: string, facts: readonly Fact[]): string[] =>
    facts.length === 0 ? [] : [style.bold(title), ...rowLinesOf(rowsOf(facts), columns, style)]
  if ('notAsked' in answer) {
    return `${section('Rules', [['', `not asked: ${answer.notAsked}`]]).join('\n')}\n`
  }
  const { user, source, login } = answer
  const lines = [
    ...section('Rules', [...findingFacts(answer), ...silenceFacts(answer)]),
    ...section('Score of the login', login === null ? [] : loginFacts(login)),
    ...section(`User before${user === null ? '' : `: ${shownText(user.userKey)}`}`, [
      ...(user === null ? [] : userFacts(user)),
      ...presenceFacts(answer),
    ]),
    ...section(
      `Source around${source === null ? '' : `: ${source.prefix}`}`,
      source === null ? [] : sourceFacts(source, answer),
    ),
    ...section('Organisation before', organisationFacts(answer.organisation)),
  ]
  return `${lines.join('\n')}\n`
}

function rowsOf(facts: readonly Fact[]): Row[] {
  return facts.map(([name, text]) => ({ place: '', name, text: shownText(text) }))
}

function silenceFacts(answer: AttemptExplanation): Fact[] {
  // Rules with one reason share a row.
  return [...Map.groupBy(silencesOf(answer), ({ why }) => why)].map(([why, silences]) => {
    const rules = silences.map(({ rule }) => rule).join(', ')
    return silences.length === 1 ? [`silent ${rules}`.trim(), why] : ['silent', `${rules}: ${why}`]
  })
}

/** What the rules say of the user and the source on that day. */
function findingFacts({ drafts, attempt }: AttemptExplanation): Fact[] {
  return drafts.map((draft) => {
    const { severity, ruleId, reason } = draft
    const word = severity === 'low' ? 'signal' : severity
    const about = showsLine(draft, attempt)
      ? ''
      : ' (of the same day, without this line among its evidence)'
    return [`${word} ${ruleId}`, `${ruleOf(ruleId).name}: ${reason}${about}`]
  })
}

function loginFacts({ terms, considered, sum, thresholds }: LoginExplanation): Fact[] {
  const { signal, medium, high } = thresholds
  return [
    ...terms.map(({ name, value, why, quantities }): Fact => {
      const numbers = Object.entries(quantities).map(([key, number]) => `${key} ${shortOf(number)}`)
      const from = numbers.length === 0 ? '' : ` [${numbers.join(', ')}]`
      return [signedTextOf(value), `${name}: ${why}${from}`]
    }),
    [
      `= ${signedTextOf(sum)}`,
      `nats; a signal from ${signal.toFixed(1)}, medium from ${medium.toFixed(1)}, high from ${high.toFixed(1)}`,
    ],
    ...considered.map(
      ({ name, applied, why }): Fact => [applied ? 'applied' : 'weighed', `${name}: ${why}`],
    ),
  ]
}

function shortOf(number: number): string {
  if (Number.isInteger(number)) return String(number)
  return Math.abs(number) >= 100 ? number.toFixed(0) : String(Number(number.toPrecision(3)))
}

function userFacts(user: UserBefore): Fact[] {
  const { firstDay, lastDay, activeDays, networks, vouchedPrefixes, homeCountry } = user
  const shown = networks.slice(0, LISTED).map(({ asn, country, days }) => {
    const name = asn === 0 ? 'an unknown network' : `AS${asn}`
    return `${[name, country].join(' ').trim()} ${countOf(days, 'day')}`
  })
  return [
    [
      'known',
      firstDay === null
        ? 'no success before that day'
        : `since ${dayTextOf(firstDay)}, ${lastDay === null ? 'long silent' : `last on ${dayTextOf(lastDay)}`}, ${countOf(activeDays, 'active day')}${homeCountry === '' ? '' : `, mostly in ${homeCountry}`}`,
    ],
    ['networks', listed(shown, networks.length)],
    ['vouching', listed(vouchedPrefixes.slice(0, LISTED), vouchedPrefixes.length)],
    ['here', hereText(user)],
    ['device', thingText(user.device, user.alwaysNamesDevice ? '; every login named one' : '')],
    ['client', thingText(user.client)],
    ['gateway', thingText(user.gateway)],
    ['realm', thingText(user.realm)],
    ['hours', hoursText(user.loginHours)],
  ]
}

function listed(shown: readonly string[], total: number): string {
  if (total === 0) return 'none'
  const more = total - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function hereText({ isVouched, knowsAsn, knowsCountry }: UserBefore): string {
  if (isVouched) return 'the source network vouches for the user'
  const operator = `the operator is ${knowsAsn ? 'known' : 'new'}`
  return `nothing vouches for the user here; ${operator}, the country is ${knowsCountry ? 'known' : 'new'}`
}

function thingText({ name, isKnown, remembered }: KnownThing, more = ''): string {
  const kept = `${remembered} remembered${more}`
  if (name === '') return `none named; ${kept}`
  return `${name}: ${isKnown ? 'known' : 'not known'}; ${kept}`
}

function presenceFacts({ otherPresences, attempt }: AttemptExplanation): Fact[] {
  const facts = otherPresences.slice(0, LISTED).map((presence): Fact => {
    const { prefix, place, firstMs, lastMs, distanceLowerKm, gapMs } = presence
    const far = distanceLowerKm === null ? 'nobody knows how far' : distanceText(distanceLowerKm)
    const side = firstMs > attempt.event.timestampMs ? 'later' : 'before'
    const when = gapMs === 0 ? 'at the same time' : `${spanTextOf(gapMs)} ${side}`
    return [
      'also at',
      `${prefix}, ${networkTextOf(place)}, ${minuteText(firstMs)} to ${minuteText(lastMs)}: ${far}, ${when}`,
    ]
  })
  const more = otherPresences.length - facts.length
  return more > 0 ? [...facts, ['also at', countOf(more, 'more place')]] : facts
}

function distanceText(lowerKm: number): string {
  return lowerKm === 0
    ? 'perhaps the same place'
    : `at least ${numberText(Math.round(lowerKm))} km away`
}

function sourceFacts(source: SourceAround, { attempt, organisation }: AttemptExplanation): Fact[] {
  const within = `within ${spanTextOf(source.reachMs)} before and after`
  const least = source.isCapped ? 'at least ' : ''
  return [
    ['network', networkTextOf(attempt.place)],
    [
      'logins',
      `${countOf(source.vouchedUsers, 'user')} who are vouched here, ${source.strangeUsers} who are not, ${within}`,
    ],
    [
      'failures',
      `${least}${countOf(source.failingUsers, 'user')}, ${source.neverSucceeded} of them under names that never succeeded`,
    ],
    [
      'before',
      organisation.isSharedEgress
        ? 'shared by many users of the organisation'
        : organisation.hasSucceededFromPrefix
          ? 'somebody of the organisation has logged in here before'
          : 'nobody of the organisation has logged in here before',
    ],
    ['this line', classText(source)],
    ...(source.strongest === null
      ? []
      : [['strongest', windowText(source.strongest)] satisfies Fact]),
  ]
}

function classText({ outcomeClass, own }: SourceAround): string {
  const counted =
    outcomeClass === null
      ? 'says nothing in N'
      : `counts in N as ${outcomeClass.replaceAll('_', ' ')}`
  return `${counted}${own === null ? '' : `; the window up to it: ${windowText(own)}`}`
}

function windowText(window: SourceWindow): string {
  const { nats, thresholdNats, failingUsers, failingUsersMin, windowMs, endMs, address } = window
  const of = address === '' ? 'the whole network' : address
  return `${signedTextOf(nats)} of ${thresholdNats.toFixed(1)} nats, ${failingUsers} of ${failingUsersMin} failing users, ${of}, ${spanTextOf(windowMs)} to ${minuteText(endMs)}`
}

function organisationFacts(organisation: OrganisationBefore): Fact[] {
  const { isCold, firstDay, coldUntilDay, userDays, networkUserDays, countryShare } = organisation
  const until = coldUntilDay === null ? '' : `, until ${dayTextOf(coldUntilDay)}`
  return [
    [
      'history',
      firstDay === null
        ? 'none'
        : `since ${dayTextOf(firstDay)}${isCold ? `: too short to know anybody${until}` : ''}`,
    ],
    [
      'here',
      `${networkUserDays} of ${countOf(userDays, 'user-day')} in this network, ${(100 * countryShare).toFixed(1)} % in this country`,
    ],
  ]
}
