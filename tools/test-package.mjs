// Runs the tests of the package in the working folder with Jest, on the project's Node; arguments go to Jest. Leaves
// the results in `.test-results.json`, for `tools/test.mjs` to add up (turbo keeps that file with what it caches).

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import project from './project.cjs'

const { status, error } = spawnSync(
  project.NODE,
  [
    // Jest needs the first for ECMAScript modules; the second hides what Node says of the first.
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(project.ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
    `--config=${join(project.ROOT, 'jest.config.js')}`,
    `--rootDir=${process.cwd()}`,
    '--json',
    '--outputFile=.test-results.json',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
if (error) throw error
process.exitCode = status ?? 1
