import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { EvaluatedRun, EvaluationJob } from '@sekisho/simulate'
import type { WorkerAnswer, WorkerOrder } from './worker-message.ts'

/** Compiled or not, the worker lies beside this file and ends as it does. */
const WORKER = fileURLToPath(import.meta.url).replace(/workers(\.[jt]s)$/, 'worker$1')

/** A young generation so large that what lives for a simulated day is seldom copied: a tenth of the time. */
const WORKER_OPTIONS = [...process.execArgv, '--max-semi-space-size=64']

/** Processes for runs: each has its own heap, and a run needs some hundred megabytes. */
export class Workers {
  readonly #signal: AbortSignal
  readonly #processes = new Map<number, ChildProcess>()
  readonly #stop = (): void => this.end()

  /** @param signal when it is aborted, every worker is ended and every run rejected with its reason */
  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', this.#stop)
  }

  /**
   * Has a job done by the worker of a number, which does one at a time.
   * @throws whatever the signal was aborted with; Error when the worker failed or died
   */
  async run(job: EvaluationJob, number: number): Promise<EvaluatedRun> {
    this.#signal.throwIfAborted()
    const child = this.#processes.get(number) ?? this.#started(number)
    const done = new AbortController()
    try {
      const answered = once(child, 'message', { signal: done.signal })
      const died = once(child, 'exit', { signal: done.signal }).then(([code, signal]) => {
        this.#signal.throwIfAborted()
        throw new Error(`the worker for ${nameOf(job)} died (${signal ?? `exit code ${code}`})`)
      })
      child.send({ job } satisfies WorkerOrder)
      const [answer] = (await Promise.race([answered, died])) as [WorkerAnswer]
      if ('problem' in answer) throw new Error(`${nameOf(job)}: ${answer.problem}`)
      return answer.run
    } finally {
      done.abort()
    }
  }

  /** Ends all of them. */
  end(): void {
    this.#signal.removeEventListener('abort', this.#stop)
    for (const child of this.#processes.values()) child.kill('SIGKILL')
    this.#processes.clear()
  }

  #started(number: number): ChildProcess {
    const child = fork(WORKER, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: WORKER_OPTIONS,
    })
    this.#processes.set(number, child)
    return child
  }
}

function nameOf({ world, options }: EvaluationJob): string {
  return `world ${world}, seed ${options.seed}`
}
