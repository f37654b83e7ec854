import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { appendFile, rename, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FilesPosition } from './file-position.ts'
import { FollowedFiles } from './followed-files.ts'

type Step = 'write' | 'write half a line' | 'rotate' | 'cut' | 'read' | 'snapshot' | 'crash'

/** A log that is written, rotated and read, and a reader that is killed and goes on from its last snapshot. */
class RotatedLog {
  readonly folder = mkdtempSync(join(tmpdir(), 'rotated-'))
  readonly written: string[] = []
  read: string[] = []
  #files = this.#opened(undefined)
  #position: FilesPosition | undefined
  #snapshot: { readonly position: FilesPosition | undefined; readonly lines: number } = {
    position: undefined,
    lines: 0,
  }
  #half = ''
  #rotations = 0

  async step(step: Step): Promise<void> {
    if (step === 'write') await this.#write()
    else if (step === 'write half a line') await this.#writeHalf()
    else if (step === 'rotate') await this.#rotate()
    else if (step === 'cut') await this.#cut()
    else if (step === 'read') await this.#read()
    else if (step === 'snapshot') this.#take()
    else await this.#crash()
  }

  async readAll(): Promise<void> {
    while (this.read.length < this.written.length) await this.#read()
  }

  async close(): Promise<void> {
    await this.#files.close()
    rmSync(this.folder, { recursive: true })
  }

  get #path(): string {
    return join(this.folder, 'app.log')
  }

  #opened(position: FilesPosition | undefined): FollowedFiles {
    const paths = [join(this.folder, 'app.log*')]
    return new FollowedFiles({ name: 'log', paths, position, pollMs: 50, onProblem: () => {} })
  }

  async #write(): Promise<void> {
    const line = this.#half === '' ? `line ${this.written.length}` : this.#half
    const rest = this.#half === '' ? line : ' and its rest'
    this.#half = ''
    await appendFile(this.#path, `${rest}\n`)
    this.written.push(rest === line ? line : `${line}${rest}`)
  }

  async #writeHalf(): Promise<void> {
    if (this.#half !== '') return
    this.#half = `half ${this.written.length}`
    await appendFile(this.#path, this.#half)
  }

  async #rotate(): Promise<void> {
    if (this.#half !== '') await this.#write()
    if (!readdirSync(this.folder).includes('app.log')) return
    for (let number = this.#rotations; number >= 0; number--) {
      const name = number === 0 ? this.#path : `${this.#path}.${number}`
      await rename(name, `${this.#path}.${number + 1}`)
    }
    this.#rotations++
  }

  /** As `copytruncate` does; what had not been read would be lost. */
  async #cut(): Promise<void> {
    if (this.#half !== '') await this.#write()
    if (!readdirSync(this.folder).includes('app.log')) return
    await this.readAll()
    this.#take()
    await truncate(this.#path)
  }

  async #read(): Promise<void> {
    if (this.read.length === this.written.length) return
    const batch = await this.#files.next(AbortSignal.timeout(4000))
    if (batch === null)
      throw new Error(`${this.written.length - this.read.length} lines are not read`)
    this.read.push(...batch.lines.map(({ bytes }) => bytes.toString()))
    this.#position = batch.position
  }

  #take(): void {
    this.#snapshot = { position: this.#position, lines: this.read.length }
  }

  async #crash(): Promise<void> {
    await this.#files.close()
    const { position, lines } = this.#snapshot
    this.read = this.read.slice(0, lines)
    this.#position = position
    this.#files = this.#opened(position && JSON.parse(JSON.stringify(position)))
  }
}

const steps = fc.array(
  fc.constantFrom<Step>(
    'write',
    'write',
    'write half a line',
    'rotate',
    'cut',
    'read',
    'snapshot',
    'crash',
  ),
  { maxLength: 25 },
)

test('any mix of writes, rotations and crashes gives each line once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const log = new RotatedLog()
      try {
        for (const step of taken) await log.step(step)
        await log.readAll()
        expect(log.read).toEqual(log.written)
      } finally {
        await log.close()
      }
    }),
    { numRuns: 200, seed: 6 },
  )
}, 60_000)
