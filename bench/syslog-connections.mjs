// A stranger opens thousands of TCP connections to the syslog listener of `sekisho run`, some of which send a line without an end,
// while a gateway goes on sending. Nothing of the gateway's may be lost, and memory must stay where it was.
// Usage: npm run bench:connections [-- CONNECTIONS] [LINES]     10,000 connections, 20,000 lines of the gateway
//
// The gateway is connected from 127.0.0.1, the stranger from 127.0.0.2: limits count by address.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../tools/kafka/broker-process.mjs'
import { BIN, sleep } from './live/service-process.mjs'

const [connections = 10_000, lines = 20_000] = process.argv.slice(2).map(Number)
const ENDLESS = 50
const ENDLESS_BYTES = 4 * 1024 * 1024
const STRANGER = '127.0.0.2'
const START_TIMEOUT_MS = 60_000
const QUIET_MS = 3000

const folder = mkdtempSync(join(tmpdir(), 'sekisho-connections-'))
const [port, httpPort] = await freePorts(2)
writeFileSync(
  join(folder, 'sekisho.yaml'),
  `sources: [{ type: syslog, transport: tcp, address: 127.0.0.1, port: ${port} }]
http: { port: ${httpPort} }
timezone: UTC
`,
)
const child = spawn(process.execPath, [BIN, 'run'], { cwd: folder, stdio: 'ignore' })
process.once('exit', () => child.kill('SIGKILL'))

async function metrics() {
  const response = await fetch(`http://127.0.0.1:${httpPort}/metrics`)
  const text = await response.text()
  const sum = (name) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0)
  const capped = text.split('\n').filter((line) => line.startsWith('sekisho_capped_total{'))
  return { read: sum('sekisho_lines_total'), capped }
}

function residentMib() {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024)
}

async function ready() {
  for (const startedMs = Date.now(); Date.now() - startedMs < START_TIMEOUT_MS; ) {
    const answer = await fetch(`http://127.0.0.1:${httpPort}/readyz`).catch(() => null)
    if (answer?.ok) return
    await sleep(200)
  }
  throw new Error('sekisho run did not become ready')
}

/** Opens a connection. @returns it, once it is open or has failed */
function opened(localAddress) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    socket.on('error', () => {})
    socket.once('connect', () => resolve(socket))
    socket.once('close', () => resolve(socket))
  })
}

const line = (i) =>
  `<189>date=2026-03-14 time=08:16:53 devname="fw-hq-1" devid="FG100FTK20012345" type="event" subtype="vpn" logdesc="Other" number=${i}\n`

await ready()
const gateway = await opened('127.0.0.1')
await sleep(1000)
const beforeMib = residentMib()
const strangers = []
const startedMs = performance.now()
const sending = (async () => {
  for (let i = 0; i < lines; i++) {
    if (!gateway.write(line(i))) await once(gateway, 'drain')
    if (i % 100 === 0) await sleep(10)
  }
})()
for (let i = 0; i < connections; i += 200) {
  const batch = Math.min(200, connections - i)
  strangers.push(...(await Promise.all(Array.from({ length: batch }, () => opened(STRANGER)))))
}
const openingMs = performance.now() - startedMs
for (const socket of strangers.filter(({ destroyed }) => !destroyed).slice(0, ENDLESS)) {
  socket.write(Buffer.alloc(ENDLESS_BYTES, 'x'))
}
await sending
let peakMib = 0
for (let last = -1, quietMs = 0; quietMs < QUIET_MS; quietMs += 250) {
  await sleep(250)
  peakMib = Math.max(peakMib, residentMib())
  const { read } = await metrics()
  if (read !== last) quietMs = 0
  last = read
}
const { read, capped } = await metrics()
const held = strangers.filter(({ destroyed, readyState }) => !destroyed && readyState === 'open')
console.log(
  `${connections} connections tried in ${Math.round(openingMs)} ms, ${held.length} held at the end`,
)
console.log(`gateway: ${lines} lines sent, ${read} lines read in all`)
console.log(`resident: ${beforeMib} MiB before, ${peakMib} MiB at most while they came`)
for (const each of capped) console.log(each)
gateway.destroy()
for (const socket of strangers) socket.destroy()
child.kill('SIGTERM')
const [code] = await once(child, 'exit')
console.log(`ended with exit code ${code}`)
rmSync(folder, { recursive: true })
process.exitCode = read >= lines && code === 0 ? 0 : 1
