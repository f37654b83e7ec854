import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import type { CompiledTables, LocationTables } from './location-tables.ts'

/**
 * The compiled tables as one block of bytes. Four words (magic, format, length of the header, CRC-32 of all that
 * follows), a JSON header, then the arrays, each on an 8-byte boundary so that loading is a view and no copy.
 * The words are in the machine's byte order: on another machine the magic does not match and the tables are rebuilt.
 */
const MAGIC = 0x73_6b_73_68
/** Raise it whenever the meaning or the layout of any array changes. */
const FORMAT = 1
const PREFIX_BYTES = 16

const arrayTypes = { Uint8Array, Uint16Array, Int16Array, Uint32Array }
type ArrayType = keyof typeof arrayTypes
type FlatArray = Uint8Array | Uint16Array | Int16Array | Uint32Array
interface ArrayTree {
  readonly [name: string]: FlatArray | ArrayTree
}

interface Section {
  readonly path: string
  readonly type: ArrayType
  /** From the end of the header, in bytes. */
  readonly offset: number
  readonly length: number
}

interface Header {
  readonly version: string
  readonly fingerprint: string
  readonly sections: readonly Section[]
}

const aligned = (length: number): number => (length + 7) & ~7

/** The image of tables compiled from the databases of a fingerprint. */
export function encodeImage(
  compiled: CompiledTables,
  fingerprint: string,
): Uint8Array<ArrayBuffer> {
  const arrays = [...flatArraysIn(compiled.tables as unknown as ArrayTree, '')]
  const sections: Section[] = []
  let length = 0
  for (const [path, array] of arrays) {
    sections.push({ path, type: typeOf(array), offset: length, length: array.length })
    length += aligned(array.byteLength)
  }
  const header = { version: compiled.version, fingerprint, sections } satisfies Header
  const headerText = Buffer.from(JSON.stringify(header))
  const body = PREFIX_BYTES + aligned(headerText.length)
  const image = new Uint8Array(body + length)
  image.set(headerText, PREFIX_BYTES)
  for (const [i, [, array]] of arrays.entries()) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    image.set(bytes, body + (sections[i] as Section).offset)
  }
  const checksum = crc32(image.subarray(PREFIX_BYTES))
  new Uint32Array(image.buffer, 0, 4).set([MAGIC, FORMAT, headerText.length, checksum])
  return image
}

/** The tables in an image, as views of it; null when it is damaged, of another format, or of other databases. */
export function decodeImage(
  image: Uint8Array<ArrayBuffer>,
  fingerprint: string,
): CompiledTables | null {
  if (image.length < PREFIX_BYTES) return null
  const [magic, format, headerLength, checksum] = new Uint32Array(image.buffer, 0, 4)
  if (magic !== MAGIC || format !== FORMAT || headerLength === undefined) return null
  if (crc32(image.subarray(PREFIX_BYTES)) !== checksum) return null
  const headerText = Buffer.from(image.buffer, PREFIX_BYTES, headerLength).toString()
  const header = JSON.parse(headerText) as Header
  if (header.fingerprint !== fingerprint) return null
  const body = PREFIX_BYTES + aligned(headerLength)
  const tree: Record<string, Record<string, unknown>> = {}
  for (const { path, type, offset, length } of header.sections) {
    const names = path.split('.')
    let branch: Record<string, unknown> = tree
    for (const name of names.slice(0, -1)) {
      branch[name] ??= {}
      branch = branch[name] as Record<string, unknown>
    }
    branch[names.at(-1) as string] = new arrayTypes[type](image.buffer, body + offset, length)
  }
  // The checksum and the format say that this is what `encodeImage` wrote, so it has the shape that went in.
  return { tables: tree as unknown as LocationTables, version: header.version }
}

function* flatArraysIn(tree: ArrayTree, path: string): Generator<[path: string, array: FlatArray]> {
  for (const [name, value] of Object.entries(tree)) {
    if (ArrayBuffer.isView(value)) yield [path + name, value as FlatArray]
    else yield* flatArraysIn(value, `${path}${name}.`)
  }
}

function typeOf(array: FlatArray): ArrayType {
  if (array instanceof Uint32Array) return 'Uint32Array'
  if (array instanceof Uint16Array) return 'Uint16Array'
  return array instanceof Int16Array ? 'Int16Array' : 'Uint8Array'
}
