import type { Cluster } from './cluster.ts'
import type { Fetched, PartitionLog } from './log.ts'
import type { SimulatedProcess } from './process.ts'

/** Waits before a fetch is tried again that the broker did not answer, ms. */
const RETRY_MS = 200

export interface Fetch {
  /** What there is from the offset on, once there is something; null when it was given up. Never fails. */
  readonly fetched: Promise<Fetched | null>
  /** Gives it up: it settles with null, unless it has settled. */
  giveUp(): void
}

/** Reads up to `recordsMax` records of a partition, as soon as there are some: for as long as it takes. */
export function fetchFrom(
  cluster: Cluster,
  process: SimulatedProcess,
  log: PartitionLog,
  offset: number,
  recordsMax: number,
): Fetch {
  const { promise, resolve } = Promise.withResolvers<Fetched | null>()
  const { scheduler } = cluster.world
  const name = `${process.id} fetches ${log.name} from ${offset}`
  let stopWaiting = (): void => {}
  const arrive = (): void => {
    if (process.isDisconnected || cluster.availability.isDown) ask(RETRY_MS)
    else stopWaiting = log.whenReadable(offset, answer)
  }
  const answer = (): void => {
    const { outages } = cluster.availability
    const fetched = log.read(offset, recordsMax)
    step.isCancelled = true
    step = process.plan(scheduler.latencyMs(), `${name}: ${fetched.records.length}`, () => {
      if (process.isDisconnected || outages !== cluster.availability.outages) ask(RETRY_MS)
      else resolve(fetched)
    })
  }
  const ask = (delayMs: number): void => {
    step = process.plan(delayMs + scheduler.latencyMs(), name, arrive)
  }
  let step = process.plan(scheduler.latencyMs(), name, arrive)
  return {
    fetched: promise,
    giveUp: () => {
      stopWaiting()
      step.isCancelled = true
      if (process.state !== 'crashed') resolve(null)
    },
  }
}
