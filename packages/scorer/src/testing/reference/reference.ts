import {
  type AlertDraft,
  alertIdOf,
  attacksAround,
  configHashOf,
  DAY_MS,
  DEFAULT_CONFIG,
  type DetectConfig,
  dayOf,
  dayStartMs,
  dayTextOf,
  type NameMask,
  PROFILE_LAG_DAYS,
  SOURCE_RULES,
  USER_ATTACK_RULES,
  USER_RULES,
  type UserFinding,
} from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import { annotationsOf, type DayAnnotations } from '../../annotation.ts'
import {
  ReferenceSourceView,
  recordsBySource,
  type SourceRecords,
} from './reference-source-view.ts'
import { ReferenceState } from './reference-state.ts'
import { ReferenceUserView } from './reference-user-view.ts'

/** What a set of attempts comes to: alerts, and signals (severity `low`). */
export interface ReferenceResult {
  readonly alerts: readonly Alert[]
  readonly signals: readonly Alert[]
}

/** Databases named in every alert's inputs; the engine's tests say the same. */
const DATABASES = 'test'

/**
 * The slow, obvious engine that the real one is compared with: everything is counted anew from plain arrays, day
 * after day, without hot or folded state, caps or late lines.
 *
 * @param attempts in any order, copies allowed
 * @throws Error when two drafts have one id, which breaks a promise of the rules
 */
export function runReference(
  attempts: readonly Attempt[],
  config: DetectConfig = DEFAULT_CONFIG,
): ReferenceResult {
  const state = new ReferenceState(attempts, config)
  const said: Alert[] = []
  const annotations: DayAnnotations[] = []
  for (const day of state.days) {
    const users = state.usersOn(day).map((userKey) => ({
      userKey,
      findings: findingsOf(state, userKey, day),
    }))
    for (const { userKey, findings } of users) {
      const drafts = findings.map(({ draft }) => draft)
      withholdAlerted(state, userKey, day, drafts)
      said.push(...drafts.map((draft) => alertOf(state, draft, day)))
      annotations.push(annotate(state, userKey, day, findings))
    }
  }
  for (const [prefix, records] of recordsBySource(annotations)) {
    for (const day of daysOf(records)) {
      const drafts = sourceDraftsOf(state, prefix, records, day)
      said.push(...drafts.map((draft) => alertOf(state, draft, day)))
    }
  }
  if (new Set(said.map(({ id }) => id)).size < said.length) throw new Error('two drafts of one id')
  return {
    alerts: said.filter(({ severity }) => severity !== 'low'),
    signals: said.filter(({ severity }) => severity === 'low'),
  }
}

function userMaskOf(state: ReferenceState, userKey: string, day: number): NameMask {
  const isPerson = (key: string): boolean => key === userKey && state.isPerson(key, day)
  return { hashKey: state.config.hashKey, isPerson }
}

function findingsOf(state: ReferenceState, userKey: string, day: number): UserFinding[] {
  const view = new ReferenceUserView(state, userKey, day)
  return USER_RULES.flatMap((rule) => rule(view, day, userMaskOf(state, userKey, day)))
}

/** What a high or critical alert is about teaches nothing from the next day on. */
function withholdAlerted(
  state: ReferenceState,
  userKey: string,
  day: number,
  drafts: readonly AlertDraft[],
): void {
  for (const { severity, source } of drafts) {
    const isSerious = severity === 'high' || severity === 'critical'
    if (isSerious && source !== null) state.withhold(userKey, day, source.prefix)
  }
}

function annotate(
  state: ReferenceState,
  userKey: string,
  day: number,
  findings: readonly UserFinding[],
): DayAnnotations {
  const mask = userMaskOf(state, userKey, day)
  const nearDays = state.daysOf(userKey).filter((near) => Math.abs(near - day) === 1)
  const findingsAround = (): readonly UserFinding[] => [
    ...findings,
    ...nearDays.flatMap((near) => {
      const view = new ReferenceUserView(state, userKey, near)
      return USER_ATTACK_RULES.flatMap((rule) => rule(view, near, mask))
    }),
  ]
  const view = new ReferenceUserView(state, userKey, day)
  const isPerson = state.isPerson(userKey, day)
  return annotationsOf(view, state.resolved(userKey, day), day, findingsAround, isPerson)
}

/** Days with something said of a source. */
function daysOf({ annotated, vouchedLogins }: SourceRecords): number[] {
  const timesMs = [
    ...annotated.map(({ attempt }) => attempt.event.timestampMs),
    ...vouchedLogins.map(({ timestampMs }) => timestampMs),
  ]
  return [...new Set(timesMs.map(dayOf))].sort((a, b) => a - b)
}

function sourceDraftsOf(
  state: ReferenceState,
  prefix: string,
  records: SourceRecords,
  day: number,
): AlertDraft[] {
  const viewOf = (on: number) => new ReferenceSourceView(state, prefix, records, on)
  const attacks = attacksAround(viewOf, day)
  const view = viewOf(day)
  const mask = sourceMaskOf(view, day)
  return SOURCE_RULES.flatMap((rule) => rule(view, day, attacks, mask))
}

/** Names that stage U knows as people's, among what it said of the source for the day and its two neighbours. */
function sourceMaskOf(view: ReferenceSourceView, day: number): NameMask {
  const fromMs = dayStartMs(day) - DAY_MS
  const toMs = dayStartMs(day) + 2 * DAY_MS - 1
  const persons = new Set([
    ...view
      .attempts(fromMs, toMs)
      .filter(({ isPerson }) => isPerson)
      .map(({ attempt }) => attempt.event.userKey),
    ...view.vouchedLogins(fromMs, toMs).map(({ userKey }) => userKey),
  ])
  return { hashKey: view.config.hashKey, isPerson: (userKey) => persons.has(userKey) }
}

function alertOf(state: ReferenceState, draft: AlertDraft, day: number): Alert {
  const { config } = state
  const profileDay = day - PROFILE_LAG_DAYS
  return {
    id: alertIdOf(config.tenant, draft),
    tenant: config.tenant,
    ...draft,
    inputs: {
      config: configHashOf(config, [DATABASES]),
      geo: DATABASES,
      profileDay: dayTextOf(profileDay),
      profile: state.profile(profileDay).hash,
    },
    state: 'final',
    revision: 1,
    materialRevision: 1,
    isMaterial: true,
    isFresh: true,
    reopened: 0,
    // Not counted here: it orders deliveries and is no part of what an alert says.
    joinedEvents: 0,
    lateBeyondHorizon: false,
  }
}
