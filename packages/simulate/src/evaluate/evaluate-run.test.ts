import { describe, expect, test } from '@jest/globals'
import { DEFAULT_CONFIG } from '@sekisho/detect'
import type { AlertSeverity } from '../metrics/finding.ts'
import type { AttackKind } from '../simulation.ts'
import { CAUSES, type Cause, causeEffectOf } from './causes.ts'
import { evaluateRun, type RunConfiguration } from './evaluate-run.ts'

/** No own network is declared: what an administrator leaves out is left out here. */
function configured(text: string): RunConfiguration {
  const timezone = /^timezone: (.*)$/m.exec(text)?.[1] ?? null
  return { detect: DEFAULT_CONFIG, networks: [], timezone }
}

function evaluated(attacks: readonly AttackKind[], hasShuffledLabels = false) {
  const options = { seed: 5, users: 120, days: 14, learningDays: 9, attacks }
  return evaluateRun({ world: 'workshop', options, hasShuffledLabels }, configured)
}

describe('evaluateRun', () => {
  const attacks = ['single-source-stuffing', 'rotating-prefix-stuffing'] as const
  const run = evaluated(attacks)

  test('finds loud attacks, not before they can be seen', () => {
    expect(run.judged.episodes.map(({ kind }) => kind).sort()).toContain('single-source-stuffing')
    for (const { found } of run.judged.episodes) {
      expect(found.high).not.toBeNull()
      // Fewer than four users who fail are no attack (docs/rules, N1).
      expect(found.medium?.victimsTried).toBeGreaterThanOrEqual(4)
    }
  })

  test('says what it was made of', () => {
    expect(run).toMatchObject({ world: 'workshop', seed: 5, users: 120, judgedDays: 5 })
    expect(run.attempts).toBeGreaterThan(500)
    expect(run.lines).toBeGreaterThan(run.attempts)
    expect(run.configHash).not.toBe('')
  })

  test('every false alert has a cause, and is counted', () => {
    const { falseFindings } = run.judged
    const counted = falseFindings.medium + falseFindings.high + falseFindings.critical
    expect(run.falseAlerts).toHaveLength(counted)
    for (const { process, line } of run.falseAlerts) {
      expect(process).not.toBe('')
      expect(line.number).toBeGreaterThan(0)
    }
  })

  test('by risk it is the same alerts, and signals besides', () => {
    const { graded, judged } = run
    const count = ({ medium, high, critical }: Readonly<Record<AlertSeverity, number>>): number =>
      medium + high + critical
    expect(graded.trueRisks.length).toBeGreaterThanOrEqual(count(judged.trueFindings))
    expect(graded.falseRisks.length).toBeGreaterThanOrEqual(count(judged.falseFindings))
    expect(graded.episodeRisks).toHaveLength(judged.episodes.length)
    expect(Math.min(...graded.episodeRisks)).toBeGreaterThan(50)
  })

  test('by labels of others nothing is found: what was said is false then', () => {
    const shuffled = evaluated(attacks, true)
    expect(shuffled.judged.episodes).toHaveLength(run.judged.episodes.length)
    const found = shuffled.judged.episodes.filter((one) => one.found.medium !== null)
    expect(found).toEqual([])
    expect(shuffled.falseAlerts.length).toBeGreaterThan(run.falseAlerts.length)
  })

  test('without the cause of some terms only those are lost', () => {
    const attacks = ['stolen-hosting-abroad', 'stolen-foreign-home', 'factor-fatigue'] as const
    const options = { seed: 1001, users: 300, days: 30, learningDays: 10, attacks }
    const job = { world: 'agency', options, tellsDocuments: true }
    const complete = evaluateRun(job, configured).documents ?? {}
    const causes = Object.keys(CAUSES) as Cause[]
    for (const cause of causes) {
      const lacking = evaluateRun({ ...job, lacks: cause }, configured).documents ?? {}
      const { before, inBoth, ...moved } = causeEffectOf(cause, complete, lacking)
      expect([cause, before > 0, inBoth > 30]).toEqual([cause, true, true])
      expect(moved).toEqual({ after: 0, otherwiseChanged: 0, unexplained: 0 })
    }
  })

  test('the same job gives the same run', () => {
    expect(evaluated(attacks)).toEqual(run)
  })

  test('without attacks nothing is found', () => {
    const { judged } = evaluated([])
    expect(judged.episodes).toEqual([])
    expect(judged.trueFindings).toEqual({ medium: 0, high: 0, critical: 0 })
  })

  test('a world that there is not', () => {
    const options = { seed: 1, users: 100, days: 9, learningDays: 3 }
    expect(() => evaluateRun({ world: 'bonk', options }, configured)).toThrow(RangeError)
  })
})
