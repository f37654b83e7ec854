/**
 * Why the bytes of a source cannot be read on: expected, so it never leaves this folder as an exception but ends as
 * `SourceResult.problem`. Inside it is thrown, so that every layer of generators between the file and the lines ends.
 */
export class InputError extends Error {
  /** Explains the message; `''` when there is nothing to add. */
  readonly detail: string
  /** True when compressed bytes are damaged, so that reading in finer steps may bring out a little more. */
  readonly isDamage: boolean
  /** True when no line can have been read, so that their number says nothing. */
  readonly isAtStart: boolean

  constructor(
    message: string,
    {
      detail = '',
      isDamage = false,
      isAtStart = false,
    }: { detail?: string; isDamage?: boolean; isAtStart?: boolean } = {},
  ) {
    super(message)
    this.detail = detail
    this.isDamage = isDamage
    this.isAtStart = isAtStart
  }
}

/** One sentence for a person: what happened, where, and what is missing. */
export function sentenceOf(error: InputError, lines: number, unfinishedBytes: number): string {
  const place = error.isAtStart ? '' : ` after ${lines} ${lines === 1 ? 'line' : 'lines'}`
  const detail = error.detail === '' ? '' : `: ${error.detail}`
  const cut =
    unfinishedBytes === 0 ? '' : `; the cut line there, ${unfinishedBytes} bytes, is not read`
  return error.message + place + detail + cut
}

const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'in use by another program',
  EIO: 'the disk reports a read error',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links form a loop',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EPERM: 'permission denied',
  ERR_INVALID_ARG_VALUE: 'no path can look like this',
  ESTALE: 'the network folder it was on is gone',
}

/** The code of a system or zlib error, or `''`. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : ''
}

/** What a failed operation means, in words; the error's own words for a code without a sentence here. */
export function causeOf(error: unknown): string {
  return (
    SENTENCES[codeOf(error)] ?? (error as { message?: string } | null)?.message ?? String(error)
  )
}
