// `npm start`: replays the sample logs, as a user would replay their own.

import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import project from './project.cjs'

mkdirSync(join(project.ROOT, 'out'), { recursive: true })
const { status, error } = spawnSync(
  project.NODE,
  ['packages/cli/bin/sekisho.js', 'replay', 'samples', '--out', 'out/alerts.ndjson'],
  { cwd: project.ROOT, stdio: 'inherit' },
)
if (error) throw error
process.exitCode = status ?? 1
