// What stands on the topic of alerts, written to a file as it comes, so that it can be compared with a replay.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'

export class AlertLog {
  path
  #file
  #tail
  #final = new Set()
  #onAlert

  /** @param onAlert is told of each document, and when it came (epoch ms) */
  static async read({ broker, topics, folder }, onAlert = () => {}) {
    const log = new AlertLog()
    log.path = join(folder, 'found.ndjson')
    log.#file = createWriteStream(log.path)
    log.#onAlert = onAlert
    log.#tail = await broker.tail(topics.alerts, ({ value }) => log.#add(value))
    await log.#tail.caughtUp
    return log
  }

  /** Alerts and signals whose last word is final. */
  get finals() {
    return this.#final.size
  }

  #add(value) {
    const nowMs = Date.now()
    const document = JSON.parse(value.toString('utf8'))
    this.#file.write(value)
    this.#file.write('\n')
    const { alert, state } = document.sekisho
    if (state === 'final') this.#final.add(alert.id)
    else this.#final.delete(alert.id)
    this.#onAlert(document, nowMs)
  }

  /** The network that an alert is about; null when it is about somebody. */
  static prefixOf({ sekisho }) {
    const { entity } = sekisho.alert
    return entity.startsWith('prefix:') ? entity.slice('prefix:'.length) : null
  }

  /** Nothing is added any more, and everything is in the file. */
  async close() {
    await this.#tail.close()
    this.#file.end()
    await once(this.#file, 'finish')
  }
}
