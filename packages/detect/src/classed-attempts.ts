import { misspeltNamesOf } from './misspelt-names.ts'
import { type OutcomeClassName, outcomeClassOf } from './source-tally.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'

/** An attempt that counts, with its class. */
export interface ClassedAttempt {
  readonly userKey: string
  readonly address: string
  readonly timestampMs: number
  readonly outcomeClass: OutcomeClassName
  /** Null for a vouched login, which is counted and never shown. */
  readonly annotated: AnnotatedAttempt | null
}

/** An attempt that counts and can be shown. */
export type ShownAttempt = ClassedAttempt & { readonly annotated: AnnotatedAttempt }

/** False for a vouched login. How often a user has those is not kept, so no count may rest on their number. */
export function isShown(classed: ClassedAttempt): classed is ShownAttempt {
  return classed.annotated !== null
}

/** Failures that mean no more than a typing error once their user gets in at the same source. */
const FORGIVEN_FAILURES: ReadonlySet<OutcomeClassName> = new Set([
  'operator_known_failure',
  'unvouched_failure',
  'locked',
  'unknown_user',
])

/**
 * Attempts of a span that say something about guessing, each with its class, by time. Whoever gets in at this source,
 * vouched or in an ordinary way, until `settledMs` has mistyped before: such failures count as the success. An unknown
 * name one edit from the name of a user who is vouched at this source within the span counts as misspelt (A.3).
 *
 * @param settledMs how far after the span a success is looked for
 */
export function classedAttemptsOf(
  view: SourceView,
  fromMs: number,
  toMs: number,
  settledMs = toMs,
): ClassedAttempt[] {
  const shown: ClassedAttempt[] = []
  const successOf = new Map<string, OutcomeClassName>()
  for (const annotated of view.attempts(fromMs, settledMs)) {
    const outcomeClass = outcomeClassOf(annotated)
    const { userKey, sourceAddress, timestampMs } = annotated.attempt.event
    if (outcomeClass === null || userKey === '') continue
    if (outcomeClass === 'ordinary_success') successOf.set(userKey, outcomeClass)
    if (timestampMs > toMs) continue
    shown.push({ userKey, address: sourceAddress, timestampMs, outcomeClass, annotated })
  }
  const vouched: ClassedAttempt[] = []
  for (const login of view.vouchedLogins(fromMs, settledMs)) {
    successOf.set(login.userKey, 'vouched_success')
    if (login.timestampMs > toMs) continue
    vouched.push({ ...login, outcomeClass: 'vouched_success', annotated: null })
  }
  const forgiven = shown.map((classed) => withoutTypingErrors(classed, successOf))
  return mergedByTime(withMisspelt(forgiven, vouched), vouched)
}

function withoutTypingErrors(
  classed: ClassedAttempt,
  successOf: ReadonlyMap<string, OutcomeClassName>,
): ClassedAttempt {
  const success = successOf.get(classed.userKey)
  if (success === undefined || !FORGIVEN_FAILURES.has(classed.outcomeClass)) return classed
  return { ...classed, outcomeClass: success }
}

function withMisspelt(
  shown: readonly ClassedAttempt[],
  vouched: readonly ClassedAttempt[],
): readonly ClassedAttempt[] {
  const unknown = new Set<string>()
  const known = new Set(vouched.map(({ userKey }) => userKey))
  for (const { userKey, outcomeClass } of shown) {
    if (outcomeClass === 'unknown_user') unknown.add(userKey)
    else if (outcomeClass === 'vouched_failure') known.add(userKey)
  }
  if (unknown.size === 0 || known.size === 0) return shown
  const misspelt = misspeltNamesOf(unknown, known)
  return shown.map((classed) =>
    classed.outcomeClass === 'unknown_user' && misspelt.has(classed.userKey)
      ? { ...classed, outcomeClass: 'misspelt' }
      : classed,
  )
}

/** Two lists that are in the order of time as one. */
function mergedByTime(
  a: readonly ClassedAttempt[],
  b: readonly ClassedAttempt[],
): ClassedAttempt[] {
  const merged: ClassedAttempt[] = []
  let next = 0
  for (const classed of a) {
    for (; (b[next]?.timestampMs ?? Number.POSITIVE_INFINITY) < classed.timestampMs; next++) {
      merged.push(b[next] as ClassedAttempt)
    }
    merged.push(classed)
  }
  for (; next < b.length; next++) merged.push(b[next] as ClassedAttempt)
  return merged
}
