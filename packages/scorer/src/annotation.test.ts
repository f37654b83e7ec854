import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, PANE_MS, type UserFinding, units } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { annotationsOf } from './annotation.ts'
import { ReferenceState } from './testing/reference/reference-state.ts'
import { ReferenceUserView } from './testing/reference/reference-user-view.ts'
import { at, HOSTING, login, NEW_YORK, refused, TODAY, TOKYO, tenDaysOf } from './testing/story.ts'

const NO_FINDINGS = (): UserFinding[] => []

/** What is said of aoki's lines of today, after ten days at home in Tokyo. */
function annotate(lines: readonly Attempt[], findingsAround: () => UserFinding[] = NO_FINDINGS) {
  const state = new ReferenceState([...tenDaysOf('aoki'), ...lines], DEFAULT_CONFIG)
  const view = new ReferenceUserView(state, 'aoki', TODAY)
  return annotationsOf(view, state.resolved('aoki', TODAY), TODAY, findingsAround, true)
}

/** A brute force of `score` points on aoki in the pane that starts at an instant. */
function bruteForceAt(startMs: number, score: number): UserFinding {
  const evidence = Array.from({ length: 25 }, (_, i) => ({
    eventId: `${score}/${i}`,
    role: 'decisive',
  }))
  const counts = { failures_unvouched: 25, networks_unvouched: score }
  const draft = { score, timestampMs: startMs, counts, evidence } as unknown as UserFinding['draft']
  return { draft, attackPaneStartsMs: [startMs] }
}

describe('a login', () => {
  test('where the user is vouched is counted, not shown', () => {
    const { annotated, vouchedLogins } = annotate([
      login('aoki', TOKYO, TODAY, '08:00', { host: 7 }),
    ])
    expect(annotated).toEqual([])
    expect(vouchedLogins).toEqual([
      {
        prefix: '198.51.100.0/24',
        login: { userKey: 'aoki', address: '198.51.100.7', timestampMs: at(TODAY, '08:00') },
      },
    ])
  })

  test('from anywhere else carries the own networks along', () => {
    const { annotated, vouchedLogins } = annotate([login('aoki', NEW_YORK, TODAY, '08:00')])
    expect(vouchedLogins).toEqual([])
    expect(annotated).toMatchObject([
      {
        outcome: 'success',
        isVouched: false,
        knowsAsn: false,
        knowsCountry: false,
        knowsDevice: false,
        isKnown: true,
        isPerson: true,
        isHomeCountry: false,
        isCold: false,
        bruteForce: null,
        activeDays: 10,
        vouchedPrefixes: ['198.51.100.0/24'],
      },
    ])
  })
})

test('failures are shown wherever they are, with what is known and without networks', () => {
  const { annotated } = annotate([
    refused('aoki', TOKYO, TODAY, '08:00'),
    refused('aoki', HOSTING, TODAY, '09:00', { attempt: 'mfa_denied' }),
    login('aoki', NEW_YORK, TODAY, '10:00'),
  ])
  expect(annotated).toMatchObject([
    { outcome: 'success', isVouched: false },
    { outcome: 'bad_credential', isVouched: true, knowsAsn: true, isHomeCountry: true },
    { outcome: 'mfa_denied', isVouched: false, knowsAsn: false, isHomeCountry: false },
  ])
  expect(annotated.map(({ vouchedPrefixes }) => vouchedPrefixes.length)).toEqual([1, 0, 0])
})

describe('brute force around a login', () => {
  const noon = at(TODAY, '12:00')
  const dayMs = DEFAULT_CONFIG.limits.successInside.reachMs

  test('is asked for once, and only where something strange succeeded', () => {
    let asked = 0
    const count = (): UserFinding[] => {
      asked++
      return []
    }
    annotate(
      [login('aoki', TOKYO, TODAY, '08:00'), refused('aoki', HOSTING, TODAY, '09:00')],
      count,
    )
    expect(asked).toBe(0)
    annotate(
      [login('aoki', NEW_YORK, TODAY, '08:00'), login('aoki', HOSTING, TODAY, '09:00')],
      count,
    )
    expect(asked).toBe(1)
  })

  test('is the strongest one within a day of the login', () => {
    const strange = [login('aoki', HOSTING, TODAY, '12:00')]
    const findings = [
      bruteForceAt(noon + dayMs + 1, 30),
      bruteForceAt(noon - 3_600_000, 8),
      bruteForceAt(noon - dayMs - PANE_MS, 20),
      bruteForceAt(noon - dayMs - PANE_MS - 1, 40),
    ]
    const { bruteForce } = annotate(strange, () => findings).annotated[0] ?? {}
    expect(bruteForce).toMatchObject({ score: units(20), failures: 25, networks: 20 })
    expect(bruteForce?.evidence).toHaveLength(DEFAULT_CONFIG.limits.common.evidenceLines - 1)
    expect(bruteForce?.evidence.every(({ role }) => role === 'context')).toBe(true)
  })

  test('is none where all are too far away, and none of a failure', () => {
    const findings = [bruteForceAt(noon + dayMs + 1, 30)]
    const lines = [login('aoki', HOSTING, TODAY, '12:00')]
    expect(annotate(lines, () => findings).annotated[0]?.bruteForce).toBeNull()
    const failure = [refused('aoki', HOSTING, TODAY, '12:00')]
    expect(annotate(failure, () => [bruteForceAt(noon, 30)]).annotated[0]?.bruteForce).toBeNull()
  })
})
