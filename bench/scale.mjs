// One scorer, then three, then two, while lines come: the alerts are those of a replay, and the pauses (bench/live/scale.mjs).
// Usage: npm run scale [-- --rate 1000] [--phase-seconds 20] [--users 5000] [--partitions 6] [--day-seconds 3]
import { parseArgs } from 'node:util'
import { printed, shown } from './live/figures.mjs'
import { scaledRun } from './live/scale.mjs'

const PAUSE_MS_MAX = 10_000

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    'phase-seconds': { type: 'string', default: '20' },
    users: { type: 'string', default: '5000' },
    partitions: { type: 'string', default: '6' },
    'day-seconds': { type: 'string', default: '3' },
    'attacks-per-second': { type: 'string', default: '10' },
  },
})
const { phases, sent, differences, isSame } = await scaledRun({
  rate: Number(values.rate),
  phaseMs: 1000 * Number(values['phase-seconds']),
  users: Number(values.users),
  partitions: Number(values.partitions),
  dayS: Number(values['day-seconds']),
  attacksPerSecond: Number(values['attacks-per-second']),
  log: (text) => process.stderr.write(`${new Date().toISOString()} ${text}\n`),
})
printed('lines', `${shown(sent)} at ${values.rate} a second`)
for (const { name, pauses, longestDelayMs } of phases) {
  const { user, network } = pauses
  printed(
    name,
    `longest pause ${shown(user)} ms in stage U, ${shown(network)} ms in stage N; line to alert at most ${shown(longestDelayMs)} ms`,
  )
}
printed('against a replay', differences)
const longest = Math.max(...phases.flatMap(({ pauses }) => [pauses.user, pauses.network]))
process.exitCode = isSame && longest < PAUSE_MS_MAX ? 0 : 1
