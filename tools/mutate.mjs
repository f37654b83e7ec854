// Puts small faults into sources, one at a time, and runs the tests of their package against each: a fault that no test
// sees is a test that is missing, or a change that makes no difference (see CONTRIBUTING.md).
//
//   node tools/mutate.mjs FILE... [--tests PATTERN] [--only N] [--jobs N]
//
// Tests run in a copy, never in the checkout: first the file's own (`x.test.ts` beside `x.ts`), then all that reach it;
// with `--tests` only those whose path matches. `--only N` tests the Nth mutant of each file. Prints the survivors and
// the figures. Exit code 1 when a mutant survives, 2 when the tests fail without any.

import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { mutantsOf } from './mutate/mutants.mjs'
import { HONEST_LIMIT_MS, TestBench } from './mutate/test-bench.mjs'
import project from './project.cjs'

const USAGE = 'Usage: node tools/mutate.mjs FILE... [--tests PATTERN] [--only N] [--jobs N]'

/** A mutant whose tests take this many times as long as without it never ends. */
const SLOWDOWN = 4

function argumentsOf() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tests: { type: 'string' }, only: { type: 'string' }, jobs: { type: 'string' } },
  })
  if (positionals.length === 0) throw new Error(USAGE)
  const jobs = Math.max(1, Number(values.jobs ?? availableParallelism()) || 1)
  return { files: positionals.map(fileOf), tests: values.tests, only: Number(values.only), jobs }
}

/** A source file: its package, its path in the package and its text. */
function fileOf(path) {
  const [root, packageName, ...rest] = relative(project.ROOT, resolve(path)).split(sep)
  if (root !== 'packages' || rest[0] !== 'src') throw new Error(`${path}: not a package's source`)
  return { path, packageName, pathInPackage: join(...rest), source: readFileSync(path, 'utf8') }
}

/** Whether some test fails, asking the likeliest first. */
async function isKilled(bench, { pathInPackage }, tests) {
  if (tests !== undefined) return !(await bench.run(tests, false)).isPassed
  const own = `/${basename(pathInPackage).replace(/\.ts$/, '\\.test\\.ts')}$`
  if (!(await bench.run(own, false)).isPassed) return true
  return !(await bench.run(pathInPackage, true)).isPassed
}

/** Tests mutants from a queue that several benches share. */
async function work(bench, file, queue, tests, survivors) {
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    bench.write(file.pathInPackage, mutant.source)
    if (!(await isKilled(bench, file, tests))) survivors.push(mutant)
  }
  bench.write(file.pathInPackage, file.source)
}

/** Tests every mutant of one file. Returns how many there were and how many survived. */
async function mutate(benches, file, { tests, only }) {
  benches[0].limitMs = HONEST_LIMIT_MS
  const startMs = performance.now()
  if (await isKilled(benches[0], file, tests)) {
    throw new Error(`${file.path}: its tests fail without any mutant`)
  }
  const limitMs = SLOWDOWN * (performance.now() - startMs)
  for (const bench of benches) bench.limitMs = limitMs
  const mutants = mutantsOf(file.source).map((mutant, index) => ({ ...mutant, number: index + 1 }))
  const queue = mutants.filter(({ number }) => Number.isNaN(only) || number === only)
  const total = queue.length
  const survivors = []
  await Promise.all(benches.map((bench) => work(bench, file, queue, tests, survivors)))
  survivors.sort((a, b) => a.number - b.number)
  for (const { number, line, before, after } of survivors) {
    const change = `${before.replace(/\s+/g, ' ')}  ->  ${after.replace(/\s+/g, ' ')}`
    console.log(`  survived #${number} ${file.path}:${line}  ${change}`)
  }
  console.log(`${file.path}: ${total} mutants, ${total - survivors.length} killed`)
  return { total, survived: survivors.length }
}

async function run() {
  const { files, jobs, ...options } = argumentsOf()
  const sum = { total: 0, survived: 0 }
  for (const packageName of new Set(files.map((file) => file.packageName))) {
    const benches = Array.from({ length: jobs }, () => new TestBench(packageName))
    try {
      for (const file of files.filter((each) => each.packageName === packageName)) {
        const { total, survived } = await mutate(benches, file, options)
        sum.total += total
        sum.survived += survived
      }
    } finally {
      for (const bench of benches) bench.close()
    }
  }
  const { total, survived } = sum
  console.log(`${total} mutants, ${total - survived} killed, ${survived} survived`)
  return Number(survived > 0)
}

run().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    console.error(error.message)
    process.exitCode = 2
  },
)
