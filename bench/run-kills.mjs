// Kills `sekisho run` while the file that it follows is rotated and cut short, and compares what it says with a replay.
// Usage: npm run kills:run [-- --lines 300000] [--kills 25] [--seed 1] [--rotations 4] [--truncations 3]
import { parseArgs } from 'node:util'
import { report } from './live/kafka-kills.mjs'
import { killedRunInOne } from './live/run-kills.mjs'

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '300000' },
    kills: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    rotations: { type: 'string', default: '4' },
    truncations: { type: 'string', default: '3' },
    'settle-ms': { type: 'string', default: '300000' },
  },
})
const result = await killedRunInOne({
  lines: Number(values.lines),
  kills: Number(values.kills),
  seed: Number(values.seed),
  rotations: Number(values.rotations),
  truncations: Number(values.truncations),
  settleMs: Number(values['settle-ms']),
  log: (text) => process.stderr.write(`${new Date().toISOString()} ${text}\n`),
})
report(result)
