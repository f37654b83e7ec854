import { constants, openSync } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { ReadOptions, Source } from './source.ts'

const BLOCK_BYTES = 256 * 1024

/** The bytes of one source as they are on disk or come in, and how far they have been read. */
export interface RawInput {
  /** Size on disk; null for what is not a file on disk. */
  readonly totalBytes: number | null
  /** Bytes read so far; the furthest when read twice. */
  readonly bytesRead: number
  /** Position of the block read last. */
  readonly blockStart: number
  /** Whether `blocks` may be called a second time. */
  readonly isRepeatable: boolean
  /**
   * Reads from the start. Blocks may share memory: each is valid until the next is asked for.
   * @param fineFrom position from which blocks are of at most `fineBytes`; never unless given
   * @throws the error of the file system
   */
  blocks(fineFrom?: number, fineBytes?: number): AsyncGenerator<Buffer>
  close(): Promise<void>
}

/** Opens a source. @throws the error of the file system */
export async function rawInputOf(source: Source, options: ReadOptions): Promise<RawInput> {
  if (source.kind === 'stdin') {
    return new StreamInput(options.stdin ?? process.stdin, options.signal)
  }
  const isPipe = (await stat(source.path)).isFIFO()
  if (isPipe) return new StreamInput(pipeAt(source.path), options.signal)
  const handle = await open(source.path, 'r')
  const stats = await handle.stat()
  return new FileInput(handle, stats.isFile() ? stats.size : null)
}

/** A named pipe as a stream: a read that waits for its writer as a file would keep the process from ending. */
function pipeAt(path: string): Readable {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  return new Socket({ fd, readable: true, writable: false })
}

class FileInput implements RawInput {
  readonly totalBytes: number | null
  bytesRead = 0
  blockStart = 0
  readonly #handle: FileHandle
  readonly #memory = Buffer.allocUnsafeSlow(BLOCK_BYTES)

  constructor(handle: FileHandle, totalBytes: number | null) {
    this.#handle = handle
    this.totalBytes = totalBytes
  }

  get isRepeatable(): boolean {
    return this.totalBytes !== null
  }

  async *blocks(fineFrom = Number.POSITIVE_INFINITY, fineBytes = 1): AsyncGenerator<Buffer> {
    let position = 0
    for (;;) {
      const length = position < fineFrom ? Math.min(BLOCK_BYTES, fineFrom - position) : fineBytes
      // Pipes and devices have no positions: null reads on from where the last read stopped.
      const at = this.isRepeatable ? position : null
      const { bytesRead } = await this.#handle.read(this.#memory, 0, length, at)
      if (bytesRead === 0) return
      this.blockStart = position
      position += bytesRead
      this.bytesRead = Math.max(this.bytesRead, position)
      yield this.#memory.subarray(0, bytesRead)
    }
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}

class StreamInput implements RawInput {
  readonly totalBytes = null
  readonly isRepeatable = false
  bytesRead = 0
  blockStart = 0
  readonly #stream: Readable
  readonly #signal: AbortSignal | undefined
  readonly #stop = (): void => {
    this.#stream.destroy()
  }

  constructor(stream: Readable, signal: AbortSignal | undefined) {
    this.#stream = stream
    this.#signal = signal
    // A read that waits for someone to type cannot be asked to stop; the stream under it can.
    signal?.addEventListener('abort', this.#stop)
  }

  async *blocks(): AsyncGenerator<Buffer> {
    for await (const block of this.#stream) {
      this.blockStart = this.bytesRead
      this.bytesRead += block.length
      yield block
    }
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#stop)
    this.#stream.destroy()
  }
}
