import { describe, expect, test } from '@jest/globals'
import { simulatedRun } from './testing/embedded-simulation.ts'
import { type SimulationResult, simulated } from './testing/kafka-simulation.ts'
import { SABOTAGES } from './testing/sabotages.ts'

/** `npm run simulate` runs as many as one likes, and shows the last steps of a seed that fails. */
const SEEDS = 1000
const DISK_SEEDS = 400
const SABOTAGED_SEEDS = 200
const LIMIT_MS = 900_000

interface Sum {
  seeds: number
  crashes: number
  alerts: number
  failed: string[]
}

async function sumOf(
  seeds: number,
  run: (seed: number) => Promise<SimulationResult>,
): Promise<Sum> {
  const sum: Sum = { seeds: 0, crashes: 0, alerts: 0, failed: [] }
  for (let seed = 1; seed <= seeds; seed++) {
    const { problems, crashes, alerts } = await run(seed)
    sum.seeds++
    sum.crashes += crashes
    sum.alerts += alerts
    if (problems.length > 0) sum.failed.push(`seed ${seed}: ${problems[0]}`)
  }
  return sum
}

describe('simulation', () => {
  test(
    `over a broker, ${SEEDS} seeds: whatever crashes, the alerts are those of a batch (I5 to I8)`,
    async () => {
      const sum = await sumOf(SEEDS, simulated)
      expect(sum.failed).toEqual([])
      // It proves something only where something happens.
      expect(sum.crashes).toBeGreaterThan(5 * SEEDS)
      expect(sum.alerts).toBeGreaterThan(3 * SEEDS)
    },
    LIMIT_MS,
  )

  test(
    `in one process over a disk that tears, ${DISK_SEEDS} seeds: the same, each word once in each file`,
    async () => {
      let heldSeeds = 0
      const sum = await sumOf(DISK_SEEDS, async (seed) => {
        const result = await simulatedRun(seed)
        if (result.held > 0) heldSeeds++
        return result
      })
      expect(sum.failed).toEqual([])
      expect(sum.crashes).toBeGreaterThan(3 * DISK_SEEDS)
      // Often the server that alerts are delivered to was so slow that there was no room for more.
      expect(heldSeeds).toBeGreaterThan(DISK_SEEDS / 4)
    },
    LIMIT_MS,
  )

  test.each(SABOTAGES)(
    'is noticed: $name',
    async (sabotage) => {
      let isCaught = false
      for (let seed = 1; seed <= SABOTAGED_SEEDS && !isCaught; seed++) {
        const { problems } = await simulated(seed, sabotage).catch(() => ({
          problems: ['it failed'],
        }))
        isCaught = problems.length > 0
      }
      expect(isCaught).toBe(true)
    },
    LIMIT_MS,
  )
})
