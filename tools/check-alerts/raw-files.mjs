import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** The lines of the files that evidence names; each file is read once. */
export class RawFiles {
  #folder
  #files = new Map()

  /** @param folder what relative paths are relative to */
  constructor(folder) {
    this.#folder = folder
  }

  /** The bytes of line `number` (from 1) of a file; null when there is none. */
  line(path, number) {
    return this.lines(path)[number - 1] ?? null
  }

  /** Every line of a file as bytes, without its end; none when it cannot be read. */
  lines(path) {
    let lines = this.#files.get(path)
    if (lines === undefined) {
      lines = linesOf(this.#bytesOf(path))
      this.#files.set(path, lines)
    }
    return lines
  }

  #bytesOf(path) {
    try {
      const bytes = readFileSync(isAbsolute(path) ? path : join(this.#folder, path))
      if (path.endsWith('.gz')) return gunzipSync(bytes)
      return path.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes
    } catch {
      return Buffer.alloc(0)
    }
  }
}

function linesOf(bytes) {
  const lines = []
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LINE_FEED, start)
    const end = found < 0 ? bytes.length : found
    const isReturned = end > start && bytes[end - 1] === CARRIAGE_RETURN
    lines.push(bytes.subarray(start, isReturned ? end - 1 : end))
    start = end + 1
  }
  return lines
}

/** SHA-256 of a line, hexadecimal. */
export function sha256Of(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}
