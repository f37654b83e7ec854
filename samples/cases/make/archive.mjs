import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * The folder of a case that holds its logs. A dot folder, because `replay samples` reads all other folders below it,
 * and a case is an organisation of its own.
 */
export const LOGS = '.logs'

/** Byte 9 of a gzip header names the operating system; 255 is "unknown" (RFC 1952). */
const GZIP_SYSTEM_OFFSET = 9

/** What an organisation's gateways wrote, in any order of writing. */
export class Archive {
  #lines = new Map()

  add(gateway, timeMs, line) {
    const lines = this.#lines.get(gateway.name) ?? []
    lines.push({ timeMs, line, sequence: lines.length })
    this.#lines.set(gateway.name, lines)
  }

  /** Writes a file for each gateway in the order of time, and returns how many lines there are by its name. */
  write(folder) {
    const target = join(folder, LOGS)
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target, { recursive: true })
    const counts = {}
    for (const [name, lines] of this.#lines) {
      const sorted = lines.toSorted((a, b) => a.timeMs - b.timeMs || a.sequence - b.sequence)
      const bytes = gzipSync(sorted.map(({ line }) => `${line}\n`).join(''), { level: 9 })
      bytes[GZIP_SYSTEM_OFFSET] = 255
      writeFileSync(join(target, `${name}.log.gz`), bytes)
      counts[name] = lines.length
    }
    return counts
  }
}
