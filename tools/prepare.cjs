'use strict'

// Makes a checkout ready: packages, compiled sources, location tables. Runs before every npm script that needs them,
// on whatever Node from 18 on the machine has; silent when there is nothing to do.

const { spawn } = require('node:child_process')
const { createHash } = require('node:crypto')
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { basename, delimiter, join } = require('node:path')
const { NODE, NODE_MAJOR, ROOT, installedNodeMajor } = require('./project.cjs')

const MODULES = join(ROOT, 'node_modules')
const STAMP = join(MODULES, '.sekisho-stamp')

/** A step that takes longer says so while it runs. */
const PATIENCE_MS = 1000

/** What a person is told when a step fails. */
class Failure extends Error {}

function say(text) {
  process.stderr.write(`sekisho: ${text}\n`)
}

function secondsSince(startMs) {
  return `${((Date.now() - startMs) / 1000).toFixed(1)} s`
}

/**
 * Runs a program; its words go to stderr, since stdout belongs to the script that runs next.
 * @param options.doing said if it takes a while
 * @param options.failed said if it fails
 */
function run(program, args, { doing, failed, environment = process.env }) {
  return new Promise((resolve, reject) => {
    const startMs = Date.now()
    const child = spawn(program, args, {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    let isTold = false
    const patience = setTimeout(() => {
      isTold = true
      say(`${doing} …`)
    }, PATIENCE_MS)
    child.on('error', (error) => {
      clearTimeout(patience)
      reject(new Failure(`${failed} (${error.message})`))
    })
    child.on('close', (code) => {
      clearTimeout(patience)
      if (code !== 0) {
        process.stderr.write(output)
        reject(new Failure(failed))
      } else {
        if (isTold) say(`${doing}: done in ${secondsSince(startMs)}`)
        resolve()
      }
    })
  })
}

/** Changes whenever other packages must be installed. */
function digest() {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
}

/**
 * The environment for npm inside an npm script: without what the outer npm set for its script alone, and without the
 * folder of programs that is about to be deleted.
 */
function environmentForNpm() {
  const environment = { ...process.env }
  for (const name of Object.keys(environment)) {
    if (/^npm_(package_|lifecycle_|command$|node_execpath$|execpath$)/.test(name)) {
      delete environment[name]
    }
  }
  environment.PATH = pathOutside().join(delimiter)
  return environment
}

function pathOutside() {
  return (process.env.PATH || '').split(delimiter).filter((folder) => !folder.startsWith(MODULES))
}

/** The npm that runs this script, on the machine's own Node; or the npm of the machine. */
function npm() {
  const { npm_execpath: script = '' } = process.env
  const node = pathOutside()
    .map((folder) => join(folder, basename(process.execPath)))
    .find((file) => existsSync(file))
  if (basename(script) !== 'npm-cli.js' || node === undefined) {
    return { program: process.platform === 'win32' ? 'npm.cmd' : 'npm', first: [] }
  }
  return { program: node, first: [script] }
}

async function install() {
  const isInstalled =
    existsSync(NODE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest()
  if (isInstalled) return
  const { program, first } = npm()
  const environment = environmentForNpm()
  await run(program, [...first, 'ci', '--include=dev', '--prefer-offline', '--loglevel=error'], {
    doing: 'installing packages (npm ci)',
    failed:
      'npm ci failed; the lines above say why. It needs the npm registry, or a full npm cache.',
    environment,
  })
  if (installedNodeMajor() !== NODE_MAJOR) {
    await run(program, [...first, 'rebuild', 'node', '--ignore-scripts=false'], {
      doing: `fetching Node ${NODE_MAJOR} (npm rebuild node)`,
      failed: 'npm rebuild node failed; the lines above say why.',
      environment,
    })
  }
  if (installedNodeMajor() !== NODE_MAJOR) {
    throw new Failure(
      `the npm package node@${NODE_MAJOR} is installed, but ${NODE} does not run. Its install script fetches the ` +
        'program for this machine: allow it (npm rebuild node --ignore-scripts=false --foreground-scripts). ' +
        'It needs a Linux with glibc, macOS or Windows.',
    )
  }
  writeFileSync(STAMP, digest())
}

async function main() {
  await install()
  await run(NODE, [join(MODULES, 'typescript', 'bin', 'tsc'), '-b'], {
    doing: 'compiling (tsc -b)',
    failed: 'compiling failed; the lines above say where.',
  })
  await run(NODE, [join(ROOT, 'packages', 'locate', 'dist', 'compile-main.js')], {
    doing: 'compiling the location tables (once)',
    failed: 'the location tables could not be compiled; the lines above say why.',
  })
}

main().catch((error) => {
  say(error instanceof Failure ? error.message : error.stack)
  process.exitCode = 1
})
