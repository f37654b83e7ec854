// `npm start`: replays the sample logs, as a user would replay their own; more arguments are handed on.

import { mkdirSync } from 'node:fs'
import project from './project.cjs'

process.chdir(project.ROOT)
mkdirSync('out', { recursive: true })
process.argv.splice(2, 0, 'replay', 'samples', '--out', 'out/alerts.ndjson')
await import('../packages/cli/bin/sekisho.js')
