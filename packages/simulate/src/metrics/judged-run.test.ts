import { describe, expect, test } from '@jest/globals'
import type { Episode } from '../simulation.ts'
import type { Finding } from './finding.ts'
import { judgedRun } from './judged-run.ts'
import { LabelledEpisode } from './labelled-episode.ts'

const HOUR_MS = 3_600_000
const START_MS = Date.UTC(2026, 2, 10, 4)

const EPISODE: Episode = {
  id: 'single-source-stuffing-1',
  kind: 'single-source-stuffing',
  traits: { network: 'hosting' },
  victims: ['BANK\\Grace'],
  tried: ['BANK\\Grace', 'emma', 'noah'],
  addresses: ['198.51.100.7'],
  startMs: START_MS,
  endMs: START_MS + HOUR_MS,
  firstSuccessMs: START_MS + HOUR_MS,
}

/** Three users, ten minutes apart. */
function episode() {
  const labelled = new LabelledEpisode()
  for (const [index, userKey] of ['emma', 'noah', 'grace'].entries()) {
    const timestampMs = START_MS + index * 600_000
    const attempt = userKey === 'grace' ? 'success' : 'bad_credential'
    const at = { timestampMs, userKey, sourceAddress: '198.51.100.7' }
    labelled.add({ ...at, attempt, decides: 'yes' })
  }
  return labelled.judge(EPISODE)
}

function finding(changes: Partial<Finding>): Finding {
  const timestampMs = changes.timestampMs ?? START_MS + 600_000
  return {
    rule: 'N1',
    timestampMs,
    saidMs: { medium: timestampMs },
    severity: 'medium',
    userKey: '',
    prefixes: ['198.51.100.0/24'],
    ...changes,
  }
}

describe('an alert finds an attack', () => {
  const cases: readonly [string, boolean, Partial<Finding>][] = [
    ['about its network', true, {}],
    ['about another network', false, { prefixes: ['203.0.113.0/24'] }],
    ['about no network and nobody', false, { prefixes: [] }],
    ['about a victim, wherever from', true, { userKey: 'grace', prefixes: ['203.0.113.0/24'] }],
    ['about a tried user from its network', true, { userKey: 'emma' }],
    ['about a tried user from elsewhere', false, { userKey: 'emma', prefixes: ['203.0.113.0/24'] }],
    ['about somebody else behind the same network', false, { userKey: 'olivia' }],
    ['at its first line', true, { timestampMs: START_MS }],
    ['before it', false, { timestampMs: START_MS - 1 }],
    ['a day after its end', true, { timestampMs: START_MS + 25 * HOUR_MS }],
    ['more than a day after its end', false, { timestampMs: START_MS + 25 * HOUR_MS + 1 }],
  ]
  test.each(cases)('%s: %p', (_name, isFound, changes) => {
    const falseOnes: Finding[] = []
    const run = judgedRun([finding(changes)], [episode()], START_MS - 10 * HOUR_MS, (one) => {
      falseOnes.push(one)
    })
    expect(run.episodes[0]?.found.medium !== null).toBe(isFound)
    expect(run.trueFindings.medium).toBe(isFound ? 1 : 0)
    expect(run.falseFindings.medium).toBe(isFound ? 0 : 1)
    expect(run.falseByRule).toEqual(isFound ? {} : { N1: 1 })
    expect(falseOnes).toHaveLength(isFound ? 0 : 1)
  })

  test('a gateway whose clock is slow moves the window', () => {
    const labelled = new LabelledEpisode()
    labelled.add({
      timestampMs: START_MS - HOUR_MS,
      userKey: 'emma',
      sourceAddress: '198.51.100.7',
      attempt: 'bad_credential',
      decides: 'yes',
    })
    const early = finding({ timestampMs: START_MS - HOUR_MS })
    const run = judgedRun([early], [labelled.judge(EPISODE)], 0)
    expect(run.episodes[0]?.found.medium).toEqual({ delayMs: 0, victimsTried: 1 })
  })

  test('of which no line was read: by what the truth says', () => {
    const run = judgedRun([finding({})], [new LabelledEpisode().judge(EPISODE)], 0)
    expect(run.episodes[0]?.found.medium).toEqual({ delayMs: 600_000, victimsTried: 0 })
  })
})

describe('judgedRun', () => {
  test('times each severity by the first word that was so grave', () => {
    const medium = finding({ saidMs: { medium: START_MS + 300_000 } })
    const high = finding({
      severity: 'high',
      saidMs: { medium: START_MS + 700_000, high: START_MS + 1_200_000 },
    })
    const { episodes } = judgedRun([high, medium], [episode()], 0)
    expect(episodes[0]?.found).toEqual({
      medium: { delayMs: 300_000, victimsTried: 1 },
      high: { delayMs: 1_200_000, victimsTried: 3 },
      critical: null,
    })
  })

  test('leaves out the days for learning', () => {
    const { falseFindings, trueFindings } = judgedRun(
      [finding({}), finding({ userKey: 'olivia' })],
      [episode()],
      START_MS + HOUR_MS,
    )
    expect([falseFindings.medium, trueFindings.medium]).toEqual([0, 0])
  })

  test('an alert may name two attacks, and counts once', () => {
    const twin = { ...EPISODE, id: 'single-source-stuffing-2' }
    const both = [episode(), new LabelledEpisode().judge(twin)]
    const { episodes, trueFindings } = judgedRun([finding({})], both, 0)
    expect(episodes.map(({ found }) => found.medium !== null)).toEqual([true, true])
    expect(trueFindings.medium).toBe(1)
  })
})

describe('users under whose name the attacker got in', () => {
  const cases: readonly [string, number, number, readonly Finding[]][] = [
    ['named at high', 1, 1, [finding({ userKey: 'grace', severity: 'high' })]],
    ['named at medium', 1, 0, [finding({ userKey: 'grace' })]],
    ['another named', 0, 0, [finding({ userKey: 'emma', severity: 'high' })]],
    ['only the source named', 0, 0, [finding({ severity: 'critical' })]],
  ]
  test.each(cases)('%s', (_name, medium, high, findings) => {
    const [result] = judgedRun(findings, [episode()], 0).episodes
    expect(result).toMatchObject({ gotIn: 1, gotInNamed: { medium, high, critical: 0 } })
  })
})
