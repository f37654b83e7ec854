import type { Disk } from '@sekisho/bus'

/** When a file is put aside, and how many that were are kept. */
export interface RotationRule {
  /** A file that has grown to this is put aside before anything else is added. */
  readonly bytes: number
  /** 1 or more. */
  readonly keep: number
}

/** Where the file is put that was put aside last (1), before that (2), and so on. */
export function asideOf(path: string, number: number): string {
  return `${path}.${number}`
}

/** Puts output files aside that have become too large: `alerts.ndjson` to `alerts.ndjson.1`, that to `.2`; the oldest goes. */
export class Rotation {
  readonly #disk: Disk
  readonly #rules: ReadonlyMap<string, RotationRule>

  /** @param rules by the path of the file */
  constructor(disk: Disk, rules: ReadonlyMap<string, RotationRule>) {
    this.#disk = disk
    this.#rules = rules
  }

  /** Looks at files that something is to be added to. A crash on the way leaves a number free, which the next time fills. */
  async rotate(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const rule = this.#rules.get(path)
      if (rule === undefined) continue
      const file = await this.#disk.identity(path)
      if (file !== null && file.length >= rule.bytes) await this.#putAside(path, rule.keep)
    }
  }

  async #putAside(path: string, keep: number): Promise<void> {
    let free = 1
    while (free < keep && (await this.#disk.identity(asideOf(path, free))) !== null) free++
    for (let number = free; number > 1; number--) {
      await this.#disk.rename(asideOf(path, number - 1), asideOf(path, number))
    }
    await this.#disk.rename(path, asideOf(path, 1))
  }
}
