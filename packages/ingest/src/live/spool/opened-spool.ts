import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { causeOf, codeOf } from '../../sources/input-error.ts'
import { LiveError } from '../live-error.ts'
import { BATCH_BYTES } from '../live-source.ts'
import { HEADER_BYTES, headerOf, segmentName, segmentNumberOf, walkRecords } from './segment.ts'
import type { SpoolPosition } from './spool-position.ts'

/** What a spool holds when it is opened. */
export interface OpenedSpool {
  /** Length of each segment by number, ascending. */
  readonly lengths: Map<number, number>
  /** Numbers of the next segment and record. */
  readonly nextSegment: number
  readonly nextSequence: number
  /** Bytes that were cut off: a process was killed, or a machine lost power, while they were written. */
  readonly tornBytes: number
}

/**
 * Finds the segments of a spool, which may have been left by a killed process: what follows the last good record of the last one
 * is cut off.
 *
 * @param position up to which a former run had read: numbers go on behind it, also where the segment was lost
 * @throws LiveError when the folder cannot be used
 */
export async function openedSpool(
  folder: string,
  position: SpoolPosition | undefined,
): Promise<OpenedSpool> {
  try {
    return await opened(folder, position)
  } catch (error) {
    if (codeOf(error) === '') throw error
    throw new LiveError(`The spool folder ${folder} cannot be used: ${causeOf(error)}.`)
  }
}

async function opened(folder: string, position: SpoolPosition | undefined): Promise<OpenedSpool> {
  await mkdir(folder, { recursive: true, mode: 0o750 })
  const lengths = new Map<number, number>()
  for (const name of (await readdir(folder)).sort()) {
    const number = segmentNumberOf(name)
    if (number !== null) lengths.set(number, (await stat(join(folder, name))).size)
  }
  const last = Math.max(0, ...lengths.keys())
  const nextSegment = Math.max(last, position?.segment ?? 0) + 1
  let nextSequence = position?.sequence ?? 1
  let tornBytes = 0
  for (const number of [...lengths.keys()].reverse()) {
    const path = join(folder, segmentName(number))
    const length = lengths.get(number) as number
    const tail = await tailOf(path, number, length)
    if (tail === null && length >= HEADER_BYTES) break
    const end = tail?.end ?? 0
    tornBytes += length - end
    if (tail === null) {
      // Not even its header was written.
      await rm(path)
      lengths.delete(number)
      continue
    }
    lengths.set(number, end)
    nextSequence = Math.max(nextSequence, tail.nextSequence)
    break
  }
  return { lengths, nextSegment, nextSequence, tornBytes }
}

/** Cuts a segment behind its last good record; null when it has no header. */
async function tailOf(
  path: string,
  number: number,
  length: number,
): Promise<{ end: number; nextSequence: number } | null> {
  const handle = await open(path, 'r+')
  try {
    const header = headerOf(await bytesAt(handle, 0, HEADER_BYTES), number)
    if (header === null) return null
    let end = HEADER_BYTES
    let records = 0
    for (let at = HEADER_BYTES; at < length; ) {
      const block = await bytesAt(handle, at, BATCH_BYTES)
      if (block.length === 0) break
      const walked = walkRecords(block, header, at + block.length >= length, ({ index }) => {
        records = index + 1
      })
      if (walked.goodEnd > 0) end = at + walked.goodEnd
      at += walked.end
    }
    if (end < length) await handle.truncate(end)
    return { end, nextSequence: header.firstSequence + records }
  } finally {
    await handle.close()
  }
}

/** Up to `length` bytes at a place, in memory of their own; fewer at the end of the file. */
export async function bytesAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const memory = Buffer.allocUnsafeSlow(length)
  const { bytesRead } = await handle.read(memory, 0, length, offset)
  return memory.subarray(0, bytesRead)
}
