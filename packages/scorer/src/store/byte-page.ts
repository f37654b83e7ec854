/** The same memory as bytes and as words of 32 bits, which are read and written many times faster. */
export interface BytePage {
  readonly bytes: Buffer
  readonly words: Int32Array
}

/** A page of zeros. @param length bytes, a multiple of 4 */
export function newBytePage(length: number): BytePage {
  const memory = new ArrayBuffer(length)
  return { bytes: Buffer.from(memory), words: new Int32Array(memory) }
}

/** Bytes of pages. */
export function bytesOf(pages: readonly BytePage[]): number {
  return pages.reduce((sum, { bytes }) => sum + bytes.length, 0)
}
