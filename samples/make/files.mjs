import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { END_MS, START_MS } from './clock.mjs'
import { FORMAT_CHANGE_MS } from './world.mjs'

const SECOND_WEEK_MS = FORMAT_CHANGE_MS.osaka

/** The collector's archive: path, gateway, and the span of each file. The ending names the compression. */
const FILES = [
  ['fortigate-tokyo/2026-03-01.log.gz', 'tokyo', START_MS, SECOND_WEEK_MS],
  ['fortigate-tokyo/2026-03-08.log', 'tokyo', SECOND_WEEK_MS, END_MS],
  ['fortigate-frankfurt/2026-03-01.log.gz', 'frankfurt', START_MS, FORMAT_CHANGE_MS.frankfurt],
  ['fortigate-frankfurt/2026-03-08.log.gz', 'frankfurt', FORMAT_CHANGE_MS.frankfurt, END_MS],
  ['pulse-osaka/2026-03-01.log.zst', 'osaka', START_MS, SECOND_WEEK_MS],
  ['pulse-osaka/2026-03-08-welf.log.zst', 'osaka', SECOND_WEEK_MS, END_MS],
]

/** Byte 9 of a gzip header names the operating system; 255 is "unknown" (RFC 1952). */
const GZIP_SYSTEM_OFFSET = 9

function bytesOf(path, text) {
  const plain = Buffer.from(text, 'utf8')
  if (path.endsWith('.gz')) {
    const bytes = gzipSync(plain, { level: 9 })
    bytes[GZIP_SYSTEM_OFFSET] = 255
    return bytes
  }
  if (!path.endsWith('.zst')) return plain
  return zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: 19 } })
}

/** Writes all files under `folder` and returns the number of lines of each, by path. */
export function writeFiles(journal, folder) {
  const counts = {}
  for (const [path, gatewayKey, fromMs, untilMs] of FILES) {
    const lines = journal.linesOf(gatewayKey, fromMs, untilMs)
    const text = lines.map(({ line }) => `${line}\n`).join('')
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, bytesOf(path, text))
    counts[path] = lines.length
  }
  return counts
}
