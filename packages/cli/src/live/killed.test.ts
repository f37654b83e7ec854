import { expect, test } from '@jest/globals'
import { killedRun, removed } from '../../../../bench/live/kafka-kills.mjs'
import { killedRunInOne } from '../../../../bench/live/run-kills.mjs'
import { whyNoTestKafka } from '../../../../tools/kafka/for-tests.mjs'

/** The short form of `npm run kills` and `npm run kills:run`, whose head comments say what is done. */
const LIMIT_MS = 600_000

const quiet = (): void => {}
const reason = whyNoTestKafka()
const withKafka = reason === null && process.env.SEKISHO_TEST_KAFKA === undefined ? test : test.skip

withKafka(
  'services over a real broker, killed at random and at named points, say what a replay says',
  async () => {
    const { text, isSame, done, folder } = await killedRun({
      ...{ lines: 20_000, kills: 6, seed: 7, zombieMs: 0, brokerRestarts: 1, partitions: 2 },
      settleMs: 240_000,
      log: quiet,
    })
    expect({ text, isSame }).toEqual({ text, isSame: true })
    expect(Object.values(done.kills).reduce((sum, kills) => sum + kills, 0)).toBeGreaterThan(4)
    removed(folder)
  },
  LIMIT_MS,
)

test(
  'run, killed while its file is written, rotated and cut short, says what a replay says',
  async () => {
    const { text, isSame, done, folder } = await killedRunInOne({
      ...{ lines: 20_000, kills: 4, seed: 7, rotations: 2, truncations: 1 },
      settleMs: 120_000,
      log: quiet,
    })
    expect({ text, isSame }).toEqual({ text, isSame: true })
    expect(done.kills).toBeGreaterThan(2)
    removed(folder)
  },
  LIMIT_MS,
)
