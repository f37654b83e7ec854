import { outputErrorOf } from '@sekisho/alert-sink'
import { SpillFile } from '@sekisho/bus'

const BUFFER_BYTES = 1024 * 1024

/** Length of the text (4 bytes) and whether it is open (1 byte). */
const HEAD_BYTES = 5

/** A document, and whether a part of it was still open when it was written. */
export interface SpooledDocument {
  readonly text: string
  readonly isOpen: boolean
}

/**
 * Documents in the order they came, set aside in a temporary file until the answer that they wait for is known:
 * standard input cannot be read twice. Only its owner can read the file, and its name is taken away at once, so that
 * nothing stays behind however the process ends.
 */
export class DocumentSpool {
  readonly #file: SpillFile
  readonly #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)
  #buffered = 0

  /** @throws OutputError when no temporary file can be made in `directory` */
  constructor(directory: string) {
    try {
      this.#file = new SpillFile(directory)
    } catch (error) {
      throw outputErrorOf(`a temporary file in ${directory} (TMPDIR)`, causeOf(error))
    }
  }

  /** @throws OutputError when the disk does not take it */
  append({ text, isOpen }: SpooledDocument): void {
    const bytes = Buffer.from(text)
    const head = Buffer.alloc(HEAD_BYTES)
    head.writeUInt32LE(bytes.length, 0)
    head[4] = isOpen ? 1 : 0
    this.#append(head)
    this.#append(bytes)
  }

  /** All documents, in order; after that nothing may be appended. */
  *documents(): Generator<SpooledDocument> {
    this.#flush()
    let block: Buffer = Buffer.alloc(0)
    let position = 0
    let at = 0
    const has = (length: number): boolean => {
      if (at + length <= block.length) return true
      const rest = block.subarray(at)
      block = Buffer.allocUnsafeSlow(Math.max(BUFFER_BYTES, length))
      rest.copy(block)
      const read = this.#read(block.subarray(rest.length), position)
      block = block.subarray(0, rest.length + read)
      position += read
      at = 0
      return length <= block.length
    }
    while (has(HEAD_BYTES)) {
      const length = block.readUInt32LE(at)
      const isOpen = block[at + 4] === 1
      if (!has(HEAD_BYTES + length)) throw new Error('the temporary file of documents was cut')
      const start = at + HEAD_BYTES
      at = start + length
      yield { text: block.toString('utf8', start, at), isOpen }
    }
  }

  close(): void {
    this.#file.close()
  }

  #append(bytes: Buffer): void {
    if (this.#buffered + bytes.length > BUFFER_BYTES) this.#flush()
    if (bytes.length > BUFFER_BYTES) this.#write(bytes)
    else this.#buffered += bytes.copy(this.#buffer, this.#buffered)
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#buffered))
    this.#buffered = 0
  }

  #write(bytes: Buffer): void {
    try {
      this.#file.append(bytes)
    } catch (error) {
      throw outputErrorOf('a temporary file', causeOf(error))
    }
  }

  /** Fills as much of `bytes` as the file has from `position` on. */
  #read(bytes: Buffer, position: number): number {
    const length = Math.min(bytes.length, this.#file.length - position)
    this.#file.read(bytes.subarray(0, length), position)
    return length
  }
}

/** What the system said; `SpillFile` has it as the cause of its own sentence. */
function causeOf(error: unknown): unknown {
  return (error as { cause?: unknown }).cause ?? error
}
