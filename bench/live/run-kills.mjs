// Lines through `sekisho run` in one process, which is killed (SIGKILL, at random times and at named points) while the file that it
// follows is written, rotated by renaming, and cut short. In the end its files must say what a replay of all lines says.

import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../../tools/kafka/broker-process.mjs'
import { writeCorpus } from '../corpus.mjs'
import { compared, replayed, settled } from './kafka-kills.mjs'
import { randomOf, ServiceProcess, sleep } from './service-process.mjs'

const POINTS = ['before-commit', 'after-commit', 'before-snapshot', 'after-snapshot']
const DAY_MS = 86_400_000
const QUIET_MS = 1500
const UNCHANGED_MS = 8000

/** @param bursts the lines are written in so many pieces; after each something happens */
export async function killedRunInOne({
  lines,
  kills,
  seed,
  rotations,
  truncations,
  settleMs,
  log,
}) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-run-kills-'))
  const random = randomOf(seed)
  const corpus = join(folder, 'corpus.log')
  writeCorpus(corpus, lines, 'vpn')
  appendFileSync(corpus, laterLine(corpus))
  const expected = replayed(folder, corpus)
  const [port] = await freePorts(1)
  const logs = join(folder, 'logs')
  mkdirSync(logs)
  const live = join(logs, 'vpn.log')
  writeFileSync(live, '')
  writeFileSync(
    join(folder, 'sekisho.yaml'),
    [
      'sources:',
      `  - { type: files, paths: ["${live}*"] }`,
      'state: { folder: state, snapshotSeconds: 2 }',
      'outputs:',
      '  - { type: file, path: alerts.ndjson }',
      'signals: signals.ndjson',
      `http: { port: ${port} }`,
      'log: { format: text }',
      '',
    ].join('\n'),
  )
  const service = new ServiceProcess('run', ['run'], folder)
  const done = { kills: 0, rotations: 0, truncations: 0, seconds: 0 }
  try {
    const startMs = Date.now()
    service.start()
    const faults = scheduleOf({ kills, rotations, truncations }, random)
    const pieces = piecesOf(corpus, faults.length + 1)
    for (const [i, piece] of pieces.entries()) {
      await written(live, piece, random)
      const fault = faults[i]
      if (fault === undefined) break
      log(JSON.stringify(fault))
      if (fault.kind === 'rotate') {
        renameSync(live, `${live}.${++done.rotations}`)
        writeFileSync(live, '')
      } else if (fault.kind === 'truncate') {
        await kept(service, port, join(folder, 'state', 'run'))
        copyFileSync(live, join(folder, `copy.${++done.truncations}`))
        truncateSync(live)
      } else {
        await sleep(random() * 1500)
        service.signal('SIGKILL')
        while (service.isRunning) await sleep(10)
        service.start(
          fault.kind === 'point'
            ? `${POINTS[fault.number % POINTS.length]}:${1 + (fault.number % 3)}`
            : '',
        )
      }
      if (service.isDown) service.start()
    }
    await settled({ services: [service], expected, folder, settleMs })
    done.seconds = Math.round((Date.now() - startMs) / 1000)
    done.kills = service.kills
    const code = await service.stop()
    if (code !== 0) throw new Error(`run ended with ${code}`)
    return await compared(expected, folder, done)
  } finally {
    service.signal('SIGKILL')
  }
}

/** A line of another user six days after the last, which completes every day before. */
function laterLine(corpus) {
  const text = readFileSync(corpus, 'utf8').trimEnd()
  const last = text.slice(text.lastIndexOf('\n') + 1)
  const [, ns] = /eventtime=(\d+)/.exec(last)
  const laterMs = Math.floor(Number(ns.slice(0, 13))) + 6 * DAY_MS
  const day = new Date(laterMs).toISOString().slice(0, 10)
  return `${last
    .replace(/date=\S+/, `date=${day}`)
    .replace(/eventtime=\d+/, `eventtime=${laterMs}${ns.slice(13)}`)
    .replace(/logid="\d+"/, 'logid="0101039943"')
    .replace(/action="[^"]*"/, 'action="ssl-new-con"')
    .replace(/user="[^"]*"/, 'user="N/A"')}\n`
}

function scheduleOf({ kills, rotations, truncations }, random) {
  const faults = Array.from({ length: kills }, (_, number) => ({
    kind: number % 2 === 0 ? 'point' : 'kill',
    number: Math.floor(number / 2),
  }))
  const at = () => Math.floor(random() * faults.length)
  for (let i = 0; i < rotations; i++) faults.splice(at(), 0, { kind: 'rotate' })
  for (let i = 0; i < truncations; i++) faults.splice(at(), 0, { kind: 'truncate' })
  return faults
}

/** The bytes of a file in pieces that do not end with lines. */
function piecesOf(path, count) {
  const file = openSync(path, 'r')
  const size = readFileSync(path).length
  const pieces = []
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * size) / count)
    const piece = Buffer.alloc(Math.floor(((i + 1) * size) / count) - from)
    readSync(file, piece, 0, piece.length, from)
    // A rotation must not tear a line apart, as no writer does.
    const end = i === count - 1 ? piece.length : piece.lastIndexOf(10) + 1
    pieces.push(Buffer.concat([pieces.rest ?? Buffer.alloc(0), piece.subarray(0, end)]))
    pieces.rest = piece.subarray(end)
  }
  closeSync(file)
  return pieces
}

/** Writes as a syslog daemon does: blocks that end anywhere. */
async function written(path, piece, random) {
  for (let at = 0; at < piece.length; ) {
    const bytes = 20_000 + Math.floor(random() * 400_000)
    appendFileSync(path, piece.subarray(at, at + bytes))
    at += bytes
    await sleep(20)
  }
}

/**
 * Waits until everything written has been read and is in a snapshot: what is cut off a file before that is lost to whoever is killed
 * (docs/operations.md). Nothing may wait for as long as the follower takes to look at every size.
 */
async function kept(service, port, stateFolder) {
  let quietSinceMs = null
  for (let tries = 0; tries < 600; tries++) {
    await sleep(100)
    if (service.isDown) service.start()
    const text = await fetch(`http://127.0.0.1:${port}/metrics`).then(
      (answer) => answer.text(),
      () => '',
    )
    const [, lag] = /^sekisho_source_lag\{.*\} (\d+)/m.exec(text) ?? []
    if (lag !== '0') quietSinceMs = null
    else quietSinceMs ??= Date.now()
    if (quietSinceMs === null || Date.now() - quietSinceMs < QUIET_MS) continue
    const latestMs = Math.max(0, ...snapshotTimesMs(stateFolder))
    // No snapshot is written where nothing has changed since the last.
    if (latestMs > quietSinceMs || Date.now() - quietSinceMs > UNCHANGED_MS) return
  }
  throw new Error('what was written was not read and kept within a minute')
}

function snapshotTimesMs(folder) {
  return readdirSync(folder)
    .filter((name) => /^snapshot\.\d+$/.test(name))
    .map((name) => statSync(join(folder, name)).mtimeMs)
}
