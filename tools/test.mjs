// `npm test`: lint, then every package's tests (through turbo, which skips what has not changed), added up. The last
// line is `N passed, N failed, N skipped`; a lint error, or a suite that did not run, counts as one failure.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { whyNoTestElasticsearch } from './elasticsearch/for-tests.mjs'
import { whyNoTestKafka } from './kafka/for-tests.mjs'
import project from './project.cjs'
import { countsOf } from './test-results.mjs'

const { NODE, ROOT } = project

/** Runs a program of an installed package on the project's Node. Returns whether it succeeded. */
function run(script, args) {
  const environment = {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  }
  const { status, error } = spawnSync(NODE, [join(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    env: environment,
    stdio: 'inherit',
  })
  if (error) throw error
  return status === 0
}

function resultsFileOf(name) {
  return join(ROOT, 'packages', name, '.test-results.json')
}

function testAll() {
  const packages = readdirSync(join(ROOT, 'packages')).filter((name) =>
    existsSync(join(ROOT, 'packages', name, 'package.json')),
  )
  // Results of a former run would hide that a package was not tested.
  for (const name of packages) rmSync(resultsFileOf(name), { force: true })
  const failures = []
  if (!run('@biomejs/biome/bin/biome', ['check'])) failures.push('lint (npm run fix may help)')
  const isGreen = run('turbo/bin/turbo', [
    'run',
    'test',
    '--continue',
    '--output-logs=errors-only',
    '--concurrency=100%',
    '--ui=stream',
  ])

  const total = { passed: 0, skipped: 0 }
  for (const name of packages) {
    const file = resultsFileOf(name)
    const counts = countsOf(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)
    console.log(`${name.padEnd(12)} ${counts.passed} passed`)
    total.passed += counts.passed
    total.skipped += counts.skipped
    failures.push(...counts.failures.map((failure) => `packages/${name}: ${failure}`))
  }
  if (!isGreen && failures.length === 0) failures.push('turbo run test (see above)')
  for (const failure of failures) console.log(`FAILED ${failure}`)
  const isAsked = total.skipped > 0 && process.env.CI !== 'true'
  const reasons = isAsked ? [whyNoTestKafka(), whyNoTestElasticsearch()] : []
  for (const reason of reasons) {
    if (reason !== null) console.log(`skipped what talks to a server: ${reason}`)
  }
  console.log(`${total.passed} passed, ${failures.length} failed, ${total.skipped} skipped`)
  return failures.length === 0 ? 0 : 1
}

process.exitCode = testAll()
