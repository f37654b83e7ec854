// A sekisho service as a process that is killed and started again.

import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

/** The program. */
export const BIN = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'bin', 'sekisho.js')

export class ServiceProcess {
  name
  kills = 0
  #args
  #folder
  #child = null
  #isWanted = false
  #exit = null

  /** @param args of the command line; @param folder where it runs and its log is kept */
  constructor(name, args, folder) {
    this.name = name
    this.#args = args
    this.#folder = folder
  }

  get pid() {
    return this.#child?.pid ?? null
  }

  get isRunning() {
    return this.#child !== null
  }

  /** Exit code once it has ended by itself; null before. */
  get exitCode() {
    return this.#exit
  }

  /** @param fault a named point at which it is to be killed, `after-commit:3` */
  start(fault = '') {
    this.#isWanted = true
    this.#exit = null
    const child = spawn(process.execPath, [BIN, ...this.#args], {
      cwd: this.#folder,
      env: { ...process.env, SEKISHO_TEST_FAULT: fault },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const keep = (bytes) => appendFileSync(join(this.#folder, `${this.name}.log`), bytes)
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('exit', (code, signal) => {
      keep(`--- ended: ${signal ?? code}${fault === '' ? '' : ` (asked for ${fault})`}\n`)
      if (this.#child !== child) return
      this.#child = null
      if (signal === 'SIGKILL') this.kills++
      else this.#exit = code
    })
  }

  signal(name) {
    this.#child?.kill(name)
  }

  /** Ends it as a supervisor does. @returns its exit code */
  async stop(limitMs = 15_000) {
    this.#isWanted = false
    const child = this.#child
    if (child === null) return this.#exit
    child.kill('SIGCONT')
    child.kill('SIGTERM')
    const startMs = Date.now()
    while (this.#child !== null && Date.now() - startMs < limitMs) await sleep(50)
    if (this.#child !== null) {
      child.kill('SIGKILL')
      throw new Error(`${this.name} did not end within ${limitMs} ms`)
    }
    return this.#exit
  }

  /** Whether it was killed, or could not reach the broker (exit code 4), and a supervisor would start it again. */
  get isDown() {
    return this.#isWanted && this.#child === null && (this.#exit === null || this.#exit === 4)
  }
}

export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** mulberry32: a generator of 32 bits, seeded. */
export function randomOf(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
