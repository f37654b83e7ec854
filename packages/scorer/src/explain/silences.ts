import { countTextOf, spanTextOf } from '@sekisho/detect'
import type { AttemptExplanation } from '../explain.ts'
import { scoreReason, sumReason, travelReason } from './login-silences.ts'
import { showsLine } from './shows-line.ts'
import { attackReason, insideReason, reuseReason } from './source-silences.ts'

/** Why a rule says nothing of a line; `rule` is `''` where it holds for all of them. */
export interface Silence {
  readonly rule: string
  readonly why: string
}

/**
 * Why the rules say nothing of a line, one by one and with what they measured, and why those that call it a mere signal say
 * no more. A rule that speaks of the line in an alert is left out.
 */
export function silencesOf(explanation: AttemptExplanation): Silence[] {
  const { outcome, decidedBy, isKept, organisation } = explanation
  if (!isKept) {
    const why =
      'very many lines of this name came on that day: a fixed number is kept, and this is none of them'
    return [
      { rule: '', why },
      { rule: 'N', why: attackReason(explanation) },
    ]
  }
  const spoken = spokenRules(explanation)
  const rows = rowsOf(explanation).filter(({ rule }) => !spoken.has(rule))
  if (outcome === null) {
    const which =
      decidedBy === ''
        ? 'the line is neither a login nor a failure that counts'
        : 'another line of the same login decides it'
    return [{ rule: '', why: `${which}: of all rules only S1 reads it` }, ...rows]
  }
  const cold = {
    rule: '',
    why: 'cold start: novelty means nothing yet, so only N1, N2 and X1 can alert',
  }
  return [...signalRows(explanation), ...rows, ...(organisation.isCold ? [cold] : [])]
}

/** Every rule that is asked about such a line. */
function rowsOf(explanation: AttemptExplanation): Silence[] {
  const session = { rule: 'S1', why: sessionReason(explanation) }
  const factor = { rule: 'M1', why: factorReason(explanation) }
  const guessing = { rule: 'U1', why: guessingReason(explanation) }
  const attack = { rule: 'N', why: attackReason(explanation) }
  const inside = { rule: 'X1', why: insideReason(explanation) }
  const { outcome } = explanation
  if (outcome === null) return [session]
  if (outcome === 'success') {
    return [
      { rule: 'U2', why: scoreReason(explanation) },
      { rule: 'T1', why: travelReason(explanation) },
      session,
      factor,
      guessing,
      attack,
      inside,
      { rule: 'P2', why: reuseReason(explanation) },
    ]
  }
  const why = 'the line is a failure, and only who gets in is looked at'
  const others = ['U2', 'T1', 'S1', ...(outcome === 'mfa_denied' ? [] : ['X1']), 'P2']
  return [
    attack,
    guessing,
    factor,
    ...(outcome === 'mfa_denied' ? [inside] : []),
    ...others.map((rule) => ({ rule, why })),
  ]
}

/** The rules that speak of the line, by the names of the rows. */
function spokenRules({ drafts, attempt }: AttemptExplanation): Set<string> {
  const speaking = drafts.filter((draft) => showsLine(draft, attempt))
  const isTravel = speaking.some(({ ruleId }) => ruleId === 'T1' || ruleId === 'T2')
  return new Set([...speaking.map(({ family }) => family), ...(isTravel ? ['T1'] : [])])
}

/** What kept a signal about the line from being an alert. */
function signalRows({ drafts, attempt, login }: AttemptExplanation): Silence[] {
  const signals = drafts.filter((draft) => draft.severity === 'low' && showsLine(draft, attempt))
  return signals.map(({ family, ruleId, considered, score }) => {
    const applied = considered.filter(({ applied: isApplied }) => isApplied)
    const isSmall = family === 'U2' && login !== null && score < login.thresholds.medium
    const sum = isSmall ? [sumReason(login, 'medium', login.thresholds.medium)] : []
    const reasons = [...sum, ...applied.map(({ name, why }) => `${name}: ${why}`)]
    const because = reasons.length === 0 ? 'nothing else supports it' : reasons.join('; ')
    return { rule: ruleId, why: `a signal and no alert: ${because}` }
  })
}

/** Reasons of everyday life for which a session moves. */
const MOVE_EXPLANATIONS = {
  access_networks: 'both are access networks of one country',
  shared_egress: 'it arrived on the organisation’s own ground',
  learnt_pair: 'both networks are the user’s own',
} as const

function sessionReason({ session: { lines, moves, explanations } }: AttemptExplanation): string {
  if (lines === 0) return 'no line of that day names a session'
  const read = countTextOf(lines, 'session line')
  if (moves === 0)
    return `${read} around that day, and no session went on in another operator’s network`
  const reasons = explanations.map((name) => `${MOVE_EXPLANATIONS[name]} (${name})`)
  return reasons.length === 0
    ? `the ${countTextOf(moves, 'move')} of sessions on that day are told of without this line`
    : `${countTextOf(moves, 'move')} of sessions between networks on that day: ${reasons.join('; ')}`
}

function factorReason({ factor }: AttemptExplanation): string {
  const { denied, deniedAtOnce, windowMs, deniedMin, deniedBeforeSuccessMin } = factor
  const window = spanTextOf(windowMs)
  const needed = `fatigue is ${deniedMin}, or ${deniedBeforeSuccessMin} and then a login from a network that does not vouch for the user`
  if (denied === 0) return `no second factor was refused; within ${window} ${needed}`
  return `${countTextOf(deniedAtOnce, 'second factor')} refused within ${window}, at the most; ${needed}`
}

function guessingReason({ bruteForce, user }: AttemptExplanation): string {
  if (bruteForce !== null) {
    const { points, threshold, failuresStrange } = bruteForce
    return `${points.toFixed(1)} points of ${threshold.toFixed(1)}: ${countTextOf(failuresStrange, 'failure')} from strange networks in the strongest window of the day`
  }
  return user?.isKnown === true
    ? 'no failure of the user from a strange network around that day'
    : 'the user is not known yet: failures under the name count for their source only'
}
