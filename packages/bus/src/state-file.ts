import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

/** Begins every state file; `head -1` shows it. */
const MAGIC = Buffer.from('sekisho state\n')

/** What the bytes mean. Another format is refused: a state is never guessed at. */
export const STATE_FORMAT = 3

/** Ends the state, before the checksum: what has no end mark was cut off. */
const END = Buffer.from('\nend of state\n')

const CHECKSUM = 'sha256'
const CHECKSUM_BYTES = 32

/** Format and length of the header, each 32 bits, little-endian. */
const NUMBERS_BYTES = 8

/** Length of the trailer, 32 bits, little-endian; stands behind it. */
const TRAILER_LENGTH_BYTES = 4

/** A header is some names and numbers; anything longer is damage. */
const HEADER_BYTES_MAX = 1 << 20

const READ_BYTES = 1 << 20

/** Why a state file is refused. */
export type StateFileProblem =
  | 'missing'
  | 'folder'
  | 'unreadable'
  | 'no-state'
  | 'other-format'
  | 'cut-off'
  | 'damaged'

/** A state file that cannot be taken; the message is a clause about the file, such as `it is damaged`. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError'
  readonly problem: StateFileProblem

  constructor(problem: StateFileProblem, message: string) {
    super(message)
    this.problem = problem
  }
}

/**
 * The bytes of a state file: magic, format, header (JSON), the chunks, a trailer (JSON) and its length, an end mark, and the
 * SHA-256 of everything before it. Streams: no more than a chunk is held.
 *
 * @param trailerOf asked for the trailer when the last chunk has been taken: what is known only then
 */
export function* stateFileBytes(
  header: unknown,
  chunks: Iterable<Uint8Array>,
  trailerOf: () => unknown = () => null,
): Generator<Uint8Array> {
  const checksum = createHash(CHECKSUM)
  for (const bytes of contentOf(header, chunks, trailerOf)) {
    checksum.update(bytes)
    yield bytes
  }
  yield checksum.digest()
}

function* contentOf(
  header: unknown,
  chunks: Iterable<Uint8Array>,
  trailerOf: () => unknown,
): Generator<Uint8Array> {
  const headerBytes = Buffer.from(JSON.stringify(header), 'utf8')
  const numbers = Buffer.alloc(NUMBERS_BYTES)
  numbers.writeUInt32LE(STATE_FORMAT, 0)
  numbers.writeUInt32LE(headerBytes.length, 4)
  yield MAGIC
  yield numbers
  yield headerBytes
  yield* chunks
  const trailer = Buffer.from(JSON.stringify(trailerOf()), 'utf8')
  const length = Buffer.alloc(TRAILER_LENGTH_BYTES)
  length.writeUInt32LE(trailer.length, 0)
  yield trailer
  yield length
  yield END
}

/**
 * A state file that is being read. It is read twice: `verified` compares the checksum before anything is believed,
 * `chunks` gives the state. Both read the file that was opened, whatever is put in its place meanwhile.
 */
export class StateFileReader {
  readonly #content: Content
  readonly #size: number
  #isVerified = false

  /**
   * @param from a path, or the bytes of a state file
   * @throws StateFileError when it is missing, no file, or may not be read
   */
  constructor(from: string | Buffer) {
    this.#content = typeof from === 'string' ? new FileContent(from) : new BytesContent(from)
    this.#size = this.#content.size
  }

  /**
   * Reads the whole file once and compares its checksum. A generator only so that the caller can give others their turn
   * between two pieces.
   * @returns the header
   * @throws StateFileError
   */
  *verified(): Generator<undefined, unknown> {
    const headerBytes = this.#head()
    const checksum = createHash(CHECKSUM)
    for (const piece of this.#pieces(0, this.#size - CHECKSUM_BYTES)) {
      checksum.update(piece)
      yield
    }
    const told = this.#read(this.#size - CHECKSUM_BYTES, CHECKSUM_BYTES)
    const end = this.#read(this.#endAt, END.length)
    if (checksum.digest().equals(told)) {
      this.#isVerified = true
      return JSON.parse(headerBytes.toString('utf8'))
    }
    if (!end.equals(END)) throw new StateFileError('cut-off', 'it is cut off or its end is damaged')
    throw new StateFileError('damaged', 'it is damaged: its checksum does not fit')
  }

  /** The state. @throws Error before the file was verified */
  *chunks(): Generator<Uint8Array> {
    const { fromAt: endAt } = this.#trailerSpan()
    const headerBytes = this.#read(MAGIC.length + 4, 4).readUInt32LE(0)
    yield* this.#pieces(MAGIC.length + NUMBERS_BYTES + headerBytes, endAt)
  }

  /** What was known when the state had been written. @throws Error before the file was verified */
  trailer(): unknown {
    const { fromAt, toAt } = this.#trailerSpan()
    return JSON.parse(this.#read(fromAt, toAt - fromAt).toString('utf8'))
  }

  close(): void {
    this.#content.close()
  }

  /** Where the trailer stands, in bytes. */
  #trailerSpan(): { readonly fromAt: number; readonly toAt: number } {
    if (!this.#isVerified) throw new Error('a state is verified before it is read')
    const toAt = this.#endAt - TRAILER_LENGTH_BYTES
    const length = this.#read(toAt, TRAILER_LENGTH_BYTES).readUInt32LE(0)
    return { fromAt: toAt - length, toAt }
  }

  get #endAt(): number {
    return this.#size - CHECKSUM_BYTES - END.length
  }

  /** Looks at the first bytes. @returns the header's bytes */
  #head(): Buffer {
    const start = this.#read(0, Math.min(this.#size, MAGIC.length))
    if (!MAGIC.subarray(0, start.length).equals(start) || start.length === 0) {
      throw new StateFileError('no-state', 'it is no state file')
    }
    const headerAt = MAGIC.length + NUMBERS_BYTES
    if (this.#endAt < headerAt) throw new StateFileError('cut-off', 'it is cut off')
    const numbers = this.#read(MAGIC.length, NUMBERS_BYTES)
    const format = numbers.readUInt32LE(0)
    if (format !== STATE_FORMAT) {
      throw new StateFileError(
        'other-format',
        `it has the format ${format}, and this program reads the format ${STATE_FORMAT}`,
      )
    }
    const length = numbers.readUInt32LE(4)
    if (length > HEADER_BYTES_MAX || headerAt + length > this.#endAt) {
      throw new StateFileError('damaged', 'it is cut off or its header is damaged')
    }
    return this.#read(headerAt, length)
  }

  *#pieces(from: number, to: number): Generator<Buffer> {
    for (let at = from; at < to; at += READ_BYTES)
      yield this.#read(at, Math.min(READ_BYTES, to - at))
  }

  /** A buffer of its own each time: whoever is given it may keep it. */
  #read(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(length)
    let filled = 0
    while (filled < length) {
      const count = this.#content.readInto(bytes, filled, at + filled)
      if (count === 0)
        throw new StateFileError('cut-off', 'it has become shorter while it was read')
      filled += count
    }
    return bytes
  }
}

/** Where the bytes of a state file are. */
interface Content {
  readonly size: number
  /** Fills `bytes` from `filled` on. @returns how many bytes it has put there; 0 at the end */
  readInto(bytes: Buffer, filled: number, at: number): number
  close(): void
}

class BytesContent implements Content {
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get size(): number {
    return this.#bytes.length
  }

  readInto(bytes: Buffer, filled: number, at: number): number {
    return this.#bytes.copy(bytes, filled, at)
  }

  close(): void {}
}

class FileContent implements Content {
  readonly size: number
  readonly #descriptor: number

  constructor(path: string) {
    this.#descriptor = opened(path)
    const stats = fstatSync(this.#descriptor)
    this.size = stats.size
    if (stats.isFile()) return
    this.close()
    const isFolder = stats.isDirectory()
    throw new StateFileError(
      isFolder ? 'folder' : 'no-state',
      `it is ${isFolder ? 'a folder' : 'no file'}`,
    )
  }

  readInto(bytes: Buffer, filled: number, at: number): number {
    try {
      return readSync(this.#descriptor, bytes, filled, bytes.length - filled, at)
    } catch (error) {
      throw new StateFileError('unreadable', `the disk refuses to read it (${codeOf(error)})`)
    }
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}

function opened(path: string): number {
  try {
    // A pipe would otherwise keep everybody waiting for a writer.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') throw new StateFileError('missing', 'it is not there')
    if (code === 'EISDIR') throw new StateFileError('folder', 'it is a folder')
    if (code === 'EACCES' || code === 'EPERM') {
      throw new StateFileError('unreadable', 'it may not be read')
    }
    throw new StateFileError('unreadable', `it cannot be opened (${code})`)
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
