// Lines into the topic of raw lines at a steady rate, whatever becomes of them.

import { LINES_TOPIC } from './deployment.mjs'
import { sleep } from './service-process.mjs'

const TICK_MS = 10

export class LineSender {
  /** How late each batch was handed to the broker's client, ms: the bench's own share of what it measures. */
  lateMs = []
  #writer
  #partitions
  #ratePerSecond
  #sent = 0

  /** @param partitions of the topic, which take turns */
  constructor(writer, partitions, ratePerSecond) {
    this.#writer = writer
    this.#partitions = partitions
    this.#ratePerSecond = ratePerSecond
  }

  get sent() {
    return this.#sent
  }

  /**
   * Sends as many lines as are due, until so many milliseconds are over.
   * @param lineAt gives the line with a number that is due at a time (epoch ms)
   */
  async sendFor(durationMs, lineAt) {
    const startMs = Date.now()
    const first = this.#sent
    const count = Math.floor((durationMs * this.#ratePerSecond) / 1000)
    const dueMsOf = (number) => startMs + ((number - first) * 1000) / this.#ratePerSecond
    while (this.#sent - first < count) {
      const records = []
      const firstDueMs = dueMsOf(this.#sent)
      while (this.#sent - first < count && dueMsOf(this.#sent) <= Date.now()) {
        records.push(this.#recordOf(lineAt(this.#sent, Math.floor(dueMsOf(this.#sent)))))
        this.#sent++
      }
      if (records.length > 0) {
        this.lateMs.push(Date.now() - firstDueMs)
        await this.#writer.write(records)
      }
      await sleep(TICK_MS - (Date.now() % TICK_MS))
    }
  }

  #recordOf(line) {
    const partition = this.#sent % this.#partitions
    return { topic: LINES_TOPIC, partition, key: '', value: Buffer.from(line) }
  }
}
