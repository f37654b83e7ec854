import {
  type AnnotatedAttempt,
  DAY_MS,
  DEFAULT_CONFIG,
  type DetectConfig,
  type FlaggedPane,
  HOUR_MS,
  limitsOf,
  MINUTE_MS,
  type OrganisationProfile,
  type SourceView,
  sourceAttack,
  type VouchedLogin,
} from '@sekisho/detect'
import type { AttemptOutcome } from '@sekisho/event'
import fc from 'fast-check'
import { type Property, propertyOf } from './property-definition.ts'
import { Difference } from './property-difference.ts'
import { changed, day, HOSTING, lineAt, TOKYO } from './story.ts'

/** Every pane in which somebody fails is judged, however weak the evidence, over one window. */
function judgesAll(windowMs: number): DetectConfig {
  const window = { shortWindowMs: windowMs, middleWindowMs: windowMs, longWindowMs: windowMs }
  const limits = limitsOf({ source: { ...window, threshold: -1e6, failingUsersMin: 1 } })
  return { ...DEFAULT_CONFIG, limits }
}

const JUDGES = [10 * MINUTE_MS, HOUR_MS, DAY_MS].map(judgesAll)

const NO_PROFILE: OrganisationProfile = {
  day: day(7),
  hash: '',
  firstDay: day(0),
  userDays: 0,
  networkUserDays: () => 0,
  countryShare: () => 0,
  isSharedEgress: () => false,
  hasSucceededFrom: () => false,
  concurrentShare: 0,
}

/** One line at the source. */
interface SourceLine {
  readonly user: string
  readonly host: number
  readonly minute: number
  readonly outcome: AttemptOutcome
  readonly isVouched: boolean
  readonly isKnown: boolean
  readonly knowsAsn: boolean
  readonly isHosting: boolean
}

const FAILING = ['bad_credential', 'unknown_user', 'mfa_denied', 'disabled_or_locked'] as const

const lineArbitrary = (
  users: readonly string[],
  outcomes: readonly AttemptOutcome[],
  isVouched: fc.Arbitrary<boolean>,
): fc.Arbitrary<SourceLine> =>
  fc.record({
    user: fc.constantFrom(...users),
    host: fc.integer({ min: 1, max: 3 }),
    minute: fc.integer({ min: -24 * 60, max: 24 * 60 - 1 }),
    outcome: fc.constantFrom(...outcomes),
    isVouched,
    isKnown: fc.boolean(),
    knowsAsn: fc.boolean(),
    isHosting: fc.boolean(),
  })

/** Some names are one letter apart. */
const STAFF = ['aoki', 'aokii', 'berg', 'bergs', 'chiba', 'doi', 'endo', 'fuji', 'gama', 'hara']

const crowdArbitrary = fc.array(lineArbitrary(STAFF, ['success', ...FAILING], fc.boolean()), {
  maxLength: 40,
})

function annotatedOf(line: SourceLine): AnnotatedAttempt {
  const from = line.isHosting ? HOSTING : TOKYO
  const attempt = lineAt(
    line.user,
    changed(from, '203.0.113.', {}),
    day(10) * 24 * 60 * MINUTE_MS + line.minute * MINUTE_MS,
    { host: line.host, attempt: line.outcome },
  )
  return {
    attempt,
    outcome: line.outcome,
    isVouched: line.isVouched,
    knowsAsn: line.knowsAsn,
    knowsCountry: true,
    knowsDevice: false,
    isKnown: line.isKnown || line.isVouched,
    isPerson: line.isKnown,
    isHomeCountry: true,
    isCold: false,
    bruteForce: null,
    activeDays: 0,
    vouchedPrefixes: [],
  }
}

/** The source as it looks with these lines and no others. */
function viewOf(lines: readonly SourceLine[], config: DetectConfig): SourceView {
  const all = lines
    .map(annotatedOf)
    .sort((a, b) => a.attempt.event.timestampMs - b.attempt.event.timestampMs)
  const isVouchedLogin = ({ outcome, isVouched }: AnnotatedAttempt) =>
    outcome === 'success' && isVouched
  const within =
    <T>(list: readonly T[], timeOf: (each: T) => number) =>
    (fromMs: number, toMs: number): T[] =>
      list.filter((each) => timeOf(each) >= fromMs && timeOf(each) <= toMs)
  const vouched = all.filter(isVouchedLogin).map(
    ({ attempt: { event } }): VouchedLogin => ({
      userKey: event.userKey,
      address: event.sourceAddress,
      timestampMs: event.timestampMs,
    }),
  )
  return {
    config,
    profile: NO_PROFILE,
    prefix: '203.0.113.0/24',
    attempts: within(
      all.filter((each) => !isVouchedLogin(each)),
      ({ attempt }) => attempt.event.timestampMs,
    ),
    vouchedLogins: within(vouched, ({ timestampMs }) => timestampMs),
    isCapped: () => false,
    firstSuccessMs: null,
  }
}

/** Evidence against the source, pane by pane: its ratio over each window, and whether it is flagged by default. */
function evidenceOf(lines: readonly SourceLine[]): Map<string, number> {
  const evidence = new Map<string, number>()
  JUDGES.forEach((config, i) => {
    for (const { paneStartMs, prefixLlr } of panesOf(lines, config)) {
      evidence.set(`window ${i}, pane ${new Date(paneStartMs).toISOString()}`, prefixLlr)
    }
  })
  for (const { paneStartMs } of panesOf(lines, DEFAULT_CONFIG)) {
    evidence.set(`flagged pane ${new Date(paneStartMs).toISOString()}`, 1)
  }
  return evidence
}

function panesOf(lines: readonly SourceLine[], config: DetectConfig): readonly FlaggedPane[] {
  return sourceAttack(viewOf(lines, config), day(10))?.panes ?? []
}

/** Throws where there is less evidence in `more` than in `less`. */
function expectNoWeaker(more: readonly SourceLine[], less: readonly SourceLine[]): void {
  const moreEvidence = evidenceOf(more)
  for (const [name, value] of evidenceOf(less)) {
    const moreValue = moreEvidence.get(name)
    if (moreValue === undefined || moreValue < value) {
      throw new Difference(`${name}: ${moreValue ?? 'nothing'} is less than ${value}`)
    }
  }
}

/** What a line more at a source can do. */
export const SOURCE_EVIDENCE_PROPERTIES: readonly Property[] = [
  propertyOf({
    name: 'a-failing-user-more',
    invariants: ['I14'],
    statement: 'an unvouched failing user more never lowers the log-likelihood ratio of a source',
    cases: 1500,
    rules: [],
    arbitrary: fc.tuple(
      crowdArbitrary,
      lineArbitrary(['newcomer', 'aoky', 'bergg'], FAILING, fc.constant(false)),
    ),
    holds: ([lines, added]) => expectNoWeaker([...lines, added], lines),
  }),
  propertyOf({
    name: 'a-vouched-success-more',
    invariants: ['I14'],
    statement: 'a vouched success more never raises the log-likelihood ratio of a source',
    cases: 1500,
    rules: [],
    arbitrary: fc.tuple(
      crowdArbitrary,
      lineArbitrary([...STAFF, 'newcomer', 'aoky'], ['success'], fc.constant(true)),
    ),
    holds: ([lines, added]) => expectNoWeaker(lines, [...lines, added]),
  }),
]
