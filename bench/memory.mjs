// Whether the memory of `sekisho run` stays what it is while millions of events of a steady population pass (Linux).
// Usage: npm run bench:memory [-- --events 5000000] [--users 20000] [--days 40]
import { parseArgs } from 'node:util'
import { printed, shown } from './live/figures.mjs'
import { measuredMemory } from './live/memory.mjs'

/** Median of the last quarter against the second one. */
const GROWTH_MAX = 1.05

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '5000000' },
    users: { type: 'string', default: '20000' },
    days: { type: 'string', default: '40' },
  },
})
const { quarters, linesPerSecond, seconds } = await measuredMemory({
  events: Number(values.events),
  users: Number(values.users),
  days: Number(values.days),
  log: (text) => process.stderr.write(`${new Date().toISOString()} ${text}\n`),
})
const growth = quarters[3] / quarters[1]
printed(
  'events',
  `${shown(Number(values.events))} in ${shown(seconds)} s, ${shown(linesPerSecond)} a second`,
)
printed('resident MiB, median of each quarter', quarters.map(shown).join(', '))
printed('last quarter against the second', growth.toFixed(3))
process.exitCode = growth <= GROWTH_MAX ? 0 : 1
