import { decompressed } from './decompress.ts'
import { InputError } from './input-error.ts'
import type { RawInput } from './raw-input.ts'
import { Unread } from './unread.ts'

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * The text of a source in blocks of bytes, decompressed, without a UTF-8 byte order mark.
 * @throws InputError or the error of the file system where the bytes cannot be read on; everything before was handed over
 */
export async function* decodedBlocks(input: RawInput): AsyncGenerator<Buffer> {
  const unread = new Unread(decompressedToTheDamage(input))
  try {
    const head = await unread.atLeast(UTF8_BOM.length)
    if (isUtf16(head)) throw new InputError('is UTF-16; convert it to UTF-8', { isAtStart: true })
    if (head.subarray(0, UTF8_BOM.length).equals(UTF8_BOM)) unread.skip(UTF8_BOM.length)
    yield* unread.blocks()
  } finally {
    await unread.close()
  }
}

function isUtf16(head: Buffer): boolean {
  const mark = head.length < 2 ? 0 : head.readUInt16BE(0)
  return mark === 0xfeff || mark === 0xfffe
}

/** Steps in which to come closer to damage, so that only the bytes that hold it are lost. */
const FINE_BYTES = [512, 1]

/**
 * A decoder that meets damage keeps back what it had decoded of the same block, 2 MB and more of good lines. Where a
 * source can be read again that is done, in smaller and smaller blocks near the damage, for what is missing.
 */
async function* decompressedToTheDamage(input: RawInput): AsyncGenerator<Buffer> {
  let bytesDecoded = 0
  let blocks = input.blocks()
  for (let pass = 0; ; pass++) {
    let bytesToSkip = bytesDecoded
    try {
      for await (const block of decompressed(new Unread(blocks))) {
        const missing = block.subarray(bytesToSkip)
        bytesToSkip -= block.length - missing.length
        bytesDecoded += missing.length
        if (missing.length > 0) yield missing
      }
      return
    } catch (error) {
      const fineBytes = FINE_BYTES[pass]
      const canBeFiner = error instanceof InputError && error.isDamage && input.isRepeatable
      if (!canBeFiner || fineBytes === undefined) throw error
      blocks = input.blocks(input.blockStart, fineBytes)
    }
  }
}
