import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const DELIVERER = fileURLToPath(new URL('./deliverer.mjs', import.meta.url))

/** A process that delivers, and is started again when it is killed. */
export class Deliverer {
  rssBytes = 0
  #child = null
  #args
  #login
  #onRetry

  /** @param args of deliverer.mjs */
  constructor(args, account, onRetry) {
    this.#args = args
    this.#login = account
    this.#onRetry = onRetry
    this.ended = new Promise((resolve, reject) => {
      this.#start(resolve, reject)
    })
  }

  async kill() {
    this.#child.kill('SIGKILL')
    await new Promise((resolve) => this.#child.once('exit', resolve))
  }

  #start(resolve, reject) {
    const child = fork(DELIVERER, this.#args, { stdio: ['pipe', 'inherit', 'inherit', 'ipc'] })
    this.#child = child
    child.stdin.end(JSON.stringify(this.#login))
    let isDone = false
    child.on('message', (message) => {
      if (message.retried !== undefined) this.#onRetry(message.retried)
      if (message.ended !== true) return
      isDone = true
      this.rssBytes = Math.max(this.rssBytes, message.rssBytes)
    })
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') this.#start(resolve, reject)
      else if (isDone && code === 0) resolve()
      else reject(new Error(`the deliverer ended with ${code ?? signal}`))
    })
  }
}
