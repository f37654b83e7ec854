// Lines a second that the syslog listener takes from a sender in another process, through the spool to its reader, and what
// is lost on the way, counted at both ends.
// Usage: tsc -b && node bench/syslog.mjs [udp|tcp] [LINES_PER_SECOND] [SECONDS]     50,000 lines of UDP for 60 seconds
//
// The sender sends what is due every millisecond. Lost is what it sent and the reader did not get; of UDP the kernel says how many
// datagrams it dropped at the receiver's socket. TCP loses nothing: there the rate that was reached counts.
import { fork } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSyslogListener, Spool, SpoolReader } from '../packages/ingest/dist/live/index.js'

const [transport = 'udp', rateText = '50000', secondsText = '60'] = process.argv.slice(2)
const linesPerSecond = Number(rateText)
const seconds = Number(secondsText)
if (!['udp', 'tcp'].includes(transport) || !(linesPerSecond > 0) || !(seconds > 0)) {
  process.stderr.write('Usage: node bench/syslog.mjs [udp|tcp] [LINES_PER_SECOND] [SECONDS]\n')
  process.exit(2)
}

const TICK_MS = 1
const PORT = 'SEKISHO_BENCH_PORT'
/** The reader has all when nothing came for so long. */
const QUIET_MS = 500

/** As long as a FortiGate's login line is. */
const LINE = Buffer.from(
  `<189>date=2026-03-14 time=08:16:53 devname="fw-hq-1" devid="FG100FTK20012345" ${'x'.repeat(450)}`,
)

if (process.env[PORT] === undefined) await receive()
else await send(Number(process.env[PORT]))

async function receive() {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-bench-'))
  const onProblem = ({ path, problem }) => process.stderr.write(`${path}: ${problem}\n`)
  const spool = await Spool.open({ folder, onProblem })
  const reader = new SpoolReader(spool, { name: 'spool', onProblem })
  const options = { address: '127.0.0.1', port: 0, allow: null, sink: spool, onProblem }
  const listener = await openSyslogListener({ transport, ...options })
  const stop = new AbortController()
  const reading = readAll(reader, stop.signal)
  const cpuBefore = process.cpuUsage()
  const startedMs = performance.now()
  const { sent, elapsedMs, cpuMs } = await sentByOther(listener.port)
  let before = -1
  while (before !== spool.totalBytes || reader.lag > 0) {
    before = spool.totalBytes
    await new Promise((done) => setTimeout(done, QUIET_MS))
  }
  const { user, system } = process.cpuUsage(cpuBefore)
  const receivingMs = performance.now() - startedMs - QUIET_MS
  const counters = await listener.counters()
  stop.abort()
  const read = await reading
  await listener.close()
  await reader.close()
  await spool.close()
  rmSync(folder, { recursive: true })
  print({
    sent,
    elapsedMs,
    cpuMs,
    counters,
    read,
    receiverCpuMs: (user + system) / 1000,
    receivingMs,
  })
}

async function readAll(reader, signal) {
  let lines = 0
  for (;;) {
    const batch = await reader.next(signal)
    if (batch === null) return lines
    lines += batch.lines.length
    await reader.release(batch.position)
  }
}

async function sentByOther(port) {
  const env = { ...process.env, [PORT]: String(port) }
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { env })
  const [result] = await once(child, 'message')
  return result
}

async function send(port) {
  const cpuBefore = process.cpuUsage()
  const startedMs = performance.now()
  const sent = transport === 'udp' ? await sendDatagrams(port) : await sendStream(port)
  const { user, system } = process.cpuUsage(cpuBefore)
  process.send({ sent, elapsedMs: performance.now() - startedMs, cpuMs: (user + system) / 1000 })
  process.disconnect()
}

/** Calls back every tick with the number of lines that are due, and waits for what it gives. */
async function paced(sendLines) {
  const startedMs = performance.now()
  let sent = 0
  for (let elapsedMs = 0; elapsedMs < seconds * 1000; elapsedMs = performance.now() - startedMs) {
    const due = Math.floor((elapsedMs * linesPerSecond) / 1000) - sent
    if (due > 0) await sendLines(due)
    sent += Math.max(0, due)
    await new Promise((done) => setTimeout(done, TICK_MS))
  }
  return sent
}

async function sendDatagrams(port) {
  const socket = createSocket('udp4')
  await new Promise((done) => socket.connect(port, '127.0.0.1', done))
  let refused = 0
  const sent = await paced(async (count) => {
    const sends = Array.from(
      { length: count },
      () =>
        new Promise((done) => {
          socket.send(LINE, (error) => {
            if (error) refused++
            done()
          })
        }),
    )
    await Promise.all(sends)
  })
  socket.close()
  return sent - refused
}

async function sendStream(port) {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const framed = Buffer.concat([LINE, Buffer.from('\n')])
  const sent = await paced(async (count) => {
    const isTaken = socket.write(Buffer.alloc(framed.length * count, framed))
    if (!isTaken) await once(socket, 'drain')
  })
  socket.end()
  socket.resume()
  await once(socket, 'close')
  return sent
}

function print({ sent, elapsedMs, cpuMs, counters, read, receiverCpuMs, receivingMs }) {
  const lost = sent - read
  const rows = [
    [
      'sent',
      `${sent} lines of ${LINE.length} bytes, ${perSecond(sent, elapsedMs)}/s for ${(elapsedMs / 1000).toFixed(1)} s`,
    ],
    ['received', `${counters.messages} lines`],
    ['read from the spool', `${read} lines, ${perSecond(read, receivingMs)}/s`],
    ['lost', `${lost} lines, ${((100 * lost) / sent).toFixed(4)} %`],
    ['dropped by the kernel', counters.kernelDrops ?? 'not told'],
    ['dropped, spool full', counters.droppedSpoolFull],
    [
      'CPU of the receiver',
      `${((100 * receiverCpuMs) / elapsedMs).toFixed(0)} % of a core, ${((1000 * receiverCpuMs) / read).toFixed(2)} µs a line`,
    ],
    ['CPU of the sender', `${((100 * cpuMs) / elapsedMs).toFixed(0)} % of a core`],
  ]
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(23)}${value}\n`)
}

function perSecond(count, ms) {
  return Math.round((count * 1000) / ms)
}
