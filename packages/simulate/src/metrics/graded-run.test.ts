import { describe, expect, test } from '@jest/globals'
import type { Alert } from '@sekisho/event'
import type { Episode } from '../simulation.ts'
import { gradedRun } from './graded-run.ts'
import { LabelledEpisode } from './labelled-episode.ts'

const START_MS = Date.UTC(2026, 2, 10)

function episode(id: string, victim: string) {
  const at = { startMs: START_MS, endMs: START_MS + 1000, addresses: [] }
  return new LabelledEpisode().judge({ id, victims: [victim], ...at } as unknown as Episode)
}

/** What is read of an alert; the rest of it plays no part. */
function alert(
  userKey: string,
  riskScore: number,
  posterior: number | null,
  timestampMs = START_MS,
) {
  const rest = { source: null, relatedAddresses: [], severity: 'low' }
  return { userKey, riskScore, posterior, timestampMs, ...rest } as unknown as Alert
}

describe('gradedRun', () => {
  const graded = gradedRun(
    [
      alert('grace', 40, 0.2),
      alert('grace', 70, 0.9),
      alert('noah', 30, 0.1),
      alert('emma', 47, null),
      alert('emma', 99, 0.99, START_MS - 1),
    ],
    [episode('a-1', 'grace'), episode('a-2', 'sofia')],
    START_MS,
  )

  test('an episode has the greatest risk of what names it, or none', () => {
    expect(graded.episodeRisks).toEqual([70, -1])
  })

  test('signals count, days for learning do not', () => {
    expect(graded.trueRisks).toEqual([40, 70])
    expect(graded.falseRisks).toEqual([30, 47])
  })

  test('forecasts are of logins only', () => {
    expect(graded.forecasts).toEqual([
      { posterior: 0.2, isStolen: true },
      { posterior: 0.9, isStolen: true },
      { posterior: 0.1, isStolen: false },
    ])
  })
})
