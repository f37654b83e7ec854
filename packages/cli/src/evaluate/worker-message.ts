import type { EvaluatedRun, EvaluationJob } from '@sekisho/simulate'

/** To a worker. */
export interface WorkerOrder {
  readonly job: EvaluationJob
}

/** From a worker: the run, or why there is none. */
export type WorkerAnswer = { readonly run: EvaluatedRun } | { readonly problem: string }
