import { dirname, resolve } from 'node:path'
import { isDynamicPattern } from 'tinyglobby'
import { causeOf, codeOf } from '../../sources/input-error.ts'
import { LINE_BYTES_MAX } from '../../sources/line-splitter.ts'
import type { InputProblem } from '../../sources/source.ts'
import { BATCH_BYTES, type LiveBatch, type LiveSource } from '../live-source.ts'
import { ToldProblems } from '../told-problems.ts'
import { WakeUp } from '../wake-up.ts'
import { isCompressedName } from './compressed.ts'
import type { FilesPosition } from './file-position.ts'
import { FileTable } from './file-table.ts'
import { FolderWatch } from './folder-watch.ts'
import type { FileStep, FollowedFile } from './followed-file.ts'
import { filesFound } from './found-files.ts'
import { OpenFiles } from './open-files.ts'

export interface FollowedFilesOptions {
  /** Unique among the sources; stable. */
  readonly name: string
  /** Files and globs. */
  readonly paths: readonly string[]
  /** Of a former run. */
  readonly position?: FilesPosition | undefined
  /** How often names and sizes are looked at when the operating system tells nothing; 1000 unless given. */
  readonly pollMs?: number
  /** Read in one piece; more than a longest line and its ending. `BATCH_BYTES` unless given. */
  readonly batchBytes?: number
  /** Files open at the same time; 128 unless given. */
  readonly openFilesMax?: number
  /** Told once of what lasts: files that cannot be read (which is tried again), were cut short, or are compressed. */
  readonly onProblem: (problem: InputProblem) => void
}

/** Where a followed file stands. */
export interface FollowedFileState {
  readonly path: string
  readonly offset: number
  readonly sizeBytes: number
  /** The size it had when reading began has been read. */
  readonly isCaughtUp: boolean
}

const POLL_MS = 1000
const OPEN_FILES_MAX = 128
/** Names that come and go without end cost no more than one look in this time. */
const SCAN_GAP_MS = 50
/** Looking at names takes at most one part in so many of the time, however many there are. */
const SCAN_SHARE = 10

/**
 * Files that others write, read as they grow: by turns, whole lines only. Knows them by what they are, so that rotation
 * by renaming is followed to the end of the old file before the new one is read, and goes on where a former run
 * stopped, under whatever name the rest is now. A file that was cut short (`copytruncate`) or replaced is read from its start.
 *
 * What cannot be read, as with every reader of files that others rotate:
 * - what was written to a file between the last look and its being cut short (`copytruncate`), or deleted while it was
 *   not open: more files than `openFilesMax`, or rotated and deleted twice within `pollMs`, or while nothing ran;
 * - a file that was replaced by one with the same first `FINGERPRINT_BYTES` under the same inode, where only the rest is read;
 * - a last line without its end: it waits, and is lost when the file is deleted (this is told);
 * - compressed files: what rotation compressed was read before, unless it was done while nothing ran.
 *
 * A file that was copied under a second name that matches is read a second time.
 */
export class FollowedFiles implements LiveSource<FilesPosition> {
  readonly name: string
  readonly #paths: readonly string[]
  readonly #pollMs: number
  readonly #batchBytes: number
  readonly #problems: ToldProblems
  readonly #table: FileTable
  readonly #openFiles: OpenFiles
  readonly #wakeUp = new WakeUp()
  /** Files to look at, the next one first. */
  readonly #waiting = new Set<FollowedFile>()
  /** Files whose end was not reached since they were found. */
  readonly #behind = new Set<FollowedFile>()
  /** Files of the beginning of which not all has been read that was there. */
  readonly #startedWith = new Set<FollowedFile>()
  readonly #watch = new FolderWatch({
    written: (path) => this.#written(path),
    renamed: () => this.#renamed(),
  })
  #hasScanned = false
  #scanAtMs = 0
  #scannedAtMs = 0
  #scanGapMs = SCAN_GAP_MS

  constructor(options: FollowedFilesOptions) {
    this.name = options.name
    this.#paths = options.paths.map((path) => resolve(path))
    this.#pollMs = options.pollMs ?? POLL_MS
    this.#batchBytes = Math.max(options.batchBytes ?? BATCH_BYTES, LINE_BYTES_MAX + 3)
    this.#problems = new ToldProblems(options.onProblem)
    this.#table = new FileTable(options.position?.files ?? [])
    this.#openFiles = new OpenFiles(options.openFilesMax ?? OPEN_FILES_MAX)
  }

  get isCaughtUp(): boolean {
    return this.#hasScanned && this.#startedWith.size === 0
  }

  get isInOrder(): boolean {
    return this.#hasScanned && this.#behind.size <= 1
  }

  get lag(): number {
    let bytes = 0
    for (const file of this.#table.files) bytes += file.lag
    return bytes
  }

  states(): FollowedFileState[] {
    return Array.from(this.#table.files, (file) => ({
      path: file.position.path,
      offset: file.position.offset,
      sizeBytes: file.sizeBytes,
      isCaughtUp: this.#hasScanned && !this.#startedWith.has(file),
    }))
  }

  async next(signal: AbortSignal): Promise<LiveBatch<FilesPosition> | null> {
    while (!signal.aborted) {
      const untilScanMs = this.#scanAtMs - performance.now()
      if (untilScanMs <= 0) {
        await this.#scan()
        continue
      }
      const [file] = this.#waiting
      if (file === undefined) {
        await this.#wakeUp.sleep(signal, untilScanMs)
        continue
      }
      this.#waiting.delete(file)
      const step = await this.#stepOf(file)
      this.#settle(file, step)
      if (step.kind === 'lines') {
        return { lines: step.lines, position: { files: this.#table.positions() } }
      }
      if (step.kind === 'end' && file.isGone) await this.#letGo(file)
    }
    return null
  }

  /** Nothing is kept for a second reading. */
  async release(): Promise<void> {}

  async close(): Promise<void> {
    this.#watch.close()
    await this.#openFiles.closeAll()
  }

  #written(path: string): void {
    const file = this.#table.fileAt(path)
    if (file === undefined) this.#renamed()
    else this.#look(file)
    this.#wakeUp.wake()
  }

  #renamed(): void {
    this.#scanAtMs = Math.min(this.#scanAtMs, this.#scannedAtMs + this.#scanGapMs)
    this.#wakeUp.wake()
  }

  #look(file: FollowedFile): void {
    if (file.predecessor === null && (file.isGone || !file.isUnreadable)) this.#waiting.add(file)
  }

  async #scan(): Promise<void> {
    const startedMs = performance.now()
    const found = await filesFound(this.#paths, (path, problem) =>
      this.#problems.tell(path, problem),
    )
    for (const [key, { path }] of found) {
      if (isCompressedName(path)) {
        found.delete(key)
        this.#problems.tell(path, 'is compressed and therefore not followed')
      } else if (this.#paths.includes(path)) this.#problems.isWell(path)
    }
    const known = new Set(this.#table.files)
    const changed = await this.#table.update(found)
    for (const file of changed) {
      if (!known.has(file)) {
        this.#behind.add(file)
        if (!this.#hasScanned && file.position.offset < file.sizeAtStart) {
          this.#startedWith.add(file)
        }
      }
      this.#look(file)
    }
    this.#watch.follow(this.#folders())
    this.#hasScanned = true
    this.#scannedAtMs = performance.now()
    this.#scanGapMs = Math.max(SCAN_GAP_MS, (this.#scannedAtMs - startedMs) * SCAN_SHARE)
    this.#scanAtMs = this.#scannedAtMs + Math.max(this.#pollMs, this.#scanGapMs)
  }

  #folders(): Set<string> {
    const folders = new Set<string>()
    for (const path of this.#paths) {
      const folder = dirname(path)
      if (!isDynamicPattern(folder)) folders.add(folder)
    }
    for (const { position } of this.#table.files) folders.add(dirname(position.path))
    return folders
  }

  async #stepOf(file: FollowedFile): Promise<FileStep> {
    const { path } = file.position
    if (file.isUnreadable) return { kind: 'end' }
    try {
      const handle = await this.#openFiles.handleOf(file)
      if (handle === null) return { kind: file.isGone ? 'end' : 'renamed' }
      const step = await file.step(handle, this.#batchBytes)
      file.hasFailed = false
      if (step.kind === 'lines') this.#problems.isWell(path)
      return step
    } catch (error) {
      if (codeOf(error) === '') throw error
      file.hasFailed = true
      await this.#openFiles.close(file)
      if (codeOf(error) === 'ENOENT') return { kind: 'renamed' }
      this.#problems.tell(path, `cannot be read: ${causeOf(error)}; tried again`)
      return { kind: 'end' }
    }
  }

  #settle(file: FollowedFile, step: FileStep): void {
    const { path, offset } = file.position
    if (step.kind === 'renamed') {
      // Looked at again when the names are known.
      file.hasFailed = true
      this.#renamed()
      return
    }
    if (offset >= file.sizeAtStart || step.kind === 'end' || file.isUnreadable) {
      this.#startedWith.delete(file)
    }
    if (step.kind === 'replaced') {
      this.#problems.tell(path, 'was cut short or replaced, and is read from its start')
    }
    if (step.kind === 'unreadable') {
      this.#problems.tell(path, `is ${step.form} and therefore not followed`)
    }
    if (step.kind !== 'end' && step.kind !== 'unreadable') {
      this.#look(file)
      return
    }
    this.#behind.delete(file)
    const { successor } = file
    file.successor = null
    if (successor === null) return
    successor.predecessor = null
    this.#look(successor)
  }

  async #letGo(file: FollowedFile): Promise<void> {
    if (file.lag > 0) {
      const problem = `was deleted before its last ${file.lag} bytes could be read`
      this.#problems.tell(file.position.path, problem)
    }
    await this.#openFiles.close(file)
    this.#table.letGo(file)
  }
}
