import type { SpoolLine } from '../spool/record.ts'
import type { SyslogSink } from '../syslog/syslog-sink.ts'

/** Takes messages in place of a spool, for tests; can be made full. */
export class CollectedMessages implements SyslogSink {
  readonly lines: SpoolLine[] = []
  #isFull = false
  readonly #onRoom = new Set<() => void>()
  readonly #waiting = new Set<() => void>()

  get isFull(): boolean {
    return this.#isFull
  }

  set isFull(isFull: boolean) {
    this.#isFull = isFull
    if (!isFull) for (const room of this.#onRoom) room()
  }

  append(line: SpoolLine): void {
    this.lines.push({ ...line, bytes: Buffer.from(line.bytes) })
    for (const check of this.#waiting) check()
  }

  whenRoom(callback: () => void): () => void {
    this.#onRoom.add(callback)
    return () => this.#onRoom.delete(callback)
  }

  /** The texts, as soon as there are so many. */
  async texts(count: number): Promise<string[]> {
    await new Promise<void>((done) => {
      const check = (): void => {
        if (this.lines.length >= count) done()
      }
      this.#waiting.add(check)
      check()
    })
    return this.lines.map(({ bytes }) => bytes.toString('utf8'))
  }
}
