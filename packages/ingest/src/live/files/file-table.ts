import { open } from 'node:fs/promises'
import { BlockLines } from './block-lines.ts'
import { type FilePosition, type FoundFile, keyTextOf } from './file-position.ts'
import { FINGERPRINT_BYTES, fingerprintOf, hasFingerprint } from './fingerprint.ts'
import { FollowedFile } from './followed-file.ts'
import { foundAt, renamedFiles } from './found-files.ts'
import { rotationFamilyOf } from './rotation-family.ts'

/** Positions of files that are gone and may come back, as after a network folder was away. */
const GONE_MAX = 1000

/** All files that are followed, known by what they are and not by their names. */
export class FileTable {
  readonly #files = new Map<string, FollowedFile>()
  readonly #byPath = new Map<string, FollowedFile>()
  /** Of files that are not there, by key; the oldest first. */
  readonly #gonePositions = new Map<string, FilePosition>()
  /** The newest file of each rotation. */
  readonly #newest = new Map<string, FollowedFile>()
  readonly #blockLines = new BlockLines()
  #isFirst = true

  /** @param positions of a former run */
  constructor(positions: readonly FilePosition[]) {
    for (const position of positions) this.#gonePositions.set(keyTextOf(position), position)
  }

  get files(): Iterable<FollowedFile> {
    return this.#files.values()
  }

  fileAt(path: string): FollowedFile | undefined {
    return this.#byPath.get(path)
  }

  /** Of all files, those that are gone included. */
  positions(): FilePosition[] {
    const positions = [...this.#gonePositions.values()]
    for (const file of this.#files.values()) positions.push(file.position)
    return positions
  }

  /**
   * Takes over what is there now.
   * @param found by key; files that were renamed to something else are looked for and added
   * @returns files that came, changed or went since the last time
   */
  async update(found: Map<string, FoundFile>): Promise<FollowedFile[]> {
    await this.#findRenamed(found)
    const changed: FollowedFile[] = []
    const unknown: FoundFile[] = []
    for (const [key, there] of found) {
      const file = this.#files.get(key)
      if (file === undefined) unknown.push(there)
      else if (this.#isChanged(file, there)) changed.push(file)
    }
    for (const [key, file] of this.#files) {
      if (found.has(key)) continue
      file.isGone = true
      changed.push(file)
    }
    unknown.sort(olderFirst)
    for (const there of unknown) this.#add(there, await this.#positionOf(there), changed)
    this.#isFirst = false
    this.#byPath.clear()
    for (const file of this.#files.values()) {
      if (!file.isGone) this.#byPath.set(file.position.path, file)
    }
    return changed
  }

  /** Follows a file no longer that cannot be found again under any name; keeps its position, should it come back. */
  letGo(file: FollowedFile): void {
    const key = keyTextOf(file.position)
    this.#files.delete(key)
    const family = rotationFamilyOf(file.position.path)
    if (this.#newest.get(family) === file) this.#newest.delete(family)
    this.#gonePositions.set(key, file.position)
    if (this.#gonePositions.size > GONE_MAX) {
      this.#gonePositions.delete(this.#gonePositions.keys().next().value as string)
    }
  }

  async #findRenamed(found: Map<string, FoundFile>): Promise<void> {
    const lost = new Map<string, string>()
    for (const [key, { position, isGone }] of this.#files) {
      if (!found.has(key) && !isGone) lost.set(key, position.path)
    }
    if (this.#isFirst) {
      for (const [key, { path }] of this.#gonePositions) if (!found.has(key)) lost.set(key, path)
    }
    // A file that was renamed before is most likely still there.
    for (const [key, path] of lost) {
      const there = await foundAt(path)
      if (typeof there === 'string' || keyTextOf(there) !== key) continue
      found.set(key, there)
      lost.delete(key)
    }
    if (lost.size === 0) return
    for (const [key, there] of await renamedFiles(lost.values())) {
      if (lost.has(key)) found.set(key, there)
    }
  }

  #isChanged(file: FollowedFile, { path, sizeBytes, modifiedNs }: FoundFile): boolean {
    file.isGone = false
    const isRenamed = path !== file.position.path
    if (isRenamed) file.position = { ...file.position, path }
    const isWritten = sizeBytes !== file.sizeBytes || modifiedNs !== file.modifiedNs
    return isRenamed || isWritten || file.hasFailed
  }

  #add(found: FoundFile, position: FilePosition, changed: FollowedFile[]): void {
    const file = new FollowedFile(found, position, this.#blockLines)
    this.#files.set(keyTextOf(found), file)
    changed.push(file)
    const family = rotationFamilyOf(found.path)
    const former = this.#newest.get(family)
    this.#newest.set(family, file)
    if (former === undefined) return
    file.predecessor = former
    former.successor = file
    // It is looked at once more, so that what was written to it before it was rotated comes first.
    changed.push(former)
  }

  /** Where to begin in a file that is not followed yet. */
  async #positionOf(found: FoundFile): Promise<FilePosition> {
    const { path, device, inode } = found
    const key = keyTextOf(found)
    const known = this.#gonePositions.get(key) ?? (await this.#movedPosition(found))
    if (known === undefined) {
      const fingerprint = fingerprintOf(Buffer.alloc(0))
      return { path, device, inode, fingerprint, offset: 0, lineNumber: 0 }
    }
    this.#gonePositions.delete(keyTextOf(known))
    return { ...known, path, device, inode }
  }

  /**
   * The position of the file that had this path, when this is that file on another device: device numbers change when a
   * machine starts or a folder is mounted again, and both numbers when a folder was restored.
   */
  async #movedPosition({ path, sizeBytes }: FoundFile): Promise<FilePosition | undefined> {
    if (!this.#isFirst) return undefined
    for (const position of this.#gonePositions.values()) {
      if (position.path !== path || position.offset > sizeBytes) continue
      const isTold = position.fingerprint.byteLength === FINGERPRINT_BYTES
      if (isTold && hasFingerprint(await headAt(path), position.fingerprint)) return position
    }
    return undefined
  }
}

/** Files of the same instant are in the order of their numbers: `app.log` was there after `app.log.1`. */
function olderFirst(a: FoundFile, b: FoundFile): number {
  return Number(a.modifiedNs - b.modifiedNs) || (a.path < b.path ? 1 : -1)
}

/** The first bytes of a file; empty when it cannot be read, which the reader will find too. */
async function headAt(path: string): Promise<Buffer> {
  const head = Buffer.alloc(FINGERPRINT_BYTES)
  try {
    const handle = await open(path, 'r')
    try {
      return head.subarray(0, (await handle.read(head, 0, head.length, 0)).bytesRead)
    } finally {
      await handle.close()
    }
  } catch {
    return head.subarray(0, 0)
  }
}
