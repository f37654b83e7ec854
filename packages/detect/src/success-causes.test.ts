import { describe, expect, test } from '@jest/globals'
import type { EvidenceLine } from '@sekisho/event'
import { type LimitOverrides, limitsOf } from './limits.ts'
import { type FlaggedPane, type SourceAttack, sourceAttack } from './source-attack.ts'
import type { AnnotatedAttempt, SourceView } from './source-view.ts'
import { type Cause, causesOf } from './success-causes.ts'
import { configWith } from './testing/alice.ts'
import { profileOf, viewOf } from './testing/annotated.ts'
import { attemptAt as attempt, DAY, instant } from './testing/source-day.ts'
import { MINUTE_MS } from './time.ts'

const MASK = { hashKey: '', isPerson: () => true }
const KNOWN = { isKnown: true }
const ORDINARY = { isKnown: true, knowsCountry: true }

const success = (minute: number, flags: Partial<AnnotatedAttempt> = KNOWN): AnnotatedAttempt =>
  attempt('victim', minute, 'success', flags)

const idsOf = (lines: readonly EvidenceLine[] = []) =>
  lines.map(({ eventId }) => eventId.slice(0, eventId.indexOf('@')))

describe('a source under attack', () => {
  // Somebody got in from there long ago: it is nobody's first success.
  const profile = profileOf({ hasSucceededFrom: () => true })
  const guesses = Array.from({ length: 12 }, (_, i) =>
    attempt(`guess${i}x`, 60 + i, 'unknown_user'),
  )
  /** The attack by these, and what it means for a success. */
  const causeOf = (
    suspect: AnnotatedAttempt,
    others: readonly AnnotatedAttempt[] = guesses,
    limits: LimitOverrides = {},
  ): Cause | undefined => {
    const view = viewOf([...others, suspect], { profile, config: configWith(limits) })
    return causesOf(view, suspect, [sourceAttack(view, DAY) as SourceAttack], MASK)[0]
  }

  test.each([
    { what: 'after the last', minute: 100, relation: 'the last 29 min before' },
    { what: 'with the last', minute: 71, relation: 'before and after it' },
    { what: 'among them', minute: 65, relation: 'before and after it' },
    { what: 'with the first', minute: 60, relation: 'before and after it' },
    { what: 'before the first', minute: 30, relation: 'the first 30 min after' },
  ])('$what', ({ minute, relation }) => {
    const cause = causeOf(success(minute))
    expect(cause).toMatchObject({
      name: 'source_under_attack',
      value: 12 * 3666,
      threshold: 10_546,
      why: `12 other users failed there within 11 min, ${relation}`,
      quantities: { unknown_user_users: 12, unknown_user_nats_per_user: 3666 / 1024 },
      total: 12,
    })
    expect(idsOf(cause?.lines)).toEqual(guesses.map((each) => each.attempt.event.userKey))
  })

  test('is shown by what strangers failed at, never by the user or by those who belong there', () => {
    const cause = causeOf(success(100), [
      ...guesses,
      attempt('guess0x', 72, 'unknown_user'),
      attempt('victim', 62, 'mfa_denied'),
      attempt('aoki', 63, 'success', { ...KNOWN, isVouched: true }),
      attempt('berg', 64, 'bad_credential', { ...KNOWN, isVouched: true }),
      attempt('chiba', 65, 'success', ORDINARY),
    ])
    expect(cause?.why).toMatch(/^12 other users failed there within 12 min, the last 28 min before/)
    expect(cause?.total).toBe(13)
    expect(new Set(idsOf(cause?.lines))).toEqual(
      new Set(guesses.map((each) => each.attempt.event.userKey)),
    )
  })

  test('leaves room for the success among the lines that are shown', () => {
    const cause = causeOf(success(100), guesses, { common: { evidenceLines: 6 } })
    expect([cause?.lines.length, cause?.total]).toEqual([5, 12])
  })

  const elsewhere = (minute: number) =>
    attempt('victim', minute, 'success', KNOWN, { sourceAddress: '203.0.113.8' })
  const scattered = guesses.map(({ attempt: { event } }, i) =>
    attempt(event.userKey, 60 + i, 'unknown_user', KNOWN, { sourceAddress: `203.0.113.${i + 20}` }),
  )

  test.each([
    { what: 'its address', suspect: success(100), others: guesses, is: true },
    { what: 'another address of its network', suspect: elsewhere(100), others: guesses, is: false },
    {
      what: 'a network that attacks as a whole',
      suspect: elsewhere(100),
      others: scattered,
      is: true,
    },
  ])('is one for $what: $is', ({ suspect, others, is }) => {
    expect(causeOf(suspect, others) !== undefined).toBe(is)
  })

  test.each([
    // The last pane with a failure ends at 75 minutes, the first begins at 60.
    { what: 'a day after its last pane', minute: 75 + 1440, is: true },
    { what: 'later', minute: 75 + 1440 + 1 / MINUTE_MS, is: false },
    { what: 'a day before its first pane', minute: 60 - 1440, is: true },
    { what: 'earlier', minute: 60 - 1440 - 1 / MINUTE_MS, is: false },
  ])('reaches to $what: $is', ({ minute, is }) => {
    expect(causeOf(success(minute)) !== undefined).toBe(is)
  })

  test('is told by its strongest pane, the first of equals', () => {
    const early = guesses.slice(0, 4)
    const late = guesses
      .slice(4, 8)
      .map(({ attempt: { event } }, i) => attempt(event.userKey, 600 + i, 'unknown_user'))
    const suspect = success(700)
    const view = viewOf([...early, ...late, suspect], { profile })
    const attack = sourceAttack(view, DAY) as SourceAttack
    const usersOf = (...panes: FlaggedPane[]) =>
      causesOf(view, suspect, [{ ...attack, panes }], MASK)[0]?.quantities.unknown_user_users
    const [four, eight] = attack.panes as [FlaggedPane, FlaggedPane]
    expect([usersOf(four), usersOf(eight)]).toEqual([4, 8])
    expect([usersOf(four, eight), usersOf(eight, four)]).toEqual([8, 8])
    const same = { ...eight, llr: four.llr }
    expect([usersOf(four, same), usersOf(same, four)]).toEqual([4, 8])
  })
})

describe('a user under attack', () => {
  const evidence: EvidenceLine[] = []
  const bruteForce = { score: 8192, failures: 14, networks: 2, evidence }
  const causesFor = (flags: Partial<AnnotatedAttempt>) => {
    const suspect = success(100, { ...KNOWN, bruteForce, ...flags })
    return causesOf(viewOf([suspect]), suspect, [], MASK)
  }

  test('is a cause, with what the brute force counted', () => {
    expect(causesFor({})).toEqual([
      {
        name: 'user_under_attack',
        value: 8192,
        threshold: limitsOf({}).bruteForce.threshold,
        why: '14 failed logins as this user from 2 strange networks within a day of it',
        quantities: { points: 8, failures: 14, networks: 2 },
        total: 14,
        lines: evidence,
      },
    ])
  })

  test.each([
    { what: 'without a brute force', flags: { bruteForce: null } },
    { what: 'for an ordinary login of their own', flags: ORDINARY },
  ])('is none $what', ({ flags }) => {
    expect(causesFor(flags)).toEqual([])
  })
})

describe('the first success after failures', () => {
  const failures = (count: number) =>
    Array.from({ length: count }, (_, i) => attempt(`known${i}`, 60 + i, 'bad_credential'))
  const causeOf = (
    suspect: AnnotatedAttempt,
    others: readonly AnnotatedAttempt[],
    limits: LimitOverrides = {},
    said: Partial<SourceView> = {},
  ) => {
    const view = { ...viewOf([...others, suspect], { config: configWith(limits) }), ...said }
    return causesOf(view, suspect, [], MASK)[0]
  }

  test('is a cause, with each user once', () => {
    const again = attempt('known0', 70, 'bad_credential')
    const cause = causeOf(success(100), [...failures(4), again])
    expect(cause).toMatchObject({
      name: 'first_success_after_failures',
      value: 4 * 1710,
      threshold: 3 * 1710,
      why: 'the first success ever from this network, and 4 other users failed there within a day of it',
      quantities: { users: 4, nats_per_user: 1710 / 1024 },
      total: 4,
    })
    expect(cause?.lines.map(({ timestampMs }) => (timestampMs - instant(0)) / MINUTE_MS)).toEqual([
      60, 61, 62, 63,
    ])
  })

  test('leaves room for the success among the lines that are shown', () => {
    const cause = causeOf(success(100), failures(8), { common: { evidenceLines: 6 } })
    expect([cause?.lines.length, cause?.total]).toEqual([5, 8])
  })

  test.each<{ what: string; suspect: AnnotatedAttempt; others?: AnnotatedAttempt[]; is: boolean }>([
    { what: 'three others', suspect: success(100), is: true },
    { what: 'two others', suspect: success(100), others: failures(2), is: false },
    {
      what: 'two others and the user',
      suspect: success(100),
      others: [...failures(2), attempt('victim', 50, 'mfa_denied')],
      is: false,
    },
    {
      what: 'two others and one who gets in after a refused second factor',
      suspect: success(100),
      others: [
        ...failures(2),
        attempt('aoki', 90, 'mfa_denied'),
        attempt('aoki', 110, 'success', ORDINARY),
      ],
      is: false,
    },
    {
      what: 'two others and one who failed where vouched',
      suspect: success(100),
      others: [
        ...failures(2),
        attempt('aoki', 90, 'bad_credential', { ...KNOWN, isVouched: true }),
      ],
      is: false,
    },
    {
      what: 'two others and one who failed through a provider of theirs',
      suspect: success(100),
      others: [...failures(2), attempt('aoki', 90, 'bad_credential', { ...KNOWN, knowsAsn: true })],
      is: false,
    },
    ...(['mfa_denied', 'disabled_or_locked', 'unknown_user'] as const).map((outcome) => ({
      what: `two others and one of ${outcome}`,
      suspect: success(100),
      others: [...failures(2), attempt('aoki', 90, outcome)],
      is: true,
    })),
    {
      what: 'a login in the cold start',
      suspect: success(100, { ...KNOWN, isCold: true }),
      is: false,
    },
    { what: 'an ordinary login', suspect: success(100, ORDINARY), is: false },
    { what: 'a refused second factor', suspect: attempt('victim', 100, 'mfa_denied'), is: false },
  ])('$what: $is', ({ suspect, others = failures(3), is }) => {
    // Whatever the line says: it is the first.
    const said = { firstSuccessMs: suspect.attempt.event.timestampMs }
    expect(causeOf(suspect, others, {}, said) !== undefined).toBe(is)
  })

  test.each([
    { what: 'a day before', minute: 100 - 1440, is: true },
    { what: 'more than a day before', minute: 100 - 1440 - 1 / MINUTE_MS, is: false },
    { what: 'a day after', minute: 100 + 1440, is: true },
    { what: 'more than a day after', minute: 100 + 1440 + 1 / MINUTE_MS, is: false },
  ])('counts who failed $what: $is', ({ minute, is }) => {
    const others = [...failures(2), attempt('aoki', minute, 'bad_credential')]
    expect(causeOf(success(100), others) !== undefined).toBe(is)
  })
})
