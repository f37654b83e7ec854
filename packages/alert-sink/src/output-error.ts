/** An output that cannot be written: expected (full disk, missing rights), said in one sentence. */
export class OutputError extends Error {
  readonly path: string

  /** @param problem one plain sentence without the path, e.g. `the disk is full` */
  constructor(path: string, problem: string) {
    super(`${path} cannot be written: ${problem}`)
    this.path = path
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a part of the path is a file, not a folder',
  EFBIG: 'the file is larger than the disk allows',
  EIO: 'the disk reports a write error',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
}

/** The sentence for an error of the file system, its own words for one that has none here. */
export function outputErrorOf(path: string, error: unknown): OutputError {
  const { code, message } = error as { code?: string; message?: string }
  return new OutputError(path, SENTENCES[code ?? ''] ?? message ?? String(error))
}
