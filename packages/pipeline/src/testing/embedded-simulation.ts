import type { Disk } from '@sekisho/bus'
import {
  type Faults,
  SimulatedDisk,
  type SimulatedProcess,
  SimulatedWorld,
} from '@sekisho/bus/simulated'
import { DEFAULT_CONFIG } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { arrivalsOf, deliveryArbitrary, runBatch, worldArbitrary } from '@sekisho/scorer/testing'
import fc from 'fast-check'
import { EmbeddedService } from '../embedded/embedded-service.ts'
import { NOWHERE } from '../reach.ts'
import type { SimulationResult } from './kafka-simulation.ts'
import { simulatedFeed } from './simulated-feed.ts'
import { expectedOf, problemsOf, type ToldDocument, toldOf } from './told.ts'

const START_MS = Date.UTC(2027, 5, 1)
const STEPS_WITH_FAULTS = 3000
const SETTLED_MS = 30 * 60_000
const FAULTS: Faults = { crash: 0.008, pause: 0.001 }
const NAME = 'run'

/**
 * Everything in one process over a disk that tears and loses what was not synced, killed and cut off from power at every wait. What
 * its files say in the end must be what a batch says, each word once.
 */
export async function simulatedRun(
  seed: number,
  sabotage: (disk: Disk) => Disk = (disk) => disk,
): Promise<SimulationResult> {
  const world = new SimulatedWorld(seed, { startMs: START_MS })
  const disks = new SimulatedDisk(world)
  const [sample] = fc.sample(fc.tuple(worldArbitrary, deliveryArbitrary), { seed, numRuns: 1 })
  const [attempts, delivery] = sample as [Attempt[], Parameters<typeof arrivalsOf>[1]]
  const arrivals = arrivalsOf(attempts, delivery)
  const expected = expectedOf(runBatch(attempts))
  let crashes = 0
  let isDone = false
  const start = (): void => {
    const process = world.process(NAME)
    world.start(process, async () => {
      await serviceOf(process, sabotage(disks.of(process)), arrivals).run()
      isDone = true
    })
  }
  world.onCrash(() => {
    crashes++
    world.after(world.random.between(0, 5000), 'it is started again', start)
  })
  start()
  await world.run({ steps: STEPS_WITH_FAULTS, faults: FAULTS, until: () => isDone })
  world.heal()
  await world.run({ forMs: SETTLED_MS, until: () => isDone })
  const folder = disks.folder(NAME)
  const told = ['alerts.ndjson', 'signals.ndjson'].map((path) =>
    wordsIn(folder.file(path)?.bytes ?? Buffer.alloc(0)),
  )
  return {
    seed,
    problems: isDone ? problemsOfFiles(told, expected) : ['it did not come to its end'],
    alerts: expected.size,
    steps: world.scheduler.trace.count,
    crashes,
    report: world.report(),
  }
}

function serviceOf(
  process: SimulatedProcess,
  disk: Disk,
  arrivals: readonly Attempt[],
): EmbeddedService {
  const { clock } = process
  return new EmbeddedService({
    scorer: { config: DEFAULT_CONFIG, databases: 'test', dated: [] },
    feedsAt: async (positions) => [simulatedFeed(arrivals, positions.arrivals, clock)],
    ...{ disk, clock, folder: '' },
    paths: { alerts: ['alerts.ndjson'], signals: ['signals.ndjson'], deadLetters: 'dead.ndjson' },
    onDocument: () => {},
    runId: process.id,
    owner: 'owner',
    snapshotMs: 500,
    endsWithFeeds: true,
    measures: {
      alert: () => {},
      counted: () => {},
      lag: () => {},
      endToEnd: () => {},
      snapshot: () => {},
      warned: () => {},
    },
    reach: NOWHERE,
  })
}

function wordsIn(bytes: Buffer): ToldDocument[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [toldOf(line)]))
}

/** A word may stand in both files, in each of them once; what counts in the end is the later one. */
function problemsOfFiles(
  files: readonly (readonly ToldDocument[])[],
  expected: ReadonlyMap<string, ToldDocument>,
): string[] {
  const words = new Map<string, ToldDocument>()
  for (const file of files) {
    const seen = new Set<string>()
    for (const word of file) {
      const name = `${word.id} ${word.revision}`
      if (seen.has(name)) return [`${name} stands twice in a file`]
      seen.add(name)
      words.set(name, word)
    }
  }
  return problemsOf(
    [...words.values()].sort((a, b) => a.revision - b.revision),
    expected,
  )
}
