// Two million failed logins under invented names from 200,000 addresses, in ten hours, among 2,000 real users: what the
// flood costs, and whether the alerts about real users are those of the same log without it.
// Usage: npm run bench:flood [-- FAILURES]     the logs are kept in .cache/
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const failures = Number(process.argv[2] ?? 2_000_000)
const USERS = 2_000
const ADDRESSES = 200_000
const DAYS = 14
const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 2, 2)
const cache = join(root, '.cache')
mkdirSync(cache, { recursive: true })

/** xorshift32. */
function randomOf(seed) {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4294967296
  }
}

/** Home lines of a Japanese provider for the real users; hosting networks and foreign home lines for the flood. */
const HOMES = ['126.10', '126.11', '126.12', '126.13', '153.180', '153.181']
const ELSEWHERE = [
  '5.9',
  '51.15',
  '88.99',
  '95.216',
  '116.202',
  '135.181',
  '159.69',
  '167.235',
  '178.62',
  '185.244',
]

const two = (value) => String(value).padStart(2, '0')

function lineOf(timestampMs, serial, user, address, isSuccess) {
  const at = new Date(timestampMs)
  const date = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
  const head = `date=${date} time=${time} devname="edge-1" devid="FG100FTK26000001" eventtime=${timestampMs}${String(serial % 1_000_000).padStart(6, '0')} tz="+0000"`
  return isSuccess
    ? `${head} logid="0101039424" type="event" subtype="vpn" level="information" vd="root" logdesc="SSL VPN tunnel up" action="tunnel-up" tunneltype="ssl-web" tunnelid=${800_000_000 + serial} remip=${address} user="${user}" group="VPN" dst_host="N/A" reason="login successfully" msg="SSL tunnel established"\n`
    : `${head} logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 remip=${address} user="${user}" group="N/A" dst_host="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"\n`
}

/** Two weeks of real people, and on the last days what should be found: foreign logins, and a list tried from one address. */
function realLines(random) {
  const lines = []
  let serial = 0
  const add = (timestampMs, user, address, isSuccess) =>
    lines.push([timestampMs, lineOf(timestampMs, serial++, user, address, isSuccess)])
  for (let day = 0; day < DAYS; day++) {
    for (let user = 0; user < USERS; user++) {
      const timestampMs = START_MS + day * DAY_MS + Math.floor((7 + 4 * random()) * 3_600_000)
      const home = `${HOMES[user % HOMES.length]}.${Math.floor(user / 8) % 256}.${1 + (user % 250)}`
      if (random() < 0.08) add(timestampMs - 15_000, `user.${user}`, home, false)
      add(timestampMs, `user.${user}`, home, true)
    }
  }
  for (let i = 0; i < 10; i++) {
    const timestampMs = START_MS + 12 * DAY_MS + Math.floor(random() * DAY_MS)
    add(timestampMs, `user.${i * 17}`, `45.77.${i}.9`, true)
  }
  for (let i = 0; i < 40; i++) {
    add(START_MS + 12.5 * DAY_MS + i * 9_000, `user.${100 + i}`, '104.248.7.7', i % 20 === 19)
  }
  return lines
}

function writeLog(path, withFlood) {
  const random = randomOf(20260302)
  const lines = realLines(random)
  const flood = randomOf(77)
  const startMs = START_MS + 12 * DAY_MS + 4 * 3_600_000
  let next = 0
  const floodAt = (i) => startMs + Math.floor((i * 10 * 3_600_000) / failures)
  lines.sort((a, b) => a[0] - b[0])
  const out = openSync(path, 'w')
  let text = ''
  const put = (line) => {
    text += line
    if (text.length > 1 << 20) {
      writeSync(out, text)
      text = ''
    }
  }
  const put1 = () => {
    const address = Math.floor(flood() * ADDRESSES)
    const net = ELSEWHERE[address % ELSEWHERE.length]
    const host = `${net}.${Math.floor(address / 10 / 80) % 256}.${1 + (Math.floor(address / 10) % 80) * 3}`
    const name = `${Math.floor(flood() * 2 ** 32).toString(36)}${Math.floor(flood() * 2 ** 32).toString(36)}`
    put(lineOf(floodAt(next), next, name, host, false))
    next++
  }
  for (const [timestampMs, line] of lines) {
    while (withFlood && next < failures && floodAt(next) <= timestampMs) put1()
    put(line)
  }
  while (withFlood && next < failures) put1()
  writeSync(out, text)
  closeSync(out)
}

function replayed(log, out) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...['--import', join(root, 'bench', 'usage.mjs'), join(root, 'packages/cli/bin/sekisho.js')],
      ...['replay', log, '--out', out],
    ],
    { encoding: 'utf8', cwd: root, maxBuffer: 1 << 28 },
  )
  const usage = stderr.match(/^bench-usage (.*)$/m)
  if (status !== 0 || usage === null) throw new Error(`replay failed (${status}):\n${stderr}`)
  return JSON.parse(usage[1])
}

/** Alerts about real users: everything but the run, by id. */
function alertsOfUsers(path) {
  const alerts = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  const strip = ({ event, sekisho, ...rest }) => {
    const { created, ingested, ...facts } = event
    const { run, evidence, inputs, ...own } = sekisho
    return JSON.stringify({
      ...rest,
      event: facts,
      own,
      evidence: evidence.map(({ raw_ref, ...line }) => line),
    })
  }
  const ofUsers = alerts.filter(({ sekisho }) => sekisho.alert.entity.startsWith('user:user.'))
  return {
    all: alerts.length,
    ofUsers: new Map(ofUsers.map((alert) => [alert.event.id, strip(alert)])),
  }
}

const results = {}
for (const kind of ['alone', 'flooded']) {
  const log = join(cache, `bench-flood-${kind}-${kind === 'alone' ? 0 : failures}.log`)
  if (!existsSync(log)) writeLog(log, kind === 'flooded')
  const out = join(cache, `bench-flood-${kind}.ndjson`)
  const { cpuS, peakMiB } = replayed(log, out)
  results[kind] = alertsOfUsers(out)
  process.stdout.write(
    `${kind.padEnd(8)} peak ${peakMiB} MiB resident, ${cpuS.toFixed(1)} CPU seconds, ${results[kind].all} alerts, ${results[kind].ofUsers.size} about real users\n`,
  )
}
const { alone, flooded } = results
const different = [...new Set([...alone.ofUsers.keys(), ...flooded.ofUsers.keys()])].filter(
  (id) => alone.ofUsers.get(id) !== flooded.ofUsers.get(id),
)
process.stdout.write(`alerts about real users that differ: ${different.length}\n`)
if (different.length > 0) process.exitCode = 1
