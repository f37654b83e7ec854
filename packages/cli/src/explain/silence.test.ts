import { expect, test } from '@jest/globals'
import type { AttemptExplanation, SourceWindow } from '@sekisho/scorer'
import { silenceRows } from './silence.ts'

const WINDOW: SourceWindow = {
  nats: 12,
  thresholdNats: 10.3,
  failingUsers: 5,
  failingUsersMin: 4,
  windowMs: 600_000,
  endMs: 0,
  address: '203.0.113.9',
}

interface Facts {
  readonly outcome?: string | null
  readonly isVouched?: boolean
  readonly isKnown?: boolean
  readonly isCold?: boolean
  readonly strongest?: Partial<SourceWindow> | null
  readonly own?: Partial<SourceWindow> | null
  readonly hasSource?: boolean
  readonly sum?: number
  readonly standsBehind?: string
  readonly points?: number
  readonly decidedBy?: string
  readonly isShown?: boolean
}

/** What of an explanation decides how silence is explained. */
function explanationOf(facts: Facts): AttemptExplanation {
  const windowOf = (window: Partial<SourceWindow> | null | undefined) =>
    window === null || window === undefined ? null : { ...WINDOW, ...window }
  const { outcome = 'success', isVouched = false, isKnown = false, hasSource = true } = facts
  const source = { failingUsers: 5, own: windowOf(facts.own), strongest: windowOf(facts.strongest) }
  const thresholds = { signal: 3, medium: 6, high: 8 }
  return {
    attempt: { id: 'line', event: { sourceAddress: '203.0.113.9' } },
    outcome,
    decidedBy: facts.decidedBy ?? '',
    organisation: { isCold: facts.isCold ?? false },
    user: { isVouched, isKnown },
    source: hasSource ? source : null,
    login: hasSource
      ? { sum: facts.sum ?? 1, thresholds, standsBehind: facts.standsBehind ?? '' }
      : null,
    bruteForce:
      facts.points === undefined
        ? null
        : { points: facts.points, threshold: 7, failuresStrange: 8 },
    drafts: facts.isShown === true ? [{ evidence: [{ eventId: 'line' }] }] : [],
  } as unknown as AttemptExplanation
}

test.each<[string, Facts, RegExp]>([
  ['U2', {}, /^the login’s \+1\.00 nats are less than a signal \(3\.0\)$/],
  ['U2', { sum: 4, standsBehind: 'other' }, /another login from the same network/],
  ['U2', { hasSource: false }, /no source network to be novel in/],
  ['X1', { isVouched: true, strongest: {} }, /says nothing of the owner/],
  ['X1', { hasSource: false }, /names no source network/],
  ['X1', { strongest: null }, /nobody failed/],
  ['X1', { strongest: { nats: 10 } }, /5 users failed .* which is no attack/],
  ['X1', { strongest: { failingUsers: 3 } }, /which is no attack/],
  ['X1', { strongest: {}, isCold: true }, /too small to mean anything in the cold start/],
  [
    'X1',
    { strongest: { address: '203.0.113.8' } },
    /another address of the network, 203\.0\.113\.8/,
  ],
  ['X1', { strongest: { address: '' }, isKnown: true }, /too far away in time/],
  ['X1', { strongest: {} }, /a newcomer’s first login/],
  [
    'N',
    { outcome: 'bad_credential', own: { failingUsers: 3 } },
    /^3 users .* attack is 4 or more$/,
  ],
  ['N', { outcome: 'bad_credential', own: { nats: 2 } }, /\+2\.00 nats are less than an attack/],
  ['N', { outcome: 'bad_credential', own: {} }, /without this line among its evidence/],
  ['N', { outcome: 'bad_credential' }, /says nothing of its source/],
  ['U1', { outcome: 'bad_credential', points: 1.2 }, /^1\.2 points of 7\.0: 8 failures/],
  ['U1', { outcome: 'bad_credential' }, /no failures from strange networks/],
])('%s of %j', (rule, facts, why) => {
  const rows = silenceRows(explanationOf(facts))
  expect(rows.find(([name]) => name === `silent ${rule}`)?.[1]).toMatch(why)
})

test('what does not count, what is alerted and what is cold', () => {
  const textOf = (facts: Facts) => silenceRows(explanationOf(facts)).map(([, text]) => text)
  expect(textOf({ outcome: null })).toEqual([
    'the line is neither a login nor a failure that counts',
  ])
  expect(textOf({ outcome: null, decidedBy: 'x' })).toEqual([
    'another line of the same login decides it',
  ])
  expect(textOf({ isShown: true })).toEqual([])
  expect(textOf({ isCold: true }).at(-1)).toMatch(/^cold start: /)
  expect(textOf({}).some((text) => text.startsWith('cold start'))).toBe(false)
})
