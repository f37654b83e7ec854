import type { OutputText } from './output-journal.ts'
import type { Channel } from './told-alerts.ts'

/** What waits to be added to the output files. */
export class OutputTexts {
  readonly #paths: Readonly<Record<Channel, readonly string[]>>
  readonly #onDocument: (channel: Channel, text: string) => void
  #texts = new Map<string, string>()

  /** @param onDocument also told of every document */
  constructor(
    paths: Readonly<Record<Channel, readonly string[]>>,
    onDocument: (channel: Channel, text: string) => void,
  ) {
    this.#paths = paths
    this.#onDocument = onDocument
  }

  /** @param text of a document, with the end of its line */
  addDocument(channels: readonly Channel[], text: string): void {
    for (const channel of channels) {
      for (const path of this.#paths[channel]) this.add(path, text)
      this.#onDocument(channel, text)
    }
  }

  add(path: string, text: string): void {
    this.#texts.set(path, (this.#texts.get(path) ?? '') + text)
  }

  /** Everything since the last call, by file. */
  take(): OutputText[] {
    const texts = [...this.#texts].map(([path, text]) => ({ path, text }))
    this.#texts = new Map()
    return texts
  }
}
