// Checks the properties of the scorer on many generated worlds: `node bench/properties.mjs`
// Usage: node bench/properties.mjs [--cases 1000000] [--seed 1] [--jobs CPUS] [--only NAME[,NAME]] [--path PATH]
//
// The properties are those of `npm test` (packages/scorer/src/testing/property-*.ts), which share the cases in proportion
// to what they have there. A failure is shrunk and printed with what makes it again; exit code 1 tells of failures.
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import project from '../tools/project.cjs'
import { Progress } from './properties/progress.mjs'

/** Cases of one task: a worker says what came of them, and memory starts anew. */
const TASK_CASES = 100

/** Failures of one property that are shrunk and printed; it is not tried any more after them. */
const FAILURES_MAX = 3

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: `${availableParallelism()}` },
    only: { type: 'string', default: '' },
    path: { type: 'string' },
  },
})

function newWorker() {
  return fork(fileURLToPath(new URL('./properties/worker.mjs', import.meta.url)), {
    execPath: project.NODE,
    execArgv: [
      '--conditions=@sekisho/source',
      '--experimental-strip-types',
      '--disable-warning=ExperimentalWarning',
    ],
  })
}

/** Tasks in turns of all properties, so that what is left takes as long as what is done. */
function tasksOf(properties) {
  const weights = properties.reduce((sum, { cases }) => sum + cases, 0)
  const tasks = properties.flatMap(({ name, cases: weight }, index) => {
    const cases = Math.max(1, Math.round((Number(values.cases) * weight) / weights))
    const count = Math.ceil(cases / TASK_CASES)
    return Array.from({ length: count }, (_, i) => ({
      name,
      cases: Math.min(TASK_CASES, cases - i * TASK_CASES),
      // No two tasks draw the same worlds; a failure prints the seed of its own.
      seed: (Number(values.seed) + i * properties.length + index) | 0,
      turn: (i + 0.5) / count,
    }))
  })
  return tasks.sort((a, b) => a.turn - b.turn)
}

function chosenOf(properties) {
  if (values.only === '') return properties
  const names = values.only.split(',')
  const unknown = names.filter((name) => !properties.some((known) => known.name === name))
  if (unknown.length === 0) return properties.filter(({ name }) => names.includes(name))
  const known = properties.map(({ name }) => name).join(', ')
  process.stderr.write(`no property ${unknown.join(', ')}; there are ${known}\n`)
  process.exit(2)
}

let tasks = null
let progress = null

/** Keeps one worker at work until nothing is left. */
function employ(worker) {
  let task = null
  const next = () => {
    while (tasks.length > 0 && progress.failuresOf(tasks[0].name) >= FAILURES_MAX) tasks.shift()
    task = tasks.shift() ?? null
    if (task === null) worker.disconnect()
    else worker.send(task)
  }
  worker.on('message', ({ properties, name, result, cpuS }) => {
    if (properties === undefined) progress.add(name, task.cases, result, cpuS)
    else if (tasks === null) {
      const chosen = chosenOf(properties)
      tasks =
        values.path === undefined
          ? tasksOf(chosen)
          : chosen.map(({ name: only }) => ({
              name: only,
              cases: 1,
              seed: Number(values.seed),
              path: values.path,
            }))
      progress = new Progress(chosen, tasks)
    }
    next()
  })
  worker.on('exit', (code) => {
    if (code === 0) return
    process.stderr.write(`a worker ended with code ${code}, at ${JSON.stringify(task)}\n`)
    process.exitCode = 1
  })
}

const workers = Array.from({ length: Number(values.jobs) }, newWorker)
workers.forEach(employ)
await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))))
progress?.print()
if (progress?.failures > 0) process.exitCode = 1
