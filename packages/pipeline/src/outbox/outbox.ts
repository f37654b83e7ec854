import { join } from 'node:path'
import type { Disk } from '@sekisho/bus'

export interface OutboxLimits {
  /** A segment that has grown to this is followed by another. */
  readonly segmentBytes: number
  /** What may wait for destinations that are away; then nothing more is said until there is room. Several segments. */
  readonly bytesMax: number
}

const LIMITS: OutboxLimits = { segmentBytes: 16 * 1024 * 1024, bytesMax: 1024 ** 3 }

/** Most documents are shorter. */
const READ_BYTES_MIN = 64 * 1024

const NAME = /^(\d{1,15})\.ndjson$/

/** A place between two documents. */
export interface OutboxPosition {
  readonly segment: number
  /** Bytes. */
  readonly offset: number
}

/** Documents, and where the next ones begin. */
export interface OutboxBatch {
  readonly texts: readonly string[]
  readonly next: OutboxPosition
}

/**
 * Alerts on their way to somebody else's server: files that a journal adds to, so that each document is in them once, whenever the
 * process is killed, and that are read by each destination at its own pace. What every destination has passed is removed.
 */
export class Outbox {
  readonly #disk: Disk
  readonly #folder: string
  readonly #limits: OutboxLimits
  #newest = 1
  #bytes = 0

  private constructor(disk: Disk, folder: string, limits: OutboxLimits) {
    this.#disk = disk
    this.#folder = folder
    this.#limits = limits
  }

  static async open(disk: Disk, folder: string, limits = LIMITS): Promise<Outbox> {
    const outbox = new Outbox(disk, folder, limits)
    await outbox.look()
    return outbox
  }

  /** The file that documents are added to now, each on a line. */
  get path(): string {
    return this.#pathOf(this.#newest)
  }

  /** What it held when it was looked at last: also what was delivered and is not removed yet. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whoever adds should wait until destinations have come further. */
  get isFull(): boolean {
    return this.#bytes >= this.#limits.bytesMax
  }

  /** Where a destination begins that has not delivered anything yet: with everything that is there. */
  async beginning(): Promise<OutboxPosition> {
    return { segment: (await this.#segments())[0] ?? this.#newest, offset: 0 }
  }

  /** Finds out how large it has grown. To be called now and then. */
  async look(): Promise<void> {
    const segments = await this.#segments()
    this.#newest = Math.max(this.#newest, segments.at(-1) ?? 1)
    let bytes = 0
    let newestBytes = 0
    for (const segment of segments) {
      const { length = 0 } = (await this.#disk.identity(this.#pathOf(segment))) ?? {}
      bytes += length
      if (segment === this.#newest) newestBytes = length
    }
    this.#bytes = bytes
    if (newestBytes >= this.#limits.segmentBytes) this.#newest++
  }

  /**
   * Whole documents from a position on.
   * @returns null when there is none yet
   */
  async read(
    { segment, offset }: OutboxPosition,
    documentsMax: number,
    bytesMax: number,
  ): Promise<OutboxBatch | null> {
    // Asked first: once there is a newer one, nothing is added to this one any more.
    const newer = (await this.#segments()).find((number) => number > segment)
    for (let lengthMax = Math.max(bytesMax, READ_BYTES_MIN); ; lengthMax *= 2) {
      const path = this.#pathOf(segment)
      const bytes = (await this.#disk.read(path, offset, lengthMax)) ?? Buffer.alloc(0)
      const { texts, length } = wholeLines(bytes, documentsMax, bytesMax)
      if (texts.length > 0) return { texts, next: { segment, offset: offset + length } }
      // A document that is longer than what was read.
      if (bytes.length < lengthMax) break
    }
    return newer === undefined
      ? null
      : this.read({ segment: newer, offset: 0 }, documentsMax, bytesMax)
  }

  /** Removes what lies before the last of the positions: nobody asks for it again. */
  async forget(positions: readonly OutboxPosition[]): Promise<void> {
    const oldest = Math.min(...positions.map(({ segment }) => segment))
    for (const number of await this.#segments()) {
      if (number < oldest) await this.#disk.remove(this.#pathOf(number))
    }
  }

  async #segments(): Promise<number[]> {
    const numbers = (await this.#disk.list(this.#folder)).flatMap((name) => {
      const digits = NAME.exec(name)?.[1]
      return digits === undefined ? [] : [Number(digits)]
    })
    return numbers.sort((a, b) => a - b)
  }

  #pathOf(segment: number): string {
    return join(this.#folder, `${segment}.ndjson`)
  }
}

function wholeLines(
  bytes: Buffer,
  linesMax: number,
  bytesMax: number,
): { texts: string[]; length: number } {
  const texts: string[] = []
  let length = 0
  while (texts.length < linesMax && (length === 0 || length < bytesMax)) {
    const end = bytes.indexOf(0x0a, length)
    if (end < 0) break
    texts.push(bytes.toString('utf8', length, end))
    length = end + 1
  }
  return { texts, length }
}
