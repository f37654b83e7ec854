import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const DELIVERER = fileURLToPath(new URL('./deliverer.mjs', import.meta.url))

/** A process that delivers, and is started again when it is killed. */
export class DelivererProcess {
  /** Peak. */
  rssBytes = 0
  kills = 0
  #child = null
  #isOver = false
  #args
  #login
  #onRetry

  /**
   * @param args of deliverer.mjs
   * @param login name and password, or key
   * @param onRetry is given the reason
   */
  constructor(args, login, onRetry) {
    this.#args = args
    this.#login = login
    this.#onRetry = onRetry
    this.ended = new Promise((resolve, reject) => {
      this.#start(resolve, reject)
    })
  }

  /** @param login of the process that takes its place */
  kill(login = this.#login) {
    this.#login = login
    this.kills++
    this.#child.kill('SIGKILL')
  }

  /** Kills it for good. */
  end() {
    this.#isOver = true
    this.#child.kill('SIGKILL')
  }

  #start(resolve, reject) {
    const child = fork(DELIVERER, this.#args, { stdio: ['pipe', 'inherit', 'inherit', 'ipc'] })
    this.#child = child
    child.stdin.on('error', () => {})
    child.stdin.end(JSON.stringify(this.#login))
    let isDone = false
    child.on('message', ({ retried, rssBytes = 0, hasEnded = false }) => {
      if (retried !== undefined) this.#onRetry(retried)
      this.rssBytes = Math.max(this.rssBytes, rssBytes)
      isDone ||= hasEnded
    })
    child.on('exit', (code, signal) => {
      if ((isDone && code === 0) || this.#isOver) resolve()
      else if (signal === 'SIGKILL') this.#start(resolve, reject)
      else reject(new Error(`the deliverer ended with ${code ?? signal}`))
    })
  }
}
