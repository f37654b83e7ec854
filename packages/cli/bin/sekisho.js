#!/usr/bin/env node
// Starts the command line on the Node it needs: this one, or the one that the project brings. This file must run on
// any Node from 18 on, so it imports nothing of the project before it knows.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR = 24
const USAGE_ERROR = 2

const main = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'main.js')

/** The Node of the npm package `node`, or null when it is not installed. */
function projectNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
    const file = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(file) ? file : null
  } catch {
    return null
  }
}

function refuse(sentence) {
  process.stderr.write(`sekisho: ${sentence}\n`)
  process.exitCode = USAGE_ERROR
}

function runOn(node) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends its interrupt to both processes: waiting is enough.
  const isInterruptShared = process.stdin.isTTY === true
  process.on('SIGINT', () => isInterruptShared || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => refuse(`cannot start Node ${NODE_MAJOR} (${error.message})`))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}

const node = projectNode()
if (!existsSync(main)) {
  refuse('it is not compiled yet; run "npm run build" in its folder')
} else if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) {
  await import('../dist/main.js')
} else if (node !== null) {
  runOn(node)
} else {
  refuse(`it needs Node ${NODE_MAJOR} or newer; this is ${process.versions.node}`)
}
