import { describe, expect, test } from '@jest/globals'
import {
  byTimeAndId,
  DAY_MS,
  DEFAULT_CONFIG,
  type DetectConfig,
  limitsOf,
  PANE_MS,
} from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'
import { ByteSource } from './store/byte-source.ts'
import { RowLog } from './store/row-log.ts'
import { Vocabulary } from './store/vocabulary.ts'
import { HOSTING, lineAt, TODAY, TOKYO } from './testing/story.ts'
import { UserLog } from './user-log.ts'

fc.configureGlobal({ seed: 20_261_122 })

const PER_PANE = 16
const PER_DAY = 64
const room = { linesPerPane: PER_PANE, linesPerDay: PER_DAY, strangerLinesPerDay: 8 }
const config: DetectConfig = { ...DEFAULT_CONFIG, limits: limitsOf({ room }) }
const KINDS = ['success', 'bad_credential', 'mfa_denied', 'disabled_or_locked'] as const

function line(kind: (typeof KINDS)[number], pane: number, second: number): Attempt {
  const outcome = kind === 'success' ? 'success' : 'failure'
  const timestampMs = TODAY * DAY_MS + pane * PANE_MS + second * 1000
  const from = kind === 'success' ? TOKYO : HOSTING
  // Refused for different reasons, two lines of one instant are two events.
  return lineAt('aoki', from, timestampMs, { attempt: kind, outcome, reasonRaw: kind })
}

function newLog(): UserLog {
  return new UserLog(TODAY, config, new Vocabulary(config))
}

/** What is kept of lines that come in this order. */
function keptOf(lines: readonly Attempt[], isStranger = false): string[] {
  const log = newLog()
  for (const each of lines) log.join(1, each, isStranger)
  return log.attempts(1, 'aoki').map(({ id }) => id)
}

/** The definition: in each pane of a kind the smallest ids, of a day of a kind the newest panes, there too the smallest ids. */
function expectedOf(lines: readonly Attempt[]): string[] {
  const distinct = [...new Map(lines.map((each) => [each.id, each])).values()]
  if (distinct.length <= PER_PANE) return distinct.sort(byTimeAndId).map(({ id }) => id)
  const kept = KINDS.flatMap((kind) => {
    const ofKind = distinct.filter(({ event }) => event.attempt === kind)
    const panes = Map.groupBy(ofKind, ({ event }) => Math.floor(event.timestampMs / PANE_MS))
    return [...panes]
      .sort(([a], [b]) => b - a)
      .flatMap(([, members]) => members.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, PER_PANE))
      .slice(0, PER_DAY)
  })
  return kept.sort(byTimeAndId).map(({ id }) => id)
}

/** Many lines of two kinds in few panes, so that both caps are met. */
const crowds = fc
  .array(
    fc.record({
      kind: fc.constantFrom('success' as const, 'bad_credential' as const, 'mfa_denied' as const),
      pane: fc.integer({ min: 0, max: 7 }),
      count: fc.integer({ min: 1, max: 30 }),
    }),
    { maxLength: 14 },
  )
  .map((all) =>
    all.flatMap(({ kind, pane, count }) =>
      Array.from({ length: count }, (_, second) => line(kind, pane, second)),
    ),
  )
const shuffled = crowds.chain((lines) =>
  fc.tuple(
    fc.constant(lines),
    fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length }),
  ),
)

describe('the lines of a day', () => {
  test('what is kept is a function of the set of lines', () => {
    fc.assert(
      fc.property(shuffled, ([lines, others]) => {
        const expected = expectedOf(lines)
        expect(keptOf(lines)).toEqual(expected)
        expect(keptOf(others)).toEqual(expected)
        expect(keptOf([...others, ...lines])).toEqual(expected)
      }),
    )
  })

  test('a restored log goes on as the one that was saved', () => {
    fc.assert(
      fc.property(shuffled, fc.nat({ max: 100 }), ([lines, others], at) => {
        const cut = Math.min(at, others.length)
        const vocabulary = new Vocabulary(config)
        const log = new UserLog(TODAY, config, vocabulary)
        for (const each of others.slice(0, cut)) log.join(1, each, false)
        const restored = new UserLog(TODAY, config, vocabulary)
        restored.restore(RowLog.restore('dense', new ByteSource([...log.rows.save()])))
        for (const each of others.slice(cut)) restored.join(1, each, false)
        expect(restored.attempts(1, 'aoki').map(({ id }) => id)).toEqual(expectedOf(lines))
      }),
      { numRuns: 50 },
    )
  })

  test('of a name that never succeeded only so many lines are kept, those with the smallest ids', () => {
    const lines = Array.from({ length: 30 }, (_, second) => line('bad_credential', 2, second))
    const smallest = lines
      .map(({ id }) => id)
      .sort()
      .slice(0, 8)
    expect(keptOf(lines, true).sort()).toEqual(smallest)
    expect(keptOf([...lines].reverse(), true).sort()).toEqual(smallest)
  })

  test('of copies that differ the one with the smallest raw hash is kept, also in a crowd', () => {
    const known = line('success', 1, 0)
    const copies = ['c', 'a', 'b'].map((digit) => ({ ...known, rawSha256: digit.repeat(64) }))
    for (const others of [[], Array.from({ length: 40 }, (_, i) => line('bad_credential', 2, i))]) {
      const log = newLog()
      const joined = [...others, ...copies].map((each) => log.join(1, each, false)).slice(-3)
      expect(joined).toEqual(['added', 'added', 'known'])
      const [kept, ...more] = log.attempts(1, 'aoki').filter(({ id }) => id === known.id)
      expect([kept?.rawSha256, more]).toEqual(['a'.repeat(64), []])
    }
  })

  test('a flood of one kind takes no room of another, and of another account', () => {
    const log = newLog()
    for (let pane = 0; pane < 20; pane++) {
      for (let i = 0; i < 40; i++) log.join(1, line('bad_credential', 200 + pane, i), false)
    }
    expect(log.join(1, line('success', 1, 0), false)).toBe('added')
    expect(log.join(1, line('mfa_denied', 1, 0), false)).toBe('added')
    expect(log.join(2, line('bad_credential', 1, 0), false)).toBe('added')
    expect(log.join(1, line('bad_credential', 1, 0), false)).toBe('capped')
    expect([log.attempts(1, 'aoki').length, log.attempts(2, 'berg').length]).toEqual([
      PER_DAY + 2,
      1,
    ])
    expect([log.hasFailure(1), log.hasFailure(3)]).toEqual([true, false])
  })

  test('forgets an account as if it had never come, and of a complete day all but the last minutes', () => {
    const log = newLog()
    const [early, late] = [line('success', 10, 0), line('success', 287, 299)]
    for (const each of [early, late]) for (const account of [1, 2]) log.join(account, each, false)
    log.forget(2)
    expect(log.attempts(2, 'berg')).toEqual([])
    log.shrink()
    expect(log.attempts(1, 'aoki').map(({ id }) => id)).toEqual([late.id])
  })
})
