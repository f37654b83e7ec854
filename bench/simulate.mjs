// Runs seeds of the simulation (packages/pipeline/src/testing) and shows the last steps of the first that fails.
// Usage: npm run simulate [-- --seeds 100000] [--from 1] [--kind kafka|run] [--sabotage]
import { parseArgs } from 'node:util'
import { simulatedRun } from '../packages/pipeline/dist/testing/embedded-simulation.js'
import { simulated } from '../packages/pipeline/dist/testing/kafka-simulation.js'
import { SABOTAGES } from '../packages/pipeline/dist/testing/sabotages.js'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100000' },
    from: { type: 'string', default: '1' },
    kind: { type: 'string', default: 'kafka' },
    sabotage: { type: 'boolean', default: false },
  },
})

/** Runs seeds; counts those that fail. */
async function runSeeds(run, from, seeds, { isShown }) {
  const sum = { seeds: 0, failed: 0, crashes: 0, alerts: 0, steps: 0 }
  const startMs = performance.now()
  for (let seed = from; seed < from + seeds; seed++) {
    const result = await run(seed).catch((error) => ({
      problems: [error.message],
      report: error.message,
    }))
    sum.seeds++
    for (const name of ['crashes', 'alerts', 'steps']) sum[name] += result[name] ?? 0
    if (result.problems.length > 0) {
      sum.failed++
      if (isShown && sum.failed === 1)
        console.log(`seed ${seed}:\n${result.problems.join('\n')}\n${result.report}`)
    }
    if (isShown && sum.seeds % 1000 === 0)
      process.stderr.write(`${sum.seeds} seeds, ${sum.failed} failed\n`)
  }
  return { ...sum, seconds: Math.round((performance.now() - startMs) / 1000) }
}

if (values.sabotage) {
  for (const sabotage of SABOTAGES) {
    const { seeds, failed } = await runSeeds((seed) => simulated(seed, sabotage), 1, 60, {
      isShown: false,
    })
    console.log(`${sabotage.name}: ${failed} of ${seeds} seeds notice it`)
    if (failed === 0) process.exitCode = 1
  }
} else {
  const run = values.kind === 'run' ? simulatedRun : simulated
  const sum = await runSeeds(run, Number(values.from), Number(values.seeds), { isShown: true })
  console.log(JSON.stringify(sum))
  process.exitCode = sum.failed === 0 ? 0 : 1
}
