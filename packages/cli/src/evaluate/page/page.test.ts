import { beforeAll, describe, expect, test } from '@jest/globals'
import type { EvaluatedRun } from '@sekisho/simulate'
import { evaluationOf } from '../evaluation.ts'
import { evaluationPage } from './page.ts'

const SIZE = {
  ...{ worlds: ['bank'], firstSeed: 1, seeds: 1, users: 1000, days: 30, learningDays: 20 },
}

/** A run with an attack that was found and one that was not. */
function run(reason: string): EvaluatedRun {
  const found = { delayMs: 60_000, victimsTried: 3 }
  const episode = { id: 'a', traits: {}, gotIn: 1, gotInNamed: { medium: 1, high: 0, critical: 0 } }
  const judged = {
    episodes: [
      { ...episode, kind: 'ordered-spray', found: { medium: found, high: null, critical: null } },
      { ...episode, kind: 'branch-pivot', found: { medium: null, high: null, critical: null } },
    ],
    falseFindings: { medium: 3, high: 0, critical: 0 },
    trueFindings: { medium: 1, high: 0, critical: 0 },
    falseByRule: { U2: 3 },
  } as const
  const forecasts = [
    { posterior: 0.02, isStolen: false },
    { posterior: 0.8, isStolen: true },
  ]
  return {
    ...{ world: 'bank', seed: 1, users: 1000, judgedDays: 10, lines: 5, attempts: 5, judged },
    graded: { episodeRisks: [60, -1], trueRisks: [60], falseRisks: [30, 47, 50], forecasts },
    ...{ configHash: reason, falseAlerts: [], takenBack: 0, lacks: null },
    peers: { Panther: judged },
  }
}

describe('evaluationPage', () => {
  let page = ''
  beforeAll(() => {
    page = evaluationPage(evaluationOf([run('<b>hash</b>')], SIZE))
  })

  test('five kinds of plots, each with words for who cannot see it', () => {
    const drawings = page.match(/<svg [^>]*role="img" aria-label="[^"]+"/g) ?? []
    // Recall, three severities, all attacks and four families, reliability, time.
    expect(drawings).toHaveLength(1 + 3 + 5 + 1 + 1)
    for (const words of ['ordered-spray', 'branch-pivot', 'Panther', 'Brier score', '1 min']) {
      expect(page).toContain(words)
    }
  })

  test('no number is missing in a drawing', () => {
    expect(page).not.toMatch(/NaN|undefined|Infinity|null/)
  })

  test('nothing from elsewhere, no script, and text stays text', () => {
    expect(page).not.toMatch(/<script|https?:|url\(|@import/)
    expect(page).toContain("default-src 'none'")
    expect(page).not.toContain('<b>hash</b>')
  })

  test('light and dark', () => {
    expect(page).toContain('prefers-color-scheme: dark')
  })

  test('without attacks, alerts and logins there is a page too', () => {
    const { judged, ...rest } = run('none')
    const silent = { ...judged, episodes: [], falseFindings: { medium: 0, high: 0, critical: 0 } }
    const graded = { episodeRisks: [], trueRisks: [], falseRisks: [], forecasts: [] }
    const empty = evaluationPage(evaluationOf([{ ...rest, judged: silent, graded }], SIZE))
    expect(empty).toContain('No login was said')
    expect(empty).not.toMatch(/NaN|undefined|Infinity/)
  })
})
