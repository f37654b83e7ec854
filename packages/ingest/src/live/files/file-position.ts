import type { Fingerprint } from './fingerprint.ts'

/** Which file it is, whatever its name. Decimal, since both may be greater than a number holds exactly. */
export interface FileKey {
  readonly device: string
  readonly inode: string
}

/** Where reading of one file stands. JSON. */
export interface FilePosition extends FileKey {
  readonly fingerprint: Fingerprint
  /** Its name when it was last seen. */
  readonly path: string
  /** In bytes, of the start of the next line to read. */
  readonly offset: number
  /** Lines before it. */
  readonly lineNumber: number
}

/** Where reading of followed files stands. JSON. */
export interface FilesPosition {
  readonly files: readonly FilePosition[]
}

/** A file that is there. */
export interface FoundFile extends FileKey {
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedNs: bigint
}

/** The two parts of a key as one text. */
export function keyTextOf({ device, inode }: FileKey): string {
  return `${device}:${inode}`
}
