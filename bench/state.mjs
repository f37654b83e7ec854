// What the state of many users costs: bytes per user, attempts a second through every rule on one core, and how long a
// snapshot takes to write and to restore; beside it the rate of a site of 50,000. A workforce with a normal history: four of five log in on a working day, seven
// of ten from home, some from a mobile network or an office; one in twelve mistypes first; now and then a new network.
// The generator's work is not counted. The bytes are those of the state and of every open day (the last 48 hours and the day
// before, as `replay --state` keeps them), after each of the last seven days; the rate is that of the last fourteen, the
// time to close each day and the main thread's share of garbage collection included.
// Usage: npm run bench:state [-- --users 1000000 --days 40 --sessions]
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_CONFIG } from '../packages/detect/dist/index.js'
import { Scorer } from '../packages/scorer/dist/index.js'
import { dayOfAttempts } from './workforce.mjs'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '40' },
    sessions: { type: 'boolean', default: false },
  },
})
/** A large site: its rate stands beside that of a million users, whose state no processor's caches hold. */
const SITE_USERS = 50_000

const users = Number(values.users)
const days = Number(values.days)
const counts = {}
const options = {
  config: DEFAULT_CONFIG,
  databases: 'bench',
  mode: 'batch',
  keepsOpen: true,
  onAlert: ({ ruleId, severity }) => {
    counts[`${ruleId} ${severity}`] = (counts[`${ruleId} ${severity}`] ?? 0) + 1
  },
}
const { scorer, perDay } = worked(users, days)
const week = perDay.slice(-7)
const bytesOf = ({ accountBytes, lineBytes }) => accountBytes + lineBytes
const meanOf = (of) => sumOf(week, of) / week.length
print('users', shown(scorer.size.accounts))
print('attempts', shown(sumOf(perDay, (day) => day.attempts)))
print('attempts per CPU second, all rules', shown(rateOf(perDay)))
print(
  'bytes per user, mean of a week',
  `${meanOf(bytesOf).toFixed(0)} (${Math.min(...week.map(bytesOf)).toFixed(0)} to ${Math.max(...week.map(bytesOf)).toFixed(0)}; long-term ${meanOf((day) => day.accountBytes).toFixed(0)}, open days ${meanOf((day) => day.lineBytes).toFixed(0)})`,
)
print('alerts and signals', JSON.stringify(counts))
if (users > SITE_USERS) {
  const site = worked(SITE_USERS, days)
  print(`attempts per CPU second, ${shown(SITE_USERS)} users`, shown(rateOf(site.perDay)))
}

const path = join(tmpdir(), `sekisho-bench-state-${process.pid}-${randomBytes(4).toString('hex')}`)
const started = performance.now()
const out = openSync(path, 'wx')
for (const chunk of scorer.save()) writeSync(out, chunk)
closeSync(out)
print(
  'snapshot written',
  `${((performance.now() - started) / 1000).toFixed(1)} s, ${(statSync(path).size / 1e6).toFixed(0)} MB`,
)
const again = performance.now()
const restored = new Scorer(options)
restored.restore(chunksOf(path))
print(
  'snapshot restored',
  `${((performance.now() - again) / 1000).toFixed(1)} s, ${shown(restored.size.accounts)} users`,
)
unlinkSync(path)

/** A workforce's days through a scorer of its own, and what each cost. */
function worked(population, dayCount) {
  const scorer = new Scorer(options)
  const perDay = []
  for (let day = 0; day < dayCount; day++) {
    let attempts = 0
    let ms = 0
    for (const chunk of dayOfAttempts(population, day, { sessions: values.sessions })) {
      const before = process.threadCpuUsage()
      scorer.joinAll(chunk)
      const { user, system } = process.threadCpuUsage(before)
      ms += (user + system) / 1000
      attempts += chunk.length
    }
    const { accountBytes, lineBytes, accounts } = scorer.size
    const [account, lines] = [accountBytes / accounts, lineBytes / accounts]
    perDay.push({ attempts, ms, accountBytes: account, lineBytes: lines })
    process.stderr.write(
      `day ${day}: ${shown(attempts)} attempts, ${shown((attempts / ms) * 1000)} per CPU second, ${account.toFixed(0)} + ${lines.toFixed(0)} bytes per user, resident ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB\n`,
    )
  }
  return { scorer, perDay }
}

/** Attempts a second over the last fortnight. */
function rateOf(perDay) {
  const fortnight = perDay.slice(-14)
  return (sumOf(fortnight, (day) => day.attempts) / sumOf(fortnight, (day) => day.ms)) * 1000
}

function* chunksOf(file) {
  const handle = openSync(file, 'r')
  try {
    for (;;) {
      const bytes = Buffer.allocUnsafe(1 << 20)
      const length = readSync(handle, bytes)
      if (length === 0) return
      yield bytes.subarray(0, length)
    }
  } finally {
    closeSync(handle)
  }
}

function sumOf(days, of) {
  return days.reduce((sum, day) => sum + of(day), 0)
}

function print(name, text) {
  process.stdout.write(`${name.padEnd(38)} ${text}\n`)
}

function shown(value) {
  return Math.round(value).toLocaleString('en')
}
