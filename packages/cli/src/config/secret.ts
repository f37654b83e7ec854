import { closeSync, fstatSync, openSync, readFileSync, realpathSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { inspect } from 'node:util'
import { UsageError } from '../usage-error.ts'

/** A password, a token or a private key: passwords are short, a key with its chain is some kilobytes. */
const SECRET_BYTES_MAX = 64 * 1024

/**
 * A secret and where it comes from. The text is read when it is used and shown by nothing that prints objects, so
 * that a configuration may be logged.
 */
export class Secret {
  /** The file or the environment variable. */
  readonly origin: string
  readonly #read: () => string

  private constructor(origin: string, read: () => string) {
    this.origin = origin
    this.#read = read
  }

  /**
   * @param key of the configuration that names the file
   * @param credentialsDirectory where systemd puts credentials (`CREDENTIALS_DIRECTORY`), null elsewhere
   * @param problemOf why a text is refused, without the text; null when it is in order
   */
  static inFile(
    path: string,
    key: string,
    credentialsDirectory: string | null,
    problemOf: (text: string) => string | null = () => null,
  ): Secret {
    return new Secret(path, () => {
      const text = secretIn(path, key, credentialsDirectory)
      const problem = problemOf(text)
      if (problem !== null) throw new UsageError(`${path} (${key}) ${problem}`)
      return text
    })
  }

  static inVariable(name: string, text: string): Secret {
    return new Secret(name, () => text)
  }

  /** The text without the line feed at its end. @throws UsageError when a file cannot be read or others may read it */
  read(): string {
    return this.#read()
  }

  toJSON(): string {
    return `(from ${this.origin}, not shown)`
  }

  toString(): string {
    return this.toJSON()
  }

  [inspect.custom](): string {
    return this.toJSON()
  }
}

function secretIn(path: string, key: string, credentialsDirectory: string | null): string {
  const refusal = (why: string): UsageError => new UsageError(`${path} (${key}) ${why}`)
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw refusal(`cannot be read: ${reasonOf(error)}`)
  }
  try {
    // The file that is open is looked at, not whatever has its name a moment later.
    const stats = fstatSync(file)
    if (!stats.isFile()) throw refusal('is no file')
    if (stats.size > SECRET_BYTES_MAX) throw refusal('is no secret: larger than 64 KiB')
    const isCredential = credentialsDirectory !== null && isWithin(path, credentialsDirectory)
    if (process.platform !== 'win32' && isReadByOthers(stats, isCredential)) {
      throw refusal(`can be read by others than its owner; chmod 600 ${path} mends that`)
    }
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
    if (text === '') throw refusal('is empty')
    return text
  } finally {
    closeSync(file)
  }
}

/**
 * True when more than the owner may read a file. What systemd hands over as a credential belongs to root, and the group's bits
 * stand for the mask of the access list by which the service's user alone is let in.
 */
export function isReadByOthers(
  { mode, uid }: Pick<Stats, 'mode' | 'uid'>,
  isCredential: boolean,
): boolean {
  return (mode & (isCredential && uid === 0 ? 0o037 : 0o077)) !== 0
}

/** Compared after resolving links: what a link within the folder points at need not be in it. */
function isWithin(path: string, folder: string): boolean {
  try {
    return dirname(realpathSync(path)) === realpathSync(folder)
  } catch {
    return false
  }
}

/** A system error in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return REASONS[code ?? ''] ?? message
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EMFILE: 'too many open files',
}
