import { expect, test } from '@jest/globals'
import { dayOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { silencesOf } from './explain/silences.ts'
import type { AttemptExplanation } from './explain.ts'
import { deviceOf, loginAt, refusedAt, workdays } from './testing/company.ts'
import { explained } from './testing/explained.ts'
import {
  anna,
  beforeExpiry,
  bert,
  chika,
  expiryFailures,
  expirySuccesses,
  firstWeek,
  flight,
  hotel,
  jumpingDays,
  laptops,
  N,
  newcomers,
  osakaGateway,
  past,
  phone,
  probeWeeks,
  shifts,
  tokyoGateway,
  v6,
} from './testing/honest-lives.ts'
import { CARRIER, changed, day, HOSTING, UNLISTED_OFFICE } from './testing/story.ts'

/** Everything that `sekisho explain` shows as a reason. */
function reasonsOf({ login }: AttemptExplanation): string[] {
  return [
    ...(login?.terms ?? []).filter(({ value }) => value < 0).map(({ name }) => name),
    ...(login?.considered ?? []).filter(({ applied }) => applied).map(({ name }) => name),
  ]
}

const isSilent = ({ drafts }: AttemptExplanation): boolean =>
  drafts.every(({ severity }) => severity === 'low')

const onDay = (attempts: readonly Attempt[], n: number): Attempt[] =>
  attempts.filter(({ event }) => dayOf(event.timestampMs) === day(n))

const onboarding = newcomers(UNLISTED_OFFICE, () => true)
const colleague = loginAt(anna.name, UNLISTED_OFFICE, N, 100, deviceOf(anna))
const elsewhere = loginAt('nurse', changed(bert.home, '198.18.200.', {}), N, 180)
const journey = flight(14, hotel)
const jump = [osakaGateway, tokyoGateway].map((from, i) => loginAt(anna.name, from, N, 540 + 5 * i))
const phones = phone(CARRIER, N)
const expired = expiryFailures(UNLISTED_OFFICE)
const expiry = [...past, ...beforeExpiry, ...expired, ...expirySuccesses]
const oldHome = workdays(0, N).map((n) => loginAt('flap', chika.home, n, 480))
const newHome = loginAt('flap', v6, N, 481)
const probes = probeWeeks(loginAt)
const refusedProbes = probeWeeks(refusedAt)

test.each<{
  story: string
  attempts: readonly Attempt[]
  asked: Attempt | undefined
  why: object
  reasons?: readonly string[]
  /** What the silence of a rule is put down to. */
  says: Readonly<Record<string, RegExp>>
}>([
  {
    story: 'the first week of any archive: a rented server, from nowhere in reach',
    attempts: firstWeek,
    asked: firstWeek.find(({ place }) => place === HOSTING.place),
    why: { organisation: { isCold: true } },
    reasons: ['cold_start'],
    says: { T1: /^a signal and no alert: .*cold_start: .* less than 7 days/, '': /^cold start/ },
  },
  {
    story: 'an onboarding day: a newcomer’s first login',
    attempts: [...past, ...onboarding],
    asked: onboarding.find(({ event }) => event.outcome === 'success'),
    why: { user: { isKnown: false }, login: { severity: null } },
    says: {
      U2: /less than a signal .*mistype \(typing_error\)/,
      N: /^40 users failed .* none of them counts as guessing/,
      X1: /^40 users failed .* none of them counts as guessing/,
      P2: /^the user is a newcomer: 0 active days/,
    },
  },
  {
    story: 'an onboarding day: a typing error before it',
    attempts: [...past, ...onboarding],
    asked: onboarding.find(({ event }) => event.outcome === 'failure'),
    why: { outcome: 'bad_credential', source: { outcomeClass: 'ordinary_success' } },
    says: { N: /gets in at this source .* typing error/, U1: /^the user is not known yet/ },
  },
  {
    story: 'an onboarding day: a colleague there',
    attempts: [...past, ...onboarding, colleague],
    asked: colleague,
    why: { source: { failingUsers: 40, strongest: null } },
    reasons: ['known_device'],
    says: {
      U2: /\(known_device\)/,
      P2: /^the device is the user’s own/,
      X1: /none of them counts/,
    },
  },
  {
    story: 'the night-shift nurse',
    attempts: [...past, ...shifts(N + 10)],
    asked: onDay(shifts(N + 10), N)[0],
    why: { user: { isVouched: true } },
    reasons: ['unusual_hour', 'known_prefix'],
    says: { U2: /\(known_prefix\)/, X1: /^the user has used this source network before/ },
  },
  {
    story: 'the night-shift nurse on another line of her provider',
    attempts: [...past, ...shifts(N - 1), elsewhere],
    asked: elsewhere,
    why: { user: { knowsAsn: true, knowsCountry: true } },
    reasons: ['new_for_user', 'rare_for_organisation'],
    says: { U2: /used on 30 of 30 earlier UTC days/, P2: /^the user knows operator and country/ },
  },
  {
    story: 'the flight from Tokyo to Frankfurt: a journey that can be made',
    attempts: [...past, ...journey],
    asked: journey[1],
    why: { otherPresences: [{ speedLowerKmh: expect.closeTo(660, -2) }], speedLowerKmhMin: 1000 },
    reasons: ['known_device'],
    says: {
      T1: /^at least 9,236 km at 660 km\/h .* can be travelled: .* 1,000/,
      U2: /known_device/,
    },
  },
  {
    story: 'the carrier gateway that jumps: no distance within one mobile network',
    attempts: [...past, ...jumpingDays],
    asked: jumpingDays.at(-1),
    why: { user: { isVouched: true }, otherPresences: [{ distanceLowerKm: 0, speedLowerKmh: 0 }] },
    says: { T1: /^no distance .* a mobile carrier’s gateways/, U2: /\(known_prefix\)/ },
  },
  {
    story: 'the carrier gateway that jumps on its first day',
    attempts: [...past, ...jump],
    asked: jump[1],
    why: { otherPresences: [{ distanceLowerKm: 0 }], login: { severity: 'low' } },
    says: { T1: /^no distance .* a mobile carrier’s gateways/, U2: /less than medium/ },
  },
  {
    story: 'phone and laptop at once: the phone may be where the laptop is',
    attempts: [...past, ...laptops, ...phones],
    asked: phones[0],
    why: {
      otherPresences: [{ distanceLowerKm: 0, gapMs: 0 }],
      session: { lines: 4, moves: 0 },
    },
    says: {
      T1: /^no distance .* a mobile carrier’s gateways/,
      S1: /no session went on in another operator’s network/,
      U2: /^a signal and no alert: .* less than medium/,
    },
  },
  {
    story: 'the expiry morning behind one NAT: a failure',
    attempts: expiry,
    asked: expired.at(-1),
    why: {
      organisation: { isSharedEgress: true },
      source: { outcomeClass: 'vouched_failure', own: { failingUsers: 0 } },
    },
    says: {
      N: /^0 failing users .*\(vouched_failure\)/,
      U1: /^no failure .* from a strange network/,
    },
  },
  {
    story: 'the expiry morning behind one NAT: a login',
    attempts: expiry,
    asked: expirySuccesses[0],
    why: { user: { isVouched: true } },
    reasons: ['typing_error', 'known_prefix'],
    says: {
      U2: /\(known_prefix\)/,
      N: /^2 failing users .* 4 or more/,
      X1: /nothing of the owner/,
    },
  },
  {
    story: 'IPv4 and IPv6 of one home: one operator, one place',
    attempts: [...past, ...oldHome, newHome],
    asked: newHome,
    why: { user: { knowsAsn: true }, otherPresences: [{ distanceLowerKm: 0 }] },
    reasons: ['new_for_user'],
    says: { T1: /may be one and the same, less the radii/, U2: /on 30 of 30 earlier UTC days/ },
  },
  {
    story: 'the monitoring probe every minute: its days vouch for it, and one login goes on and on',
    attempts: [...past, ...probes],
    asked: onDay(probes, 14).at(-1),
    why: { isKept: true, user: { isVouched: true }, decidedBy: expect.stringMatching(/^[0-9a-f]/) },
    says: { '': /^another line of the same login decides it/ },
  },
  {
    story: 'the monitoring probe every minute: of its many lines some are not kept',
    attempts: [...past, ...probes],
    asked: onDay(probes, 14)[500],
    why: { isKept: false },
    says: { '': /^very many lines of this name/ },
  },
  {
    story: 'the monitoring probe that fails: one name is no attack',
    attempts: [...past, ...refusedProbes],
    asked: onDay(refusedProbes, 14).at(-1),
    why: { source: { failingUsers: 1, strongest: { failingUsers: 1, failingUsersMin: 4 } } },
    says: { '': /^very many lines/, N: /^1 failing user counted .* an attack is 4 or more/ },
  },
])('$story', ({ attempts, asked, why, reasons = [], says }) => {
  const explanation = explained(attempts, asked as Attempt)
  expect(isSilent(explanation)).toBe(true)
  expect(explanation).toMatchObject(why)
  expect(reasonsOf(explanation)).toEqual(expect.arrayContaining([...reasons]))
  const silences = silencesOf(explanation)
  for (const [rule, reason] of Object.entries(says)) {
    const whys = silences.filter((each) => each.rule === rule).map((each) => each.why)
    expect(whys).toEqual([expect.stringMatching(reason)])
  }
})
