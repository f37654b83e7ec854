import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { OutputFile } from '@sekisho/alert-sink'
import type { SimulatedLine, Simulation } from '@sekisho/simulate'

/** Names of what lies beside the logs. */
export const LABELS = 'labels.ndjson'
export const EPISODES = 'episodes.json'
export const CONFIGURATION = 'sekisho.yaml'

/** A gateway's log as it grows. */
interface GatewayLog {
  readonly name: string
  readonly file: OutputFile
  lines: number
}

/** The files of a simulation; all of them appear when the last line is written, or none. */
export class SimulationFiles {
  readonly #folder: string
  readonly #logs = new Map<string, GatewayLog>()
  readonly #labels: OutputFile
  #lines = 0

  /** @throws OutputError */
  constructor(folder: string) {
    this.#folder = folder
    this.#labels = new OutputFile(join(folder, LABELS))
  }

  get lines(): number {
    return this.#lines
  }

  /** File names of the logs and their lines. */
  get logs(): readonly { readonly name: string; readonly lines: number }[] {
    return [...this.#logs.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** @throws OutputError */
  write({ text, gateway, episode }: SimulatedLine): void {
    const log = this.#logOf(gateway)
    log.lines++
    this.#lines++
    log.file.write(`${text}\n`)
    if (episode === null) return
    this.#labels.write(`${JSON.stringify({ file: log.name, line: log.lines, episode })}\n`)
  }

  /** Puts everything in its place. @throws OutputError */
  commit({ truth, configurationText }: Simulation, run: Readonly<Record<string, unknown>>): void {
    for (const [name, text] of [
      [EPISODES, `${JSON.stringify({ ...run, ...truth }, null, 2)}\n`],
      [CONFIGURATION, configurationText],
    ] as const) {
      const file = new OutputFile(join(this.#folder, name))
      file.write(text)
      file.commit()
    }
    for (const { file } of this.#logs.values()) file.commit()
    this.#labels.commit()
  }

  /** Forgets what has no place yet. */
  discard(): void {
    for (const { file } of this.#logs.values()) file.discard()
    this.#labels.discard()
  }

  #logOf(gateway: string): GatewayLog {
    const known = this.#logs.get(gateway)
    if (known !== undefined) return known
    const name = `${gateway}.log`
    const log = { name, file: new OutputFile(join(this.#folder, name)), lines: 0 }
    this.#logs.set(gateway, log)
    return log
  }
}

/** True for a folder that is not there or holds nothing. */
export function isNewFolder(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
