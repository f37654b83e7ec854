import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib'
import { causeOf, codeOf, InputError } from './input-error.ts'
import type { Unread } from './unread.ts'

type Compression = 'gzip' | 'zstd'

/** Bytes that tell the compression. */
const MAGIC_LENGTH = 4

/** The default of 16 KiB costs more than twice the time of 256 KiB. */
const DECODER_OPTIONS = {
  chunkSize: 256 * 1024,
  // One block is decoded ahead, on another thread, while the last one is being used. Never more: a decoder that
  // meets damage throws away the blocks it still holds, and they were good.
  readableHighWaterMark: 1,
}

/**
 * The text in plain, gzip or zstd bytes, told apart by their first bytes and never by a file name. Several members or
 * frames in a row are one text; zero bytes between and after them are padding.
 * @throws InputError when the bytes are cut, damaged, or followed by something else
 */
export async function* decompressed(unread: Unread): AsyncGenerator<Buffer> {
  let compression = compressionOf(await unread.atLeast(MAGIC_LENGTH))
  if (compression === null) {
    yield* unread.blocks()
    return
  }
  while (compression !== null) {
    yield* decodedUntilEnd(compression, unread)
    const former: Compression = compression
    const head = await headAfterPadding(unread)
    if (head.length === 0) return
    compression = compressionOf(head)
    if (compression === null) throw foreignBytes(former, false)
  }
}

/** RFC 1952 2.3.1 (gzip); RFC 8878 3.1.1 and 3.1.2 (zstd frames and skippable frames). */
function compressionOf(head: Buffer): Compression | null {
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip'
  if (head.length < MAGIC_LENGTH) return null
  const magic = head.readUInt32LE(0)
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50 ? 'zstd' : null
}

async function headAfterPadding(unread: Unread): Promise<Buffer> {
  for (;;) {
    const head = await unread.atLeast(MAGIC_LENGTH)
    const padding = head.findIndex((byte) => byte !== 0)
    if (padding === 0 || head.length === 0) return head
    unread.skip(padding < 0 ? head.length : padding)
  }
}

/**
 * One run of the decoder: all gzip members, or one zstd frame (Node's decoder stops after a frame whose end is not the
 * end of a block it was given, without a word about the rest). Leaves what follows in `unread`.
 */
async function* decodedUntilEnd(compression: Compression, unread: Unread): AsyncGenerator<Buffer> {
  const decoder =
    compression === 'gzip' ? createGunzip(DECODER_OPTIONS) : createZstdDecompress(DECODER_OPTIONS)
  // Failures arrive through the iteration below; without a listener a late one would end the process.
  decoder.on('error', () => {})
  let failure: unknown = null
  const feeding = feed(decoder, unread).catch((error: unknown) => {
    failure = error
    decoder.end()
  })
  try {
    yield* decoder as AsyncIterable<Buffer>
  } catch (error) {
    throw failure ?? inputErrorOf(compression, error)
  } finally {
    decoder.destroy()
  }
  await feeding
  if (failure !== null) throw failure
}

/** Gives the decoder one block at a time, until it fails, has enough, or there are no more. */
async function feed(decoder: Gunzip | ZstdDecompress, unread: Unread): Promise<void> {
  for (;;) {
    const block = await unread.atLeast(1)
    if (block.length === 0) break
    const bytesBefore = decoder.bytesWritten
    const error = await new Promise<Error | null | undefined>((done) => decoder.write(block, done))
    if (error) return
    const bytesUsed = decoder.bytesWritten - bytesBefore
    unread.skip(bytesUsed)
    if (bytesUsed < block.length) return
  }
  decoder.end()
}

function inputErrorOf(compression: Compression, error: unknown): InputError {
  const cause = causeOf(error)
  const code = codeOf(error)
  if (code === 'Z_BUF_ERROR') return new InputError(`ends inside a ${compression} block`)
  // The first header has been looked at already, so this one stands after a member or frame that was whole.
  const isForeign = code === 'ZSTD_error_prefix_unknown' || cause === 'incorrect header check'
  if (isForeign) return foreignBytes(compression, true)
  return new InputError(`holds damaged ${compression} data`, { detail: cause, isDamage: true })
}

function foreignBytes(compression: Compression, isDamage: boolean): InputError {
  return new InputError(`goes on with bytes that are not ${compression}`, { isDamage })
}
