import { type EvaluatedRun, type EvaluationJob, inPool } from '@sekisho/simulate'
import type { Io } from '../io.ts'
import { Progress, type ProgressMode } from '../terminal/progress.ts'
import { Workers } from './workers.ts'

/** The time left is told so often. */
const TICK_MS = 1000

/** How the runs of jobs are made; it changes no figure. */
export interface RunSettings {
  /** Runs at once. */
  readonly processes: number
  readonly progressMode: ProgressMode
}

/** Runs jobs in processes of their own and tells how far it is. Results are in the order of the jobs. */
export async function runsOf(
  jobs: readonly EvaluationJob[],
  { processes, progressMode }: RunSettings,
  io: Io,
): Promise<EvaluatedRun[]> {
  const workers = new Workers(io.signal)
  const progress = new Progress(io.stderr, progressMode, io.nowMs, null)
  const startMs = io.nowMs()
  let done = 0
  const tell = (): void => {
    const minutes = Math.ceil(((io.nowMs() - startMs) / done) * ((jobs.length - done) / 60_000))
    const left = done === 0 ? '' : `, about ${minutes} min left`
    progress.step(`${done} of ${jobs.length} runs${left}`)
  }
  const ticking = setInterval(tell, TICK_MS)
  try {
    return await inPool(
      jobs,
      processes,
      (job, number) => workers.run(job, number),
      (count) => {
        done = count
      },
    )
  } finally {
    clearInterval(ticking)
    progress.clear()
    workers.end()
  }
}
