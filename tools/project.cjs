'use strict'

// What the tools know of the project. CommonJS and old syntax only: it also runs on the Node that the machine has.

const { spawnSync } = require('node:child_process')
const { join } = require('node:path')

const ROOT = join(__dirname, '..')

/** The Node that the project brings: the npm package `node`. */
const NODE = join(
  ROOT,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** Major version of the Node the project brings, as package.json pins it. */
const NODE_MAJOR = Number.parseInt(require('../package.json').devDependencies.node, 10)

/** Major version of the Node that the project brought; 0 when it is missing or does not run here. */
function installedNodeMajor() {
  const { status, stdout } = spawnSync(NODE, ['--version'], { encoding: 'utf8' })
  return status === 0 ? Number.parseInt(stdout.slice(1), 10) : 0
}

module.exports = { NODE, NODE_MAJOR, ROOT, installedNodeMajor }
