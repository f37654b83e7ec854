// Lines a second that the generator of `sekisho simulate` makes, world by world, on one thread.
// Usage: tsc -b && node bench/simulate-lines.mjs [USERS] [DAYS]     2,000 users and 45 days unless given
//
// Making the catalogue of networks (once a process) and planning a run are timed apart.
import { performance } from 'node:perf_hooks'
import { simulate, WORLDS } from '../packages/simulate/dist/index.js'

const [users = 2000, days = 45] = process.argv.slice(2).map(Number)
const shown = (number) => Math.round(number).toLocaleString('en-US').padStart(11)

process.stdout.write('world        plan, ms      lines    lines/s  bytes/line\n')
for (const { name } of WORLDS) {
  const startMs = performance.now()
  const simulation = simulate(name, { seed: 1, users, days, learningDays: Math.floor(days / 3) })
  const plannedMs = performance.now()
  let [lines, bytes] = [0, 0]
  for (const { text } of simulation.lines) {
    lines++
    bytes += text.length
  }
  const seconds = (performance.now() - plannedMs) / 1000
  const cells = [plannedMs - startMs, lines, lines / seconds, bytes / lines].map(shown)
  process.stdout.write(`${name.padEnd(10)}${cells.join('')}\n`)
}
