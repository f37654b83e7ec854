// Memory of `sekisho run` (everything in one process) while a steady population logs in and out for weeks.
//
// The lines are made as they are read: the service follows a file that grows, and is renamed and begun anew now and then, as logs
// are. Days pass, so that state is folded and forgotten as it is in months of service. No more than some thousand lines wait to be
// read. Resident memory is looked at every second and told by quarters of the lines that were read.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../../tools/kafka/broker-process.mjs'
import { exit } from './deployment.mjs'
import { medianOf } from './figures.mjs'
import { BIN, sleep } from './service-process.mjs'
import { SiteLines } from './site-lines.mjs'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 0, 5)
const SAMPLE_MS = 1000
/** Of each session: gateways send one every ten minutes, so this is few. */
const STATISTICS = 2
const LINES_AT_ONCE = 2000
/** Lines that may wait in the file. */
const AHEAD_MAX = 20_000
const LOOK_MS = 50
/** The file is renamed after so many lines. */
const ROTATED_LINES = 500_000
const STALLED_MS = 120_000

/** @returns medians of resident MiB in each quarter of the lines, lines a second, and every sample */
export async function measuredMemory({ events, users, days, log }) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-memory-'))
  const [port] = await freePorts(1)
  const config = [
    'sources: [{ type: files, name: gateway, paths: [gateway.log] }]',
    `http: { port: ${port} }`,
    'log: { format: text }',
    '',
  ]
  writeFileSync(join(folder, 'sekisho.yaml'), config.join('\n'))
  writeFileSync(join(folder, 'gateway.log'), '')
  const child = spawn(process.execPath, [BIN, 'run'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = once(child, 'exit')
  const end = () => child.kill('SIGKILL')
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, exit)
  process.once('exit', end)
  try {
    const service = new WatchedService(child, port, log)
    const result = await service.fed(new GrowingLog(folder, { events, users, days }), events)
    child.kill('SIGTERM')
    const [code] = await exited
    if (code !== 0) throw new Error(`sekisho run ended with ${code}`)
    return result
  } finally {
    end()
    await exited
    process.off('exit', end)
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, exit)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that lines are added to, and that is renamed when it is long. */
class GrowingLog {
  written = 0
  #path
  #site
  #gapMs
  #events

  constructor(folder, { events, users, days }) {
    this.#path = join(folder, 'gateway.log')
    this.#site = new SiteLines(users, { statistics: STATISTICS })
    this.#gapMs = (days * DAY_MS) / events
    this.#events = events
  }

  append() {
    const count = Math.min(LINES_AT_ONCE, this.#events - this.written)
    appendFileSync(this.#path, linesFrom(this.#site, this.written, count, this.#gapMs))
    this.written += count
    if (this.written % ROTATED_LINES === 0) {
      renameSync(this.#path, `${this.#path}.1`)
      writeFileSync(this.#path, '')
    }
  }
}

/** The service seen from outside: how many lines it has read, and its memory. */
class WatchedService {
  #child
  #url
  #log
  #samples = []

  constructor(child, port, log) {
    this.#child = child
    this.#url = `http://127.0.0.1:${port}/metrics`
    this.#log = log
  }

  /** Lets it read so many lines, never far behind what is written. */
  async fed(growing, events) {
    let read = 0
    let movedMs = performance.now()
    let sampledMs = 0
    const startMs = performance.now()
    while (read < events) {
      const nowMs = performance.now()
      const before = read
      read = await this.#linesRead()
      if (read > before) movedMs = nowMs
      if (nowMs - movedMs > STALLED_MS) throw new Error(`only ${read} lines were read`)
      if (nowMs - sampledMs >= SAMPLE_MS && read > 0) {
        sampledMs = nowMs
        this.#sample(read, events)
      }
      while (growing.written < events && growing.written - read < AHEAD_MAX) growing.append()
      await sleep(LOOK_MS)
    }
    const seconds = (performance.now() - startMs) / 1000
    return { quarters: this.#quarters(), linesPerSecond: events / seconds, seconds }
  }

  #sample(read, events) {
    const quarter = Math.min(3, Math.floor((4 * read) / events))
    const mib = residentMiBOf(this.#child.pid)
    this.#samples.push({ quarter, mib })
    if (this.#samples.length % 10 === 0) this.#log(`${read} lines, ${Math.round(mib)} MiB`)
  }

  #quarters() {
    return [0, 1, 2, 3].map((quarter) =>
      medianOf(this.#samples.filter((sample) => sample.quarter === quarter).map(({ mib }) => mib)),
    )
  }

  /** 0 while the service does not listen yet. */
  async #linesRead() {
    if (this.#child.exitCode !== null)
      throw new Error(`sekisho run ended (${this.#child.exitCode})`)
    const response = await fetch(this.#url).catch(() => null)
    if (response === null) return 0
    const text = await response.text()
    const counts = [...text.matchAll(/^sekisho_lines_total\{[^}]*\} (\d+)$/gm)]
    return counts.reduce((sum, [, count]) => sum + Number(count), 0)
  }
}

function linesFrom(site, first, count, gapMs) {
  let text = ''
  for (let number = first; number < first + count; number++) {
    text += `${site.next(START_MS + Math.floor(number * gapMs))}\n`
  }
  return text
}

/** Resident memory as the kernel counts it (Linux). */
function residentMiBOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) / 1024
}
