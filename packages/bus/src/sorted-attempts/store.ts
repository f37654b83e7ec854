import { SpillFile, type WriteBytes } from './spill-file.ts'

const CHUNK_BYTES = 1024 * 1024

/** Bytes that are appended and read back from any position: in memory as long as they may be, then in a file. */
export class Store {
  readonly #bytesMax: number
  readonly #directory: string
  readonly #write: WriteBytes | undefined
  /** Chunks of equal length, the last one partly filled; none once there is a file. */
  #chunks: Buffer[] = []
  #length = 0
  #file: SpillFile | null = null

  /**
   * @param bytesMax memory to use before all goes to a file
   * @param directory for the file
   * @param write as for `SpillFile`
   */
  constructor(bytesMax: number, directory: string, write?: WriteBytes) {
    this.#bytesMax = bytesMax
    this.#directory = directory
    this.#write = write
  }

  get length(): number {
    return this.#length
  }

  get isOnDisk(): boolean {
    return this.#file !== null
  }

  /** @throws Error when the disk does not take it */
  append(bytes: Buffer): void {
    if (this.#file === null && this.#length + bytes.length > this.#bytesMax) this.#moveToFile()
    if (this.#file === null) this.#appendToMemory(bytes)
    else this.#file.append(bytes)
    this.#length += bytes.length
  }

  /** Fills `target` from `position`, which must not reach beyond the end. */
  read(target: Buffer, position: number): void {
    if (this.#file !== null) {
      this.#file.read(target, position)
      return
    }
    let filled = 0
    while (filled < target.length) {
      const at = position + filled
      const chunk = this.#chunks[Math.floor(at / CHUNK_BYTES)] as Buffer
      filled += chunk.copy(target, filled, at % CHUNK_BYTES)
    }
  }

  /** Gives memory and disk space back. */
  close(): void {
    this.#chunks = []
    this.#length = 0
    this.#file?.close()
    this.#file = null
  }

  #appendToMemory(bytes: Buffer): void {
    let done = 0
    while (done < bytes.length) {
      const at = this.#length + done
      if (at % CHUNK_BYTES === 0) this.#chunks.push(Buffer.allocUnsafeSlow(CHUNK_BYTES))
      const chunk = this.#chunks.at(-1) as Buffer
      done += bytes.copy(chunk, at % CHUNK_BYTES, done)
    }
  }

  #moveToFile(): void {
    const file = new SpillFile(this.#directory, this.#write)
    try {
      for (let at = 0; at < this.#length; at += CHUNK_BYTES) {
        const chunk = this.#chunks[at / CHUNK_BYTES] as Buffer
        file.append(chunk.subarray(0, Math.min(CHUNK_BYTES, this.#length - at)))
      }
    } catch (error) {
      file.close()
      throw error
    }
    this.#chunks = []
    this.#file = file
  }
}
