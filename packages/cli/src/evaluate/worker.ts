import { evaluateRun } from '@sekisho/simulate'
import { configOf, parseConfig } from '../config/config.ts'
import type { WorkerAnswer, WorkerOrder } from './worker-message.ts'

/** A process that evaluates the runs it is sent, one after the other, until its parent lets go of it. */
process.on('message', ({ job }: WorkerOrder) => {
  process.send?.(answerOf(job))
})

function answerOf(job: WorkerOrder['job']): WorkerAnswer {
  try {
    const run = evaluateRun(job, (text) => configOf(parseConfig(text, 'sekisho.yaml'), null))
    return { run }
  } catch (error) {
    return { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
