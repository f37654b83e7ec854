import {
  type AlertDraft,
  type DetectConfig,
  dayOf,
  type NameMask,
  type OrganisationProfile,
  PROFILE_LAG_DAYS,
  type SourceView,
  UNITS_PER_NAT,
  USER_RULES,
  type UserView,
} from '@sekisho/detect'
import type { Attempt, AttemptOutcome } from '@sekisho/event'
import { AccountDays, type AccountSource } from './account-days.ts'
import { AccountView } from './account-view.ts'
import { bottomOf } from './explain/bottom-limits.ts'
import { type LoginExplanation, loginExplanation } from './explain/login-explanation.ts'
import { type OrganisationBefore, organisationBefore } from './explain/organisation-before.ts'
import { type OtherPresence, otherPresencesOf } from './explain/other-presences.ts'
import {
  type FactorsOfDay,
  factorsOf,
  NO_SESSIONS,
  type SessionsOfDay,
  sessionsOf,
} from './explain/sessions-and-factors.ts'
import { showsLine } from './explain/shows-line.ts'
import { type SourceAround, sourceAround } from './explain/source-around.ts'
import { type UserBefore, userBefore } from './explain/user-before.ts'
import { Organisation, regularsOfAccounts } from './organisation.ts'
import type { SavedOrganisation } from './organisation-days.ts'
import { SourceDays } from './source-days.ts'
import { SourceStage } from './source-stage.ts'
import { ByteSource, SnapshotError } from './store/byte-source.ts'
import { keyHashOfConfig } from './store/key-slots.ts'
import { prefixKeyOf } from './store/prefix-key.ts'
import { Vocabulary } from './store/vocabulary.ts'
import { UserStage } from './user-stage.ts'

/** What U1 makes of the user's failures around: its strongest window of the day. */
export interface BruteForceExplanation {
  readonly points: number
  readonly threshold: number
  readonly failuresStrange: number
  readonly failuresOwn: number
  readonly networksStrange: number
}

/** What the rules make of one attempt, and of what. */
export interface AttemptExplanation {
  readonly attempt: Attempt
  /** What the lines around it make of it; null when it is no login and no failure that counts. */
  readonly outcome: AttemptOutcome | null
  /** Event id of the line that decides the login which this line tells of, too; `''` when it decides itself or none does. */
  readonly decidedBy: string
  /** False when there was no room for the line among very many of its user. */
  readonly isKept: boolean
  readonly organisation: OrganisationBefore
  /** Null for a name that there was no room for. */
  readonly user: UserBefore | null
  readonly otherPresences: readonly OtherPresence[]
  /** Speed from which a journey is impossible, km/h. */
  readonly speedLowerKmhMin: number
  readonly session: SessionsOfDay
  readonly factor: FactorsOfDay
  readonly source: SourceAround | null
  readonly login: LoginExplanation | null
  readonly bruteForce: BruteForceExplanation | null
  /** Alerts and signals of the user's day and of the source's day; those that show the line first. */
  readonly drafts: readonly AlertDraft[]
}

/** One user's side of an explanation, before the sources are told. */
type UserSide = Omit<AttemptExplanation, 'source' | 'drafts'> & {
  readonly userDrafts: readonly AlertDraft[]
}

/**
 * Answers for the attempts of one UTC day, from a snapshot in which every day before it is complete and every line of it and
 * of the two days after it has been joined. The rules themselves are asked; nothing is computed here that they compute.
 */
export class DayExplainer {
  readonly day: number
  readonly #config: DetectConfig
  readonly #users: UserStage
  readonly #sources: SourceStage
  readonly #organisation: Organisation

  /**
   * @param chunks what `Scorer.save` of a scorer with one partition gave out; taken as they are asked for
   * @returns null when the day is complete in it, and its lines are gone
   * @throws SnapshotError when it is of several partitions
   */
  static of(config: DetectConfig, chunks: Iterable<Uint8Array>, day: number): DayExplainer | null {
    const explainer = new DayExplainer(config, chunks, day)
    return explainer.#users.closedThrough >= day ? null : explainer
  }

  private constructor(config: DetectConfig, chunks: Iterable<Uint8Array>, day: number) {
    this.day = day
    this.#config = config
    const vocabulary = new Vocabulary(config)
    const shared = { config, vocabulary, hashOf: keyHashOfConfig(config.hashKey) }
    this.#users = new UserStage(shared)
    this.#sources = new SourceStage(shared)
    this.#organisation = new Organisation(config, (of) =>
      regularsOfAccounts(config, [this.#users.accounts], of),
    )
    this.#users.organisation = this.#organisation
    this.#sources.organisation = this.#organisation
    // In the order in which the scorer saves them.
    const source = new ByteSource(chunks)
    const saved = source.json<{
      readonly organisation: SavedOrganisation
      readonly partitions: number
    }>()
    if (saved.partitions !== 1) throw new SnapshotError(`it is of ${saved.partitions} partitions`)
    this.#organisation.restore(saved.organisation)
    vocabulary.restore(source)
    this.#users.restore(source)
    this.#sources.restore(source)
  }

  /** Explains attempts of the day, which must have been joined. Can be asked once: it completes the day. */
  explain(attempts: readonly Attempt[]): AttemptExplanation[] {
    const asked = attempts.map((attempt) => this.#userSideOf(attempt))
    this.#tellSources()
    return asked.map(({ userDrafts, ...side }) => {
      const { attempt, outcome, user } = side
      const isVouchedLogin = outcome === 'success' && user?.isVouched === true
      const prefix = prefixKeyOf(attempt.prefix)
      const drafts = [
        ...userDrafts,
        ...(attempt.prefix === '' ? [] : this.#sources.query(prefix, this.day)),
      ]
      const shows = (draft: AlertDraft): number => Number(showsLine(draft, attempt))
      return {
        ...side,
        source: attempt.prefix === '' ? null : this.#sourceSideOf(attempt, isVouchedLogin),
        drafts: drafts.sort((a, b) => shows(b) - shows(a)),
      }
    })
  }

  #userSideOf(attempt: Attempt): UserSide {
    const { day } = this
    const profile = this.#organisation.profile(day - PROFILE_LAG_DAYS)
    const account = this.#users.accounts.find(attempt.event.userKey)
    const organisation = organisationBefore(profile, attempt, this.#config, day)
    const { login: limits, travel, fatigue } = this.#config.limits
    const { speedLowerKmhMin } = travel
    if (account === 0) {
      const nothing = { outcome: null, decidedBy: '', isKept: false, user: null, login: null }
      const factor = factorsOf(null, day, fatigue)
      const rest = { session: NO_SESSIONS, factor, bruteForce: null, userDrafts: [] }
      return { attempt, organisation, ...nothing, otherPresences: [], speedLowerKmhMin, ...rest }
    }
    const days = new AccountDays(this.#users, account)
    const view = new AccountView(days, profile, day)
    const asked = { attempt, days: new AccountDays(this.#bottom(), account), profile, day }
    const bottom = USER_RULES.flatMap((rule) => rule(new OneLoginView(asked), day, UNMASKED))
    const bottomDrafts = bottom.map(({ draft }) => draft)
    const userDrafts = this.#users.query(account, day).drafts
    const logins = view.logins(day)
    const isLogin = logins.some(({ id }) => id === attempt.id)
    const isFirst = logins[0]?.id === attempt.id
    return {
      attempt,
      outcome: isLogin ? 'success' : failureOf(view, attempt),
      decidedBy: isLogin ? '' : decidingIdOf(view, attempt, day),
      isKept: days.attempts(day).some(({ id }) => id === attempt.id),
      organisation,
      user: userBefore(days, view, attempt, day),
      otherPresences: otherPresencesOf(view, attempt, day),
      speedLowerKmhMin,
      session: sessionsOf(view, day),
      factor: factorsOf(view, day, fatigue),
      login: isLogin ? loginExplanation(attempt, bottomDrafts, userDrafts, isFirst, limits) : null,
      bruteForce: bruteForceOf(bottomDrafts, this.#config),
      userDrafts,
    }
  }

  #sourceSideOf(attempt: Attempt, isVouchedLogin: boolean): SourceAround {
    const key = prefixKeyOf(attempt.prefix)
    const profile = this.#organisation.profile(this.day - PROFILE_LAG_DAYS)
    const viewsOf = (config: DetectConfig): ((day: number) => SourceView) => {
      const days = new SourceDays(this.#sources.logs, attempt.prefix, key, config, profile)
      return (day) => days.viewOf(day)
    }
    const [real, bottom] = [viewsOf(this.#config), viewsOf(bottomOf(this.#config))]
    return sourceAround(real, bottom, attempt, isVouchedLogin)
  }

  /** The users' lines, to be asked with thresholds at the bottom. */
  #bottom(): AccountSource {
    const users = this.#users
    return {
      config: bottomOf(this.#config),
      accounts: users.accounts,
      vocabulary: users.vocabulary,
      logs: users.logs,
      closedThrough: users.closedThrough,
      isWithheld: (account, day, prefixKey) => users.isWithheld(account, day, prefixKey),
    }
  }

  /** Completes the day and the next for the users, as a replay does before it asks the sources for the day. */
  #tellSources(): void {
    for (const day of this.#users.openDays) {
      if (day > this.day + 1) break
      this.#users.close(day, (_account, { annotated, vouchedLogins }) => {
        for (const { prefix, login } of vouchedLogins) this.#sources.putLogin(prefix, login)
        for (const each of annotated) this.#sources.put(each)
      })
      this.#organisation.complete(day)
    }
  }
}

/** Whoever asks has the line in his hands. */
const UNMASKED: NameMask = { hashKey: '', isPerson: () => true }

/** A user on whose day only one login is asked about. */
class OneLoginView extends AccountView {
  readonly #login: Attempt

  constructor(asked: {
    attempt: Attempt
    days: AccountDays
    profile: OrganisationProfile
    day: number
  }) {
    super(asked.days, asked.profile, asked.day)
    this.#login = asked.attempt
  }

  override logins(day: number): readonly Attempt[] {
    return day === dayOf(this.#login.event.timestampMs) ? [this.#login] : super.logins(day)
  }
}

function failureOf(view: UserView, { id, event }: Attempt): AttemptOutcome | null {
  const failures = view.failures(event.timestampMs, event.timestampMs)
  return failures.find(({ attempt }) => attempt.id === id)?.outcome ?? null
}

/** The login that counts, of a line that tells of a success and does not count itself. */
function decidingIdOf(view: UserView, { event }: Attempt, day: number): string {
  if (event.attempt !== 'success') return ''
  const reachMs = view.config.limits.common.loginGroupMs
  const deciding = view.logins(day).find(({ event: { sourceAddress, timestampMs } }) => {
    const distanceMs = Math.abs(timestampMs - event.timestampMs)
    return sourceAddress === event.sourceAddress && distanceMs <= reachMs
  })
  return deciding?.id ?? ''
}

function bruteForceOf(
  bottom: readonly AlertDraft[],
  { limits }: DetectConfig,
): BruteForceExplanation | null {
  const draft = bottom.find(({ family }) => family === 'U1')
  if (draft === undefined) return null
  return {
    points: draft.score,
    threshold: limits.bruteForce.threshold / UNITS_PER_NAT,
    failuresStrange: draft.counts.failures_unvouched ?? 0,
    failuresOwn: draft.counts.failures_vouched ?? 0,
    networksStrange: draft.counts.networks_unvouched ?? 0,
  }
}
