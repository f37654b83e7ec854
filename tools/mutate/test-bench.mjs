import { fork } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import project from '../project.cjs'

const TEST_PROCESS = fileURLToPath(new URL('test-process.mjs', import.meta.url))
/** Jest keeps some memory of every run: a process is replaced before that adds up. */
const RUNS_PER_PROCESS = 40
/** Time for the tests of an unchanged source, ms. */
export const HONEST_LIMIT_MS = 120_000

/** What a copy of the checkout does without: the packages beside the one in question are found in `node_modules`. */
const NOT_LINKED = new Set(['.cache', '.git', 'node_modules', 'packages'])

/**
 * A copy of one package in which mutants are tested. It lies in a checkout of links below the ignored folder `.cache`,
 * where tests find the pages and samples that they read, and imports resolve as they do from the package itself.
 */
export class TestBench {
  /** A run that takes longer is taken for one that does not end, ms. */
  limitMs = HONEST_LIMIT_MS
  #checkout
  #child = null
  #runs = 0

  /** @param {string} packageName name of a folder below `packages` */
  constructor(packageName) {
    const parent = join(project.ROOT, '.cache', 'mutate')
    mkdirSync(parent, { recursive: true })
    this.#checkout = mkdtempSync(join(parent, `${packageName}-`))
    for (const each of readdirSync(project.ROOT)) {
      if (!NOT_LINKED.has(each)) symlinkSync(join(project.ROOT, each), join(this.#checkout, each))
    }
    const from = join(project.ROOT, 'packages', packageName)
    this.folder = join(this.#checkout, 'packages', packageName)
    for (const each of ['src', 'package.json']) {
      cpSync(join(from, each), join(this.folder, each), { recursive: true })
    }
  }

  /** Writes a file of the copy; `path` is relative to the package. */
  write(path, source) {
    writeFileSync(join(this.folder, path), source)
  }

  /**
   * Runs the test files whose path matches the expression `tests`, or with `isRelated` those that reach the file `tests`.
   *
   * @returns {Promise<{ isPassed: boolean, tests: number }>} not passed when they do not end in time
   */
  run(tests, isRelated) {
    if (this.#child === null || this.#runs >= RUNS_PER_PROCESS) this.#start()
    this.#runs++
    const child = this.#child
    return new Promise((resolve) => {
      const finish = (result) => {
        clearTimeout(timer)
        child.removeAllListeners()
        resolve(result)
      }
      const giveUp = () => {
        this.#stop()
        finish({ isPassed: false, tests: 0 })
      }
      const timer = setTimeout(giveUp, this.limitMs)
      child.once('message', finish)
      child.once('exit', giveUp)
      child.send({
        rootDir: this.folder,
        config: join(project.ROOT, 'jest.config.js'),
        tests: isRelated ? join(this.folder, tests) : tests,
        isRelated,
      })
    })
  }

  /** Ends the process and removes the copy. */
  close() {
    this.#stop()
    rmSync(this.#checkout, { recursive: true, force: true })
  }

  #start() {
    this.#stop()
    this.#runs = 0
    this.#child = fork(TEST_PROCESS, {
      cwd: project.ROOT,
      execPath: project.NODE,
      execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
  }

  #stop() {
    this.#child?.removeAllListeners()
    this.#child?.kill('SIGKILL')
    this.#child = null
  }
}
