import type { AlertDocument, Destination } from '@sekisho/alert-sink'
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
import { Forwarder } from '../outbox/forwarder.ts'
import { Outbox } from '../outbox/outbox.ts'
import { Rotation } from '../outputs/rotation.ts'
import { NOWHERE } from '../reach.ts'
import type { SimulationResult } from './kafka-simulation.ts'
import { simulatedFeed } from './simulated-feed.ts'
import { expectedOf, problemsOf, type ToldDocument, toldOf } from './told.ts'

const START_MS = Date.UTC(2027, 5, 1)
const STEPS_WITH_FAULTS = 3000
const SETTLED_MS = 30 * 60_000
const FAULTS: Faults = { crash: 0.008, pause: 0.001 }
const NAME = 'run'
const FILES = ['alerts.ndjson', 'signals.ndjson'] as const
/** A file of a few words, so that some are put aside in every run; all of them are kept. */
const ROTATION = { bytes: 10_000, keep: 10_000 }
/** Room for a few words, so that the service has to wait for the server in many runs. */
const OUTBOX = { segmentBytes: 10_000, bytesMax: 40_000 }
const DELIVERY_MS_MAX = 2000

/**
 * Everything in one process over a disk that tears and loses what was not synced, killed and cut off from power at every wait. What
 * its files say in the end must be what a batch says, each word once.
 */
export async function simulatedRun(
  seed: number,
  sabotage: (disk: Disk) => Disk = (disk) => disk,
): Promise<SimulationResult & { readonly held: number }> {
  const world = new SimulatedWorld(seed, { startMs: START_MS })
  const disks = new SimulatedDisk(world)
  const [sample] = fc.sample(fc.tuple(worldArbitrary, deliveryArbitrary), { seed, numRuns: 1 })
  const [attempts, delivery] = sample as [Attempt[], Parameters<typeof arrivalsOf>[1]]
  const arrivals = arrivalsOf(attempts, delivery)
  const expected = expectedOf(runBatch(attempts))
  let crashes = 0
  let isDone = false
  const shelf = new Shelf(() => world.random.integer(DELIVERY_MS_MAX))
  const start = (): void => {
    const process = world.process(NAME)
    world.start(process, async () => {
      await runAndForward(process, sabotage(disks.of(process)), arrivals, shelf)
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
  const told = FILES.map((path) => {
    const aside = (name: string): number => Number(name.slice(path.length + 1) || 0)
    const names = folder.paths.filter((name) => name.startsWith(path) && !name.endsWith('.tmp'))
    // The highest number was put aside first.
    const files = names.sort((a, b) => aside(b) - aside(a)).map((name) => folder.file(name))
    return files.flatMap((file) => wordsIn(file?.bytes ?? Buffer.alloc(0)))
  })
  const problems = [...problemsOfFiles(told, expected), ...problemsOfShelf(shelf, told[0] ?? [])]
  return {
    seed,
    problems: isDone ? problems : ['it did not come to its end'],
    alerts: expected.size,
    steps: world.scheduler.trace.count,
    crashes,
    held: shelf.held,
    report: world.report(),
  }
}

/** Somebody else's server, which outlives our process. */
class Shelf implements Destination {
  readonly name = 'shelf'
  readonly words: ToldDocument[] = []
  /** Times at which there was no room for more. */
  held = 0
  readonly #delayMs: () => number
  #sleep: (ms: number) => Promise<void> = async () => {}

  constructor(delayMs: () => number) {
    this.#delayMs = delayMs
  }

  /** Reached by another life of our process. */
  by({ clock }: SimulatedProcess): this {
    this.#sleep = (ms) => clock.sleep(ms)
    return this
  }

  async deliver(documents: readonly AlertDocument[]): Promise<void> {
    await this.#sleep(this.#delayMs())
    this.words.push(...documents.map(({ text }) => toldOf(text)))
  }

  async close(): Promise<void> {}
}

async function runAndForward(
  process: SimulatedProcess,
  disk: Disk,
  arrivals: readonly Attempt[],
  shelf: Shelf,
): Promise<void> {
  const { clock } = process
  const outbox = await Outbox.open(disk, '', OUTBOX)
  const destinations = [shelf.by(process)]
  const forwarder = new Forwarder({ disk, folder: '', outbox, destinations, clock })
  const forwarding = forwarder.run()
  const isHeld = (): boolean => {
    if (outbox.isFull) shelf.held++
    return outbox.isFull
  }
  await serviceOf(process, disk, arrivals, outbox, isHeld).run()
  while (!(await forwarder.isDone())) await clock.sleep(100)
  forwarder.stop()
  await forwarding
}

function serviceOf(
  process: SimulatedProcess,
  disk: Disk,
  arrivals: readonly Attempt[],
  outbox: Outbox,
  isHeld: () => boolean,
): EmbeddedService {
  const { clock } = process
  return new EmbeddedService({
    scorer: { config: DEFAULT_CONFIG, databases: 'test', dated: [] },
    feedsAt: async (positions) => [simulatedFeed(arrivals, positions.arrivals, clock)],
    ...{ disk, clock, folder: '' },
    paths: {
      get alerts() {
        return [FILES[0], outbox.path]
      },
      signals: [FILES[1]],
      deadLetters: 'dead.ndjson',
    },
    rotation: new Rotation(disk, new Map(FILES.map((path) => [path, ROTATION]))),
    isHeld,
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

/** Each word arrived that stands in the file, nothing else, and of each alert the last word last. */
function problemsOfShelf({ words }: Shelf, told: readonly ToldDocument[]): string[] {
  const nameOf = ({ id, revision }: ToldDocument): string => `${id} ${revision}`
  const [arrived, wanted] = [new Set(words.map(nameOf)), new Set(told.map(nameOf))]
  const lastOf = (list: readonly ToldDocument[]) => new Map(list.map((word) => [word.id, word]))
  const last = lastOf(words)
  return [
    ...[...wanted].filter((name) => !arrived.has(name)).map((name) => `${name} did not arrive`),
    ...[...arrived].filter((name) => !wanted.has(name)).map((name) => `${name} was made up`),
    ...[...lastOf(told).values()]
      .filter(({ id, revision }) => last.get(id)?.revision !== revision)
      .map((word) => `${nameOf(word)} was not the last to arrive`),
  ]
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
