import { describe, expect, test } from '@jest/globals'
import type { AttemptOutcome } from '@sekisho/event'
import { DEFAULT_CONFIG, type DetectConfig } from './config.ts'
import { limitsOf, PANE_MS } from './limits.ts'
import { attacksAround, type FlaggedPane, sourceAttack } from './source-attack.ts'
import type { AnnotatedAttempt } from './source-view.ts'
import { annotatedOf, attemptOf, viewOf } from './testing/annotated.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from './time.ts'

const DAY = 20_000
const START_MS = DAY * DAY_MS
const A = '203.0.113.7'
const B = '203.0.113.8'

/** Three nats for an unknown name and a threshold of twelve, so that four names reach it exactly. */
function configOf(source: Partial<Record<string, number>> = {}): DetectConfig {
  const overrides = { unknownUser: 3, threshold: 12, ...source }
  return { ...DEFAULT_CONFIG, limits: limitsOf({ source: overrides }) }
}

function one(
  user: string,
  ms: number,
  address = A,
  outcome: AttemptOutcome = 'unknown_user',
  flags: Partial<AnnotatedAttempt> = {},
): AnnotatedAttempt {
  const said = { attempt: outcome, sourceAddress: address }
  return annotatedOf(attemptOf(user, START_MS + ms, said), outcome, flags)
}

/** Different names, one a second. */
function names(count: number, ms: number, address = A): AnnotatedAttempt[] {
  return Array.from({ length: count }, (_, i) =>
    one(`${address}.${ms}.${i}`, ms + i * 1000, address),
  )
}

function panesOf(
  annotated: readonly AnnotatedAttempt[],
  config = configOf(),
): readonly FlaggedPane[] | null {
  return sourceAttack(viewOf(annotated, { config }), DAY)?.panes ?? null
}

describe('a pane fires', () => {
  test.each<{ what: string; count: number; source?: Record<string, number>; fires: boolean }>([
    { what: 'at the threshold', count: 4, fires: true },
    { what: 'not under it', count: 4, source: { threshold: 12.001 }, fires: false },
    { what: 'from the least number of users', count: 4, source: { unknownUser: 9 }, fires: true },
    { what: 'not from one less', count: 3, source: { unknownUser: 9 }, fires: false },
  ])('$what', ({ count, source, fires }) => {
    const panes = panesOf(names(count, 12 * HOUR_MS), configOf(source))
    expect(panes?.length ?? null).toBe(fires ? 1 : null)
  })

  test('with what it was counted from', () => {
    const attack = sourceAttack(viewOf(names(4, 12 * HOUR_MS), { config: configOf() }), DAY)
    expect(attack).toMatchObject({ day: DAY, isCapped: false })
    expect(attack?.attempts).toHaveLength(4)
    expect(attack?.panes).toEqual([
      {
        paneStartMs: START_MS + 12 * HOUR_MS,
        address: A,
        addresses: [A],
        isPrefixFlagged: false,
        // The longest of windows that are equally strong.
        windowMs: DAY_MS,
        llr: 12 * 1024,
        failingUsers: 4,
        prefixLlr: 12 * 1024,
      },
    ])
  })

  test.each([
    { what: 'in the first millisecond of the day', last: 0, fires: true },
    { what: 'in its last millisecond', last: DAY_MS - 1, fires: true },
    { what: 'not in the first of the next', last: DAY_MS, fires: false },
    { what: 'not in the last of the day before', last: -1, fires: false },
  ])('$what', ({ last, fires }) => {
    const panes = panesOf([0, 1, 2, 3].map((i) => one(`name${i}`, last)))
    expect(panes?.length ?? null).toBe(fires ? 1 : null)
  })

  test.each([
    { what: 'a day before the end of the pane', back: DAY_MS, fires: true },
    { what: 'a millisecond longer', back: DAY_MS + 1, fires: false },
  ])('with what came $what: $fires', ({ back, fires }) => {
    const earlier = one('earlier', 12 * HOUR_MS + PANE_MS - back)
    const panes = panesOf([earlier, ...names(3, 12 * HOUR_MS)])
    expect(panes?.length ?? null).toBe(fires ? 1 : null)
  })

  test.each([
    { what: 'ten minutes', windowMs: 10 * MINUTE_MS, back: 10 * MINUTE_MS },
    { what: 'an hour', windowMs: HOUR_MS, back: HOUR_MS },
    { what: 'a day, just over an hour', windowMs: DAY_MS, back: HOUR_MS + 1 },
    { what: 'an hour, just over ten minutes', windowMs: HOUR_MS, back: 10 * MINUTE_MS + 1 },
  ])('in the window of $what', ({ windowMs, back }) => {
    const first = one('first', 12 * HOUR_MS + PANE_MS - back)
    // Logins that speak for the source, just outside of the window, make longer ones weaker.
    const before = 12 * HOUR_MS + PANE_MS - windowMs - 1
    const own = one('own', before, A, 'success', { isVouched: true, isKnown: true })
    const panes = panesOf([own, first, ...names(3, 12 * HOUR_MS)])
    expect(panes).toMatchObject([{ windowMs, llr: 12 * 1024 }])
  })

  test('not when only a login falls into it', () => {
    const login = one('stranger', 13 * HOUR_MS, A, 'success', { isKnown: true })
    const panes = panesOf([...names(4, 12 * HOUR_MS), login])
    expect(panes?.map(({ paneStartMs }) => paneStartMs)).toEqual([START_MS + 12 * HOUR_MS])
  })

  test('when a failure falls into it, also if a login follows', () => {
    const late = 13 * HOUR_MS
    const login = one('stranger', late + 2000, A, 'success', { isKnown: true })
    const panes = panesOf([...names(4, 12 * HOUR_MS), one('fifth', late), login])
    expect(panes?.map(({ paneStartMs }) => paneStartMs - START_MS)).toEqual([12 * HOUR_MS, late])
  })
})

describe('the level that a pane is about', () => {
  test.each<{ what: string; counts: Record<string, number>; address: string; llr: number }>([
    { what: 'an address alone', counts: { [A]: 4 }, address: A, llr: 12 },
    { what: 'the stronger address', counts: { [A]: 4, [B]: 5 }, address: B, llr: 15 },
    { what: 'the smaller text of equals', counts: { [B]: 4, [A]: 4 }, address: A, llr: 12 },
    {
      what: 'an address with exactly half',
      counts: { [A]: 4, '203.0.113.9': 2, '203.0.113.10': 2 },
      address: A,
      llr: 12,
    },
    {
      what: 'the network, where the address has less than half',
      counts: { [A]: 4, '203.0.113.9': 3, '203.0.113.10': 2 },
      address: '',
      llr: 27,
    },
    {
      what: 'the network, where no address fires',
      counts: { [A]: 2, '203.0.113.9': 2 },
      address: '',
      llr: 12,
    },
  ])('$what', ({ counts, address, llr }) => {
    const lists = Object.entries(counts).map(([at, count]) => names(count, 12 * HOUR_MS, at))
    expect(panesOf(lists.flat())).toMatchObject([
      {
        address,
        isPrefixFlagged: address === '',
        llr: llr * 1024,
        failingUsers: llr / 3,
        addresses: Object.keys(counts)
          .filter((at) => (counts[at] ?? 0) >= 4)
          .sort(),
        prefixLlr: Object.values(counts).reduce((sum, count) => sum + count * 3 * 1024, 0),
      },
    ])
  })

  test('an address that stops firing as its failures leave is not flagged any more', () => {
    const panes = panesOf([...names(4, -2 * HOUR_MS, A), ...names(4, 23 * HOUR_MS, B)])
    expect(panes).toMatchObject([{ address: B, addresses: [B] }])
  })

  test('addresses and network that fire in any window are all flagged', () => {
    // In ten minutes one address; over the day three others fail too, so that the network is louder.
    const earlier = [9, 10, 11].flatMap((n) => names(3, 6 * HOUR_MS, `203.0.113.${n}`))
    const panes = panesOf([...earlier, ...names(4, 12 * HOUR_MS)])
    expect(panes?.at(-1)).toMatchObject({
      address: '',
      isPrefixFlagged: true,
      addresses: [A],
      windowMs: DAY_MS,
      llr: 39 * 1024,
    })
  })

  test('the network stays flagged where a longer window is about an address', () => {
    // Ten minutes: four names from four addresses. The day: one address alone has tried eight.
    const now = [9, 10, 11, 12].flatMap((n) => names(1, 12 * HOUR_MS, `203.0.113.${n}`))
    const panes = panesOf([...names(8, 6 * HOUR_MS), ...now])
    expect(panes?.at(-1)).toMatchObject({ address: A, isPrefixFlagged: true, llr: 24 * 1024 })
  })

  test('a weaker longer window takes nothing away', () => {
    const own = Array.from({ length: 3 }, (_, i) =>
      one(`own${i}`, 6 * HOUR_MS, A, 'success', { isVouched: true, isKnown: true }),
    )
    const panes = panesOf([...own, ...names(4, 12 * HOUR_MS)])
    expect(panes).toMatchObject([{ windowMs: HOUR_MS, llr: 12 * 1024, prefixLlr: 12 * 1024 }])
  })
})

test('panes stand in the order of time, in whichever window they were found', () => {
  // The first pane fires over the day only, the second already over ten minutes.
  const spread = Array.from({ length: 4 }, (_, i) => one(`slow${i}`, (i + 1) * 2 * HOUR_MS))
  const panes = panesOf([...spread, ...names(4, 12 * HOUR_MS)])
  expect(panes?.map(({ paneStartMs }) => (paneStartMs - START_MS) / HOUR_MS)).toEqual([8, 12])
})

describe('failures of people who get in later', () => {
  const hurried = names(7, 23 * HOUR_MS)
  const config = configOf({ ordinarySuccess: 0 })
  const newcomers = hurried
    .slice(0, 4)
    .map(({ attempt }, i) =>
      one(attempt.event.userKey, DAY_MS + i, A, 'success', { isHomeCountry: true }),
    )

  test('are no attack, the next morning either', () => {
    expect(panesOf([...hurried, ...newcomers], config)).toBeNull()
    expect(panesOf([...hurried, ...newcomers.slice(1)], config)).toHaveLength(1)
  })

  test('are one as long as the day after is not known', () => {
    const view = viewOf([...hurried, ...newcomers], { config })
    expect(sourceAttack(view, DAY, DAY)?.panes).toHaveLength(1)
    expect(attacksAround(() => view, DAY)).toEqual([])
    expect(attacksAround(() => view, DAY - 1).map(({ day }) => day)).toEqual([DAY])
  })
})
