import type { AttackKind, CurvePoint, Reliability, Summary } from '@sekisho/simulate'
import type { Evaluation } from '../evaluation.ts'
import {
  drawing,
  gridX,
  gridY,
  label,
  line,
  linearScale,
  logitScale,
  logScale,
  mark,
  px,
  type Tick,
} from './svg.ts'

const LEFT_PX = 64
const WIDTH_PX = 520
const HEIGHT_PX = 260
const TOP_PX = 12
const BOTTOM_PX = TOP_PX + HEIGHT_PX

/** Families of attack kinds that a curve is drawn of. */
const FAMILIES: readonly (readonly [string, readonly AttackKind[]])[] = [
  [
    'A right password in the wrong hands',
    [
      'stolen-hosting-abroad',
      'stolen-foreign-home',
      'stolen-domestic-home',
      'stolen-usual-hours',
      'dormant-account',
      'factor-fatigue',
      'teaching-attacker',
    ],
  ],
  [
    'Many users tried from a source',
    [
      'single-source-stuffing',
      'rotating-prefix-stuffing',
      'hosting-fleet',
      'leaked-list-replay',
      'ordered-spray',
      'shared-carrier-gateway',
    ],
  ],
  ['Attempts of many sources', ['residential-botnet', 'distributed-brute-force']],
  [
    'Sessions, gateways and what follows a login',
    ['session-theft', 'branch-pivot', 'administrator-creation', 'log-suppression'],
  ],
]

const SHARES: readonly Tick[] = [0, 0.25, 0.5, 0.75, 1].map((share) => [share, `${share * 100} %`])

const RATES: readonly Tick[] = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100].map((rate) => [
  rate,
  String(rate),
])

/** Recall over the budget of false alerts: of all attacks, and of each family. */
export function curvePlots(evaluation: Evaluation): string {
  const everything = evaluation.all.kinds.map(({ kind }) => kind)
  return [['All attacks', everything] as const, ...FAMILIES]
    .map(([name, kinds]) => `<h3>${name}</h3>${curvePlot(evaluation, name, kinds)}`)
    .join('')
}

/** Names of the numbers in the curves. */
export function peerLegend({ peers }: Evaluation): string {
  return Object.keys(peers)
    .map((name, index) => `${index + 1} ${name}`)
    .join(', ')
}

function curvePlot(
  { all, curve, peers }: Evaluation,
  name: string,
  kinds: readonly AttackKind[],
): string {
  const x = logScale(0.01, 100, WIDTH_PX)
  const y = linearScale(0, 1, HEIGHT_PX)
  const place = (rate: number, recall: number) =>
    [LEFT_PX + x(rate), BOTTOM_PX - y(recall)] as const
  const weightOf = new Map(all.kinds.map(({ kind, episodes }) => [kind, episodes]))
  const recallOf = (shares: CurvePoint['recallByKind']): number => meanOf(kinds, shares, weightOf)
  const path = curve.points.map((point, index) => {
    const [a, b] = place(point.falsePerThousandUsersAndDay, recallOf(point.recallByKind))
    // Between two thresholds there is none: steps.
    return index === 0 ? `M${px(a)} ${px(b)}` : `H${px(a)}V${px(b)}`
  })
  const marks = Object.entries(peers).map(([peer, summary], index) => {
    const [a, b] = place(
      summary.falsePerThousandUsersAndDay.medium.value ?? 0,
      recallOf(recallAt(summary, 'medium')),
    )
    const number = label(a + 8, b + 4, String(index + 1), 'start', 'tick')
    return mark(a, b, 'ring', 'second', peer) + number
  })
  const ours = (['medium', 'high'] as const).map((severity) => {
    const rate = all.falsePerThousandUsersAndDay[severity].value ?? 0
    const [a, b] = place(rate, recallOf(recallAt(all, severity)))
    const shape = severity === 'medium' ? 'circle' : 'diamond'
    return mark(a, b, shape, 'first', `Sekisho, ${severity} or above`)
  })
  return drawing(
    LEFT_PX + WIDTH_PX + 24,
    BOTTOM_PX + 44,
    `${name}: share found over false alerts per 1,000 users a day`,
    [
      gridX(RATES, x, LEFT_PX, TOP_PX, BOTTOM_PX),
      gridY(SHARES, y, LEFT_PX, WIDTH_PX, BOTTOM_PX),
      `<path d="${path.join('')}" class="curve"/>`,
      ...marks,
      ...ours,
      label(
        LEFT_PX + WIDTH_PX / 2,
        BOTTOM_PX + 36,
        'false alerts per 1,000 users a day',
        'middle',
        'tick',
      ),
    ].join(''),
  )
}

function recallAt({ kinds }: Summary, severity: 'medium' | 'high'): CurvePoint['recallByKind'] {
  return Object.fromEntries(kinds.map(({ kind, recall }) => [kind, recall[severity].value ?? 0]))
}

/** Over the episodes of some kinds. */
function meanOf(
  kinds: readonly AttackKind[],
  shares: CurvePoint['recallByKind'],
  weightOf: ReadonlyMap<AttackKind, number>,
): number {
  const weights = kinds.map((kind) => weightOf.get(kind) ?? 0)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const part = kinds.reduce(
    (sum, kind, index) => sum + (shares[kind] ?? 0) * (weights[index] ?? 0),
    0,
  )
  return whole === 0 ? 0 : part / whole
}

const PROBABILITIES: readonly Tick[] = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999].map((p) => [
  p,
  String(p),
])

/** What was said of logins beside what was so. */
export function reliabilityPlot({ bins }: Reliability): string {
  const x = logitScale(0.001, 0.999, WIDTH_PX)
  const y = logitScale(0.001, 0.999, HEIGHT_PX)
  const marks = bins.map(({ said, stolen, logins }) => {
    if (said === null || stolen === null) return ''
    const [a, b] = [LEFT_PX + x(said), BOTTOM_PX - y(stolen)]
    const told = `${logins} logins: said ${said.toFixed(3)}, so were ${stolen.toFixed(3)}`
    return (
      mark(a, b, 'circle', 'first', told) + label(a + 8, b + 4, String(logins), 'start', 'tick')
    )
  })
  return drawing(
    LEFT_PX + WIDTH_PX + 60,
    BOTTOM_PX + 44,
    'Share of stolen logins over the probability that was said; the numbers are logins',
    [
      gridX(PROBABILITIES, x, LEFT_PX, TOP_PX, BOTTOM_PX),
      gridY(PROBABILITIES, y, LEFT_PX, WIDTH_PX, BOTTOM_PX),
      line(LEFT_PX, BOTTOM_PX, LEFT_PX + WIDTH_PX, TOP_PX, 'budget'),
      ...marks,
      label(LEFT_PX + WIDTH_PX / 2, BOTTOM_PX + 36, 'probability that was said', 'middle', 'tick'),
    ].join(''),
  )
}
