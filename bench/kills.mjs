// Kills processes of a run over Kafka and compares what it says with a replay (bench/live/kafka-kills.mjs).
// Usage: npm run kills [-- --lines 300000] [--kills 25] [--seed 1] [--zombie-ms 25000] [--broker-restarts 3] [--partitions 4]
import { parseArgs } from 'node:util'
import { killedRun, report } from './live/kafka-kills.mjs'

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '300000' },
    kills: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    'zombie-ms': { type: 'string', default: '25000' },
    'broker-restarts': { type: 'string', default: '3' },
    partitions: { type: 'string', default: '4' },
    'settle-ms': { type: 'string', default: '600000' },
  },
})
const result = await killedRun({
  lines: Number(values.lines),
  kills: Number(values.kills),
  seed: Number(values.seed),
  zombieMs: Number(values['zombie-ms']),
  brokerRestarts: Number(values['broker-restarts']),
  partitions: Number(values.partitions),
  settleMs: Number(values['settle-ms']),
  log: (text) => process.stderr.write(`${new Date().toISOString()} ${text}\n`),
})
report(result)
