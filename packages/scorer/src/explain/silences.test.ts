import { expect, test } from '@jest/globals'
import { explanationOf, type Facts } from '../testing/explanation-facts.ts'
import { silencesOf } from './silences.ts'

const FAILURE = { outcome: 'bad_credential' }

test.each<[string, Facts, RegExp]>([
  ['U2', {}, /^the login’s \+1\.00 nats are less than a signal \(3\.0\)$/],
  [
    'U2',
    {
      terms: [
        ['a', -1],
        ['b', 2],
        ['c', -3],
        ['d', -2],
        ['e', -0.5],
      ],
    },
    /signal \(3\.0\); for it speaks: why c \(c\); why d \(d\); why a \(a\)$/,
  ],
  ['U2', { sum: 4, standsBehind: 'other' }, /another login from the same network/],
  ['U2', { hasSource: false }, /no source network to be novel in/],
  ['T1', {}, /nowhere else/],
  ['T1', { speedsKmh: [0], distanceKm: 0 }, /^no distance .*: the places may be one and the same/],
  ['T1', { speedsKmh: [0], distanceKm: 0, networkClass: 'mobile' }, /mobile carrier’s gateways/],
  ['T1', { speedsKmh: [null], distanceKm: null }, /no known location$/],
  ['T1', { speedsKmh: [null] }, /no sign of life itself$/],
  [
    'T1',
    { speedsKmh: [0, 660] },
    /^at least 1,000 km at 660 km\/h or more can be travelled: .* at 900 km\/h$/,
  ],
  ['T1', { speedsKmh: [899.4] }, /can be travelled/],
  ['T1', { speedsKmh: [900] }, /is impossible, and told of at the other end$/],
  ['T1', { speedsKmh: [2000], applied: ['shared_egress'] }, /but shared_egress explains it$/],
  ['S1', {}, /no line of that day names a session/],
  ['S1', { sessionLines: 2 }, /^2 session lines .* no session went on in another operator’s/],
  [
    'S1',
    { sessionLines: 4, moves: 2, explanations: ['access_networks', 'learnt_pair'] },
    /^2 moves .*: both are access networks of one country \(access_networks\); .* \(learnt_pair\)$/,
  ],
  ['S1', { sessionLines: 4, moves: 1, explanations: ['shared_egress'] }, /^1 move .*own ground/],
  ['S1', { sessionLines: 2, moves: 1 }, /^the 1 move .* are told of without this line$/],
  ['M1', {}, /^no second factor was refused; within 30 min fatigue is 5, or 3 and then a login/],
  ['M1', { denied: 4, deniedAtOnce: 2 }, /^2 second factors refused within 30 min, .* is 5, or 3/],
  ['U1', { points: 1.2 }, /^1\.2 points of 7\.0: 8 failures from strange networks/],
  ['U1', { isKnown: true }, /^no failure of the user from a strange network/],
  ['U1', {}, /^the user is not known yet/],
  ['N', { failingUsers: 0 }, /^nobody failed at this source/],
  ['N', {}, /^5 users failed .* none of them counts as guessing/],
  [
    'N',
    { strongest: { nats: 2, failingUsers: 3 } },
    /^3 failing users .* is 4 or more \(\+2\.00 nats of 10\.3\)$/,
  ],
  ['N', { strongest: { nats: 2 } }, /^the source’s \+2\.00 nats of 10\.3 are no attack/],
  ['N', { hasSource: false }, /names no source network/],
  ['P2', {}, /^1 user without a vouch .*, 3 who are strangers to each other are reuse$/],
  ['P2', { isVouched: true }, /^the user has used this source network before; 1 user/],
  ['P2', { isGround: true }, /^the network is the organisation’s own ground; /],
  ['P2', { networkClass: 'satellite' }, /^strangers share a satellite network; /],
  ['P2', { asn: 0 }, /^no database knows the network/],
  ['P2', { isKnownDevice: true }, /^the device is the user’s own; /],
  ['P2', { knowsNetwork: true }, /^the user knows operator and country; /],
  ['P2', { activeDays: 9 }, /^the user is a newcomer: 9 active days before, and 10 count; /],
  ['P2', { hasSource: false }, /names no source network/],
  ['X1', { isVouched: true, strongest: {} }, /says nothing of the owner/],
  ['X1', { hasSource: false }, /names no source network/],
  ['X1', { strongest: null, failingUsers: 0 }, /nobody failed/],
  ['X1', { strongest: null }, /none of them counts as guessing/],
  [
    'X1',
    { strongest: { nats: 10 } },
    /5 users failed .* which is no attack \(\+10\.00 nats of 10\.3\)/,
  ],
  ['X1', { strongest: { failingUsers: 3 } }, /which is no attack/],
  ['X1', { strongest: {}, isCold: true }, /too small to mean anything in the cold start/],
  [
    'X1',
    { strongest: { address: '203.0.113.8' } },
    /another address of the network, 203\.0\.113\.8/,
  ],
  ['X1', { strongest: { address: '' }, isKnown: true }, /too far away in time/],
  ['X1', { strongest: {} }, /a newcomer’s first login/],
  ['X1', { ...FAILURE, outcome: 'mfa_denied', failingUsers: 0 }, /nobody failed/],
  ['X1', FAILURE, /^the line is a failure, and only who gets in is looked at$/],
  ['N', { ...FAILURE, outcomeClass: 'ordinary_success' }, /typing error/],
  ['N', { ...FAILURE, own: { failingUsers: 3 } }, /^3 failing users .* attack is 4 or more/],
  ['N', { ...FAILURE, own: { nats: 2 } }, /\+2\.00 nats of 10\.3 are no attack: those who belong/],
  ['N', { ...FAILURE, own: {} }, /without this line among its evidence/],
  [
    'N',
    { ...FAILURE, own: { nats: 2 }, outcomeClass: 'vouched_failure' },
    /vouch for this failure/,
  ],
  ['N', { ...FAILURE, strongest: { nats: 2 } }, /\+2\.00 nats of 10\.3/],
  ['N', FAILURE, /says nothing of its source/],
  ['N', { ...FAILURE, hasSource: false }, /names no source network/],
])('%s of %j', (rule, facts, why) => {
  const rows = silencesOf(explanationOf(facts))
  expect(rows.filter((row) => row.rule === rule).map((row) => row.why)).toEqual([
    expect.stringMatching(why),
  ])
})

const rulesOf = (facts: Facts): string[] => silencesOf(explanationOf(facts)).map(({ rule }) => rule)
const textsOf = (facts: Facts): string[] => silencesOf(explanationOf(facts)).map(({ why }) => why)

test.each([
  ['a login', {}, ['U2', 'T1', 'S1', 'M1', 'U1', 'N', 'X1', 'P2']],
  ['a failure', FAILURE, ['N', 'U1', 'M1', 'U2', 'T1', 'S1', 'X1', 'P2']],
  ['a refused factor', { outcome: 'mfa_denied' }, ['N', 'U1', 'M1', 'X1', 'U2', 'T1', 'S1', 'P2']],
  ['another line', { outcome: null }, ['', 'S1']],
])('every rule has a row: %s', (_what, facts, rules) => {
  expect(rulesOf(facts)).toEqual(rules)
})

test('who speaks in an alert is not silent, who speaks of another line is', () => {
  expect(rulesOf({ drafts: [{ family: 'X1' }, { family: 'N', ruleId: 'N2' }] })).toEqual([
    'U2',
    'T1',
    'S1',
    'M1',
    'U1',
    'P2',
  ])
  expect(rulesOf({ drafts: [{ family: 'U2' }] })).not.toContain('U2')
  expect(rulesOf({ drafts: [{ family: 'U2' }] })).toContain('T1')
  for (const ruleId of ['T1', 'T2']) {
    expect(rulesOf({ drafts: [{ family: 'U2', ruleId }] })).not.toContain('T1')
  }
  expect(rulesOf({ drafts: [{ family: 'U2', line: 'other' }] })).toContain('U2')
})

test('a signal says what keeps it from being an alert', () => {
  const cold = { name: 'cold_start', applied: true, why: 'seven days' }
  const other = { name: 'few_families', applied: false, why: 'one' }
  const signal = { family: 'U2', ruleId: 'T1', severity: 'low', considered: [cold, other] }
  expect(silencesOf(explanationOf({ drafts: [signal], sum: 4, terms: [['a', -1]] }))[0]).toEqual({
    rule: 'T1',
    why: 'a signal and no alert: the login’s +4.00 nats are less than medium (6.0); for it speaks: why a (a); cold_start: seven days',
  })
  const [strong] = textsOf({ drafts: [{ ...signal, score: 6 }] })
  expect(strong).toBe('a signal and no alert: cold_start: seven days')
  const [alone] = textsOf({ drafts: [{ family: 'M1', severity: 'low', score: 1 }] })
  expect(alone).toBe('a signal and no alert: nothing else supports it')
})

test('what does not count and what is cold', () => {
  expect(textsOf({ outcome: null })[0]).toMatch(/^the line is neither a login nor a failure/)
  expect(textsOf({ outcome: null, decidedBy: 'x' })[0]).toMatch(
    /^another line of the same login decides it/,
  )
  expect(textsOf({ isKept: false, failingUsers: 0 })).toEqual([
    expect.stringMatching(/^very many lines/),
    expect.stringMatching(/^nobody failed/),
  ])
  expect(textsOf({ isCold: true }).at(-1)).toMatch(/^cold start: /)
  expect(textsOf({}).some((text) => text.startsWith('cold start'))).toBe(false)
})
