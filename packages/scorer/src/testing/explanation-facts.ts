import type { SourceWindow } from '../explain/source-around.ts'
import type { AttemptExplanation } from '../explain.ts'

const WINDOW: SourceWindow = {
  nats: 12,
  thresholdNats: 10.3,
  failingUsers: 5,
  failingUsersMin: 4,
  windowMs: 600_000,
  endMs: 0,
  address: '203.0.113.9',
}

/** A draft that shows the line, unless it is said that it shows another. */
interface Drafted {
  readonly family: string
  readonly ruleId?: string
  readonly severity?: string
  readonly score?: number
  readonly considered?: readonly { name: string; applied: boolean; why: string }[]
  readonly line?: string
}

/** What decides how silence is explained; what is left out is ordinary. */
export interface Facts {
  readonly outcome?: string | null
  readonly isVouched?: boolean
  readonly isKnown?: boolean
  readonly isCold?: boolean
  readonly isGround?: boolean
  readonly networkClass?: string
  readonly asn?: number
  readonly isKnownDevice?: boolean
  readonly knowsNetwork?: boolean
  readonly strongest?: Partial<SourceWindow> | null
  readonly own?: Partial<SourceWindow> | null
  readonly hasSource?: boolean
  readonly failingUsers?: number
  readonly activeDays?: number
  readonly sum?: number
  readonly terms?: readonly (readonly [name: string, value: number])[]
  readonly standsBehind?: string
  readonly points?: number
  readonly decidedBy?: string
  readonly drafts?: readonly Drafted[]
  readonly isKept?: boolean
  readonly speedsKmh?: readonly (number | null)[]
  readonly distanceKm?: number | null
  readonly applied?: readonly string[]
  readonly sessionLines?: number
  readonly moves?: number
  readonly explanations?: readonly string[]
  readonly denied?: number
  readonly deniedAtOnce?: number
  readonly strangeUsers?: number
  readonly outcomeClass?: string
}

function sourceOf(facts: Facts) {
  const windowOf = (window: Partial<SourceWindow> | null | undefined) =>
    window === null || window === undefined ? null : { ...WINDOW, ...window }
  const { strangeUsers = 1, outcomeClass = null } = facts
  return {
    failingUsers: facts.failingUsers ?? 5,
    strangeUsers,
    reuseUsersMin: 3,
    reuseActiveDaysMin: 10,
    outcomeClass,
    own: windowOf(facts.own),
    strongest: windowOf(facts.strongest),
  }
}

function loginOf({ applied = [], terms = [], sum = 1, standsBehind = '' }: Facts) {
  return {
    sum,
    terms: terms.map(([name, value]) => ({ name, value, why: `why ${name}`, quantities: {} })),
    thresholds: { signal: 3, medium: 6, high: 8 },
    considered: applied.map((name) => ({ name, applied: true, why: '' })),
    standsBehind,
  }
}

/** An explanation of which only that is filled in. */
export function explanationOf(facts: Facts): AttemptExplanation {
  const { outcome = 'success', isVouched = false, isKnown = false, hasSource = true } = facts
  const { networkClass = 'residential', asn = 64500, isKnownDevice = false } = facts
  const { denied = 0, distanceKm = 1000, knowsNetwork = false, drafts = [] } = facts
  const place = { networkClass, asn }
  return {
    attempt: {
      id: 'line',
      place,
      event: {
        sourceAddress: '203.0.113.9',
        outcome: outcome === null || outcome === 'success' ? 'success' : 'failure',
      },
    },
    outcome,
    decidedBy: facts.decidedBy ?? '',
    isKept: facts.isKept ?? true,
    otherPresences: (facts.speedsKmh ?? []).map((speedLowerKmh) => ({
      speedLowerKmh,
      distanceLowerKm: distanceKm,
      place: { networkClass: 'residential' },
    })),
    speedLowerKmhMin: 900,
    session: {
      lines: facts.sessionLines ?? 0,
      moves: facts.moves ?? 0,
      explanations: facts.explanations ?? [],
    },
    factor: {
      denied,
      deniedAtOnce: facts.deniedAtOnce ?? denied,
      windowMs: 1_800_000,
      deniedMin: 5,
      deniedBeforeSuccessMin: 3,
    },
    organisation: { isCold: facts.isCold ?? false, isGround: facts.isGround ?? false },
    user: {
      isVouched,
      isKnown,
      knowsAsn: knowsNetwork,
      knowsCountry: knowsNetwork,
      device: { isKnown: isKnownDevice },
      activeDays: facts.activeDays ?? 10,
    },
    source: hasSource ? sourceOf(facts) : null,
    login: hasSource ? loginOf(facts) : null,
    bruteForce:
      facts.points === undefined
        ? null
        : { points: facts.points, threshold: 7, failuresStrange: 8 },
    drafts: drafts.map(
      ({ family, ruleId = family, severity = 'medium', line = 'line', ...rest }) => ({
        family,
        ruleId,
        severity,
        score: 4,
        considered: [],
        ...rest,
        evidence: [{ eventId: line }],
      }),
    ),
  } as unknown as AttemptExplanation
}
