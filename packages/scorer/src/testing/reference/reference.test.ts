import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG, limitsOf, PANE_MS } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import fc from 'fast-check'
import {
  at,
  day,
  HOSTING,
  lineAt,
  login,
  refusals,
  refused,
  TODAY,
  TOKYO,
  tenDaysOf,
} from '../story.ts'
import { worldArbitrary } from '../world.ts'
import { distinctAttempts } from './distinct-attempts.ts'
import { runReference } from './reference.ts'
import { ReferenceSourceView, recordsBySource } from './reference-source-view.ts'
import { ReferenceState } from './reference-state.ts'

const RUNS = 40
const SEED = 20261122
const NOON = at(TODAY, '12:00')

describe('copies of one event', () => {
  const line = login('aoki', TOKYO, TODAY, '08:00')
  const copies = ['c', 'a', 'b'].map((rawSha256) => ({ ...line, rawSha256 }))
  test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 0, 2]]])(
    'in order %j the smallest hash wins',
    (order) => {
      const attempts = order.map((i) => copies[i] as Attempt)
      expect(distinctAttempts(attempts)).toEqual([copies[1]])
    },
  )

  test('are sorted by time, then id', () => {
    const lines = ['berg', 'chiba', 'aoki'].map((user) => login(user, TOKYO, TODAY, '08:00'))
    const earlier = login('doi', TOKYO, TODAY, '07:59:59.999')
    const ids = distinctAttempts([...lines, earlier]).map(({ id }) => id)
    expect(ids).toEqual([earlier.id, ...lines.map(({ id }) => id).sort()])
  })
})

describe('a source network', () => {
  const address = '198.51.100.1'
  const vouchedAt = (timestampMs: number, userKey = 'aoki') => ({
    prefix: '198.51.100.0/24',
    login: { userKey, address, timestampMs },
  })
  const viewOf = (times: readonly number[], onDay = TODAY) => {
    const vouchedLogins = times.map((timestampMs) => vouchedAt(timestampMs))
    const [entry] = recordsBySource([{ annotated: [], vouchedLogins }])
    const [prefix, records] = entry as NonNullable<typeof entry>
    return new ReferenceSourceView(new ReferenceState([], DEFAULT_CONFIG), prefix, records, onDay)
  }

  test('keeps the first vouched login of a user, address and pane', () => {
    const times = [NOON + PANE_MS, NOON + PANE_MS - 1, NOON, NOON + 1]
    const kept = viewOf(times).vouchedLogins(NOON, NOON + PANE_MS)
    expect(kept.map(({ timestampMs }) => timestampMs)).toEqual([NOON, NOON + PANE_MS])
  })

  test.each([
    ['two days before', at(day(8), '00:00'), true],
    ['three days before', at(day(7), '23:59:59.999'), false],
    ['the day after', at(day(11), '23:59:59.999'), true],
    ['two days after', at(day(12), '00:00'), false],
  ])('its first success is looked for on the days around: %s', (_name, timestampMs, isFound) => {
    expect(viewOf([timestampMs]).firstSuccessMs).toBe(isFound ? timestampMs : null)
  })
})

/** Everything that was said, by id, as text. */
function textsOf(attempts: readonly Attempt[]): string[] {
  const { alerts, signals } = runReference(attempts)
  return [...alerts, ...signals].map((alert) => JSON.stringify(alert)).sort()
}

describe('a run', () => {
  const thief = lineAt('aoki', HOSTING, NOON + 30_000, {
    attempt: 'success',
    outcome: 'success',
    decides: 'yes',
  })
  const guesses = refusals(6, (i) => `guess${i}x${i}`, HOSTING, NOON, 5)
  const attempts = [...tenDaysOf('aoki', 'berg', 'chiba'), ...guesses, thief]

  test('finds the attack on a source and the success inside it, for good', () => {
    const { alerts } = runReference(attempts)
    const byFamily = new Map(alerts.map((alert): [string, Alert] => [alert.family, alert]))
    expect(byFamily.get('N')).toMatchObject({ ruleId: 'N1', entity: 'prefix:100.70.2.0/24' })
    expect(byFamily.get('X1')).toMatchObject({ userKey: 'aoki', severity: 'critical' })
    for (const alert of alerts) {
      const life = { state: 'final', revision: 1, materialRevision: 1, lateBeyondHorizon: false }
      expect(alert).toMatchObject(life)
      expect(alert.inputs.profileDay).toBe('2026-03-09')
    }
  })

  describe('with a strange login twice, two days apart', () => {
    const first = login('aoki', HOSTING, TODAY, '12:00')
    const second = login('aoki', HOSTING, day(12), '12:00')
    const home = tenDaysOf('aoki', 'berg', 'chiba')
    const ofSecond = (lines: readonly Attempt[], config = DEFAULT_CONFIG) =>
      runReference([...home, ...lines], config).alerts.find(({ day }) => day === '2026-03-14')

    test('learns nothing from the first where that is a high alert', () => {
      const alert = ofSecond([first, second])
      expect(alert).toMatchObject({ family: 'U2', severity: 'high' })
      expect(alert).toEqual(ofSecond([second]))
    })

    test('learns from the first where that is a lesser one', () => {
      const config = { ...DEFAULT_CONFIG, limits: limitsOf({ login: { high: 20 } }) }
      const [taught, untaught] = [ofSecond([first, second], config), ofSecond([second], config)]
      expect(untaught?.severity).toBe('medium')
      expect(taught?.score ?? 0).toBeLessThan(untaught?.score ?? 0)
    })
  })

  test('finds nothing in an ordinary fortnight', () => {
    const mistyped = refused('aoki', TOKYO, TODAY, '07:59')
    const { alerts, signals } = runReference([...tenDaysOf('aoki', 'berg'), mistyped])
    expect([alerts, signals]).toEqual([[], []])
  })

  test('does not depend on the order of the lines nor on copies; signals are low, alerts are not', () => {
    let said = 0
    fc.assert(
      fc.property(worldArbitrary, fc.infiniteStream(fc.nat(99)), (world, ranks) => {
        const ranked = [...world, ...world.filter((_, i) => i % 3 === 0)].map((attempt) => ({
          attempt,
          rank: ranks.next().value,
        }))
        const shuffled = ranked.sort((a, b) => a.rank - b.rank).map(({ attempt }) => attempt)
        expect(textsOf(shuffled)).toEqual(textsOf(world))
        const { alerts, signals } = runReference(world)
        expect(alerts.filter(({ severity }) => severity === 'low')).toEqual([])
        expect(signals.filter(({ severity }) => severity !== 'low')).toEqual([])
        said += alerts.length
      }),
      { numRuns: RUNS, seed: SEED },
    )
    expect(said).toBeGreaterThan(RUNS)
  })
})
