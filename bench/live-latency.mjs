// From a line to its alert on the topic, and how many lines a second the whole path bears, over a real broker.
// Usage: npm run bench:live [-- --rate 1000] [--seconds 60] [--scorers 2] [--partitions 4] [--users 5000] [--lines 300000]
//   [--repetitions 3] [--only latency|throughput]
import { parseArgs } from 'node:util'
import { printed, shown } from './live/figures.mjs'
import { measuredLatency } from './live/latency.mjs'
import { measuredThroughput, printThroughput } from './live/throughput.mjs'

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    'warm-up': { type: 'string', default: '20' },
    'attacks-per-second': { type: 'string', default: '10' },
    'history-days': { type: 'string', default: '8' },
    scorers: { type: 'string', default: '2' },
    partitions: { type: 'string', default: '4' },
    users: { type: 'string', default: '5000' },
    lines: { type: 'string', default: '300000' },
    repetitions: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
})
const log = (text) => process.stderr.write(`${new Date().toISOString()} ${text}\n`)
const partitions = Number(values.partitions)
const scorers = Number(values.scorers)
const P99_MS_MAX = 1000

if (values.only !== 'throughput') {
  const { alerts, lost, latency, untilSaid, senderLate } = await measuredLatency({
    partitions,
    scorers,
    log,
    rate: Number(values.rate),
    users: Number(values.users),
    warmUpMs: 1000 * Number(values['warm-up']),
    measuredMs: 1000 * Number(values.seconds),
    attacksPerSecond: Number(values['attacks-per-second']),
    historyDays: Number(values['history-days']),
  })
  const text = ({ p50Ms, p90Ms, p99Ms, maxMs }) =>
    `p50 ${shown(p50Ms)} ms, p90 ${shown(p90Ms)} ms, p99 ${shown(p99Ms)} ms, max ${shown(maxMs)} ms`
  printed('lines a second', `${values.rate}, ${scorers} scorers, ${partitions} partitions`)
  printed('line due to alert on the topic', `${text(latency)} over ${alerts} alerts, ${lost} lost`)
  printed('  of it until stage N made the alert', text(untilSaid))
  printed('  the sender was late by', text(senderLate))
  if (lost > 0 || latency.p99Ms > P99_MS_MAX) process.exitCode = 1
}
if (values.only !== 'latency') {
  const repetitions = Number(values.repetitions)
  const lines = Number(values.lines)
  printThroughput(await measuredThroughput({ lines, partitions, scorers, repetitions, log }))
}
