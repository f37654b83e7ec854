const MAGIC: readonly (readonly [form: string, bytes: readonly number[]])[] = [
  ['compressed with gzip', [0x1f, 0x8b, 8]],
  ['compressed with zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['compressed with bzip2', [0x42, 0x5a, 0x68]],
  ['compressed with xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['a ZIP archive', [0x50, 0x4b, 3, 4]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
]

/** In which form a file is that cannot be followed, by its first bytes; `''` when it is text. */
export function unreadableFormOf(head: Buffer): string {
  for (const [form, magic] of MAGIC) {
    if (magic.every((byte, index) => head[index] === byte)) return form
  }
  return ''
}

/** True for a name that only compressed files have: such a file is not even opened. */
export function isCompressedName(path: string): boolean {
  return /\.(gz|zst|bz2|xz|lz4|zip)$/i.test(path)
}
