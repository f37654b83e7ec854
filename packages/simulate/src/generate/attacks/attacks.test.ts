import { describe, expect, test } from '@jest/globals'
import type { LoggedEvent } from '@sekisho/event'
import { LineParser } from '@sekisho/ingest'
import type { AttackKind } from '../../simulation.ts'
import { ATTACK_KINDS, SWITCHES, simulate } from '../simulate.ts'

/** What each kind leaves in the logs at least: outcomes that count, over all episodes of the kind. */
const LEAVES: Readonly<
  Record<AttackKind, Readonly<Partial<Record<LoggedEvent['attempt'], number>>>>
> = {
  'single-source-stuffing': { unknown_user: 20, bad_credential: 5 },
  'rotating-prefix-stuffing': { unknown_user: 20, bad_credential: 2 },
  'hosting-fleet': { unknown_user: 60, bad_credential: 5 },
  'residential-botnet': { unknown_user: 60, bad_credential: 100 },
  'ordered-spray': { bad_credential: 40 },
  'distributed-brute-force': { bad_credential: 40 },
  'leaked-list-replay': { success: 1, bad_credential: 5, unknown_user: 1 },
  'stolen-hosting-abroad': { success: 8 },
  'stolen-foreign-home': { success: 8 },
  'stolen-domestic-home': { success: 8 },
  'stolen-usual-hours': { success: 8 },
  'session-theft': { success: 2 },
  'factor-fatigue': { mfa_denied: 20, success: 1 },
  'dormant-account': { success: 3 },
  'branch-pivot': { success: 2 },
  'administrator-creation': { admin: 2, success: 2 },
  'shared-carrier-gateway': { unknown_user: 10, bad_credential: 2 },
  'teaching-attacker': { success: 10 },
  'log-suppression': { success: 2 },
}

/** Of an attack alone in a world of plain people with FortiGates and a second factor. */
function attackAlone(kind: AttackKind) {
  const options = { seed: 11, users: 600, days: 40, learningDays: 10, without: SWITCHES }
  const { lines, truth } = simulate('hospital', { ...options, attacks: [kind] })
  const parser = new LineParser({ timezone: 'Europe/London' })
  const events: LoggedEvent[] = []
  let honest = 0
  for (const { text, episode } of lines) {
    if (episode === null) honest++
    if (episode === null) continue
    const bytes = Buffer.from(text)
    const parsed = parser.parse(bytes, 0, bytes.length)
    if (parsed.kind !== 'event') throw new Error(text)
    events.push({ ...parsed.event })
  }
  return { events, episodes: truth.episodes, honest }
}

describe.each(ATTACK_KINDS)('%s', (kind) => {
  const { events, episodes, honest } = attackAlone(kind)

  test('leaves what it says, and no other kind happens', () => {
    expect(new Set(episodes.map((episode) => episode.kind))).toEqual(new Set([kind]))
    expect(honest).toBeGreaterThan(0)
    for (const [attempt, least] of Object.entries(LEAVES[kind])) {
      const found = events.filter((event) => event.attempt === attempt)
      expect([attempt, found.length >= least]).toEqual([attempt, true])
    }
  })

  test('its lines name the addresses and people that the truth names', () => {
    const addresses = new Set(episodes.flatMap((episode) => episode.addresses))
    const tried = new Set(episodes.flatMap((episode) => episode.tried))
    const strange = events.filter(({ sourceAddress, userRaw }) => {
      const isElsewhere =
        sourceAddress !== '' && addresses.size < 1000 && !addresses.has(sourceAddress)
      return isElsewhere || (userRaw !== '' && !tried.has(userRaw))
    })
    expect(strange).toEqual([])
  })
})

test('log-suppression: its gateway says nothing for an hour or more', () => {
  const options = { seed: 11, users: 600, days: 40, learningDays: 10 }
  const { lines, truth } = simulate('workshop', {
    ...options,
    attacks: ['log-suppression'],
    without: [],
  })
  const times = Array.from(lines, ({ deliveredMs }) => deliveredMs)
  for (const { startMs } of truth.episodes) {
    const near = times.filter((ms) => ms > startMs && ms < startMs + 6 * 3_600_000)
    const gaps = near.map((ms, n) => ms - (near[n - 1] ?? startMs))
    expect(Math.max(...gaps)).toBeGreaterThan(2_400_000)
  }
})

test('without attacks there is no labelled line', () => {
  const options = { seed: 11, users: 100, days: 6, learningDays: 2, attacks: [] }
  const { lines, truth } = simulate('bank', options)
  expect(truth.episodes).toEqual([])
  expect(Array.from(lines).filter(({ episode }) => episode !== null)).toEqual([])
})
