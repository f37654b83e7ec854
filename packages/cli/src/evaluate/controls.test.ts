import { describe, expect, test } from '@jest/globals'
import type { EvaluatedRun, EvaluationJob, Summary } from '@sekisho/simulate'
import { controlJobsOf, noAttacksResult, shuffledResult, withoutCauseResult } from './controls.ts'

const JOB: EvaluationJob = {
  world: 'agency',
  options: { seed: 1, users: 50, days: 9, learningDays: 3 },
}

const at = (value: number) => ({ value, low: value, high: value })

describe('controlJobsOf', () => {
  test('without a control the jobs stay as they are', () => {
    expect(controlJobsOf(null, [JOB])).toEqual([JOB])
  })

  test('labels of others, no attack, and a run for each cause beside the whole', () => {
    expect(controlJobsOf('shuffled-labels', [JOB])).toEqual([{ ...JOB, hasShuffledLabels: true }])
    expect(controlJobsOf('no-attacks', [JOB])[0]?.options.attacks).toEqual([])
    const lacking = controlJobsOf('without-cause', [JOB, JOB]).map(({ lacks }) => lacks)
    const each = [undefined, 'coordinates', 'devices', 'denials']
    expect(lacking).toEqual([...each, ...each])
  })
})

describe('shuffledResult', () => {
  test.each([
    [0.02, true],
    [0.4, false],
  ])('found of all attacks: %d', (recall, holds) => {
    const kind = { episodes: 50, recall: { medium: at(recall), high: at(0), critical: at(0) } }
    const result = shuffledResult({ kinds: [kind] } as unknown as Summary)
    expect(result.holds).toBe(holds)
    expect(result.rows.join()).toContain(recall.toFixed(3))
  })
})

describe('noAttacksResult', () => {
  test.each([
    [0.3, 0.05, true],
    [0.31, 0.05, false],
    [0.3, 0.06, false],
  ])('%d at medium, %d at high', (medium, high, holds) => {
    const rates = { medium: at(medium), high: at(high), critical: at(0) }
    const result = noAttacksResult({ falsePerThousandUsersAndDay: rates } as unknown as Summary)
    expect(result.holds).toBe(holds)
    expect(result.rows).toHaveLength(5)
  })
})

describe('withoutCauseResult', () => {
  const whole = { a: { impossible_travel: 2, known_device: -1 }, b: { factor_denied_before: 1 } }
  const runs = (...documents: readonly EvaluatedRun['documents'][]): EvaluatedRun[] =>
    documents.map((one) => ({ documents: one }) as unknown as EvaluatedRun)
  const withoutTravel = { a: { known_device: -1 }, b: { factor_denied_before: 1 } }
  const withoutDevice = { a: { impossible_travel: 2 }, b: { factor_denied_before: 1 } }
  const withoutDenial = { a: whole.a }

  test('each loses only its terms', () => {
    const result = withoutCauseResult(runs(whole, withoutTravel, withoutDevice, withoutDenial))
    expect(result.holds).toBe(true)
  })

  test.each([
    ['nothing is lost', runs(whole, whole, withoutDevice, withoutDenial)],
    ['something else is lost', runs(whole, { a: whole.a }, withoutDevice, withoutDenial)],
    ['there was no such cause', runs({}, {}, {}, {})],
  ])('%s: it fails', (_name, some) => {
    const result = withoutCauseResult(some)
    expect(result.holds).toBe(false)
    expect(result.rows.join('\n')).toContain('FAILS')
  })
})
