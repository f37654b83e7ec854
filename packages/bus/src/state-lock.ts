import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Somebody else holds the state; the message is a clause about the file. */
export class StateLockedError extends Error {
  override readonly name = 'StateLockedError'
}

/** Locks of this process. In a container every life of a program may have one number: a lock that is not among them was left over. */
const OWN = new Set<string>()

/** Who holds a lock: one line, `PID HOST START`. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** Tells the process from a later one of the same number; empty where the system does not say. */
  readonly start: string
}

/**
 * Keeps two runs from going on with one state: a file beside it that names the process. A lock that a crashed process
 * left is taken over; of a process on another machine nobody can tell, so its lock stands.
 */
export class StateLock {
  readonly path: string

  /**
   * @param statePath the state file, which need not be there
   * @throws StateLockedError when a living process holds it; the file system's error when none can be made
   */
  constructor(statePath: string) {
    this.path = `${statePath}.lock`
    if (this.#isTaken() || (this.#clearLeftOver() && this.#isTaken())) return
    throw new StateLockedError(`another run has just begun with it (${this.path})`)
  }

  /** Safe to repeat. */
  release(): void {
    OWN.delete(this.path)
    rmSync(this.path, { force: true })
  }

  /** @returns false when somebody holds it */
  #isTaken(): boolean {
    try {
      const words = [process.pid, hostname(), startOf(process.pid)].filter((word) => word !== '')
      writeFileSync(this.path, `${words.join(' ')}\n`, { flag: 'wx' })
      OWN.add(this.path)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    }
  }

  /** Removes the lock of a process that is no more. @returns true when it is gone */
  #clearLeftOver(): boolean {
    const holder = holderOf(this.path)
    if (holder === null) return true
    const isOwn = holder.pid === process.pid && holder.host === hostname()
    if (isOwn ? OWN.has(this.path) : isAlive(holder)) {
      const { pid, host } = holder
      throw new StateLockedError(
        `it is in use by process ${pid} on ${host}; if that is no run of sekisho, remove ${this.path}`,
      )
    }
    // Whoever moves it away looks at what he moved: two that clear at one time must not clear each other's new lock.
    const moved = `${this.path}.${randomBytes(6).toString('hex')}`
    try {
      renameSync(this.path, moved)
    } catch {
      return true
    }
    const found = holderOf(moved)
    const isSame = found === null || (found.pid === holder.pid && found.host === holder.host)
    if (!isSame) restored(moved, this.path)
    rmSync(moved, { force: true })
    return isSame
  }
}

function restored(moved: string, path: string): void {
  try {
    linkSync(moved, path)
  } catch {
    // Somebody has made a third one meanwhile, which stands.
  }
}

/** Null when the file is gone; a lock that cannot be understood was left by a crash while it was written. */
function holderOf(path: string): Holder | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return null
  }
  const [pid = '', host = '', start = ''] = text.trim().split(' ')
  return { pid: Number.parseInt(pid, 10) || 0, host, start }
}

/**
 * When a process began, as `BOOT-TICKS`: the machine's current life, and clock ticks within it (proc(5): boot_id, and field 22 of
 * stat). After a power cut, numbers of processes are given anew. Empty on systems without /proc.
 */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in field 2 may hold blanks and parentheses.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? '' : `${boot}-${ticks}`
  } catch {
    return ''
  }
}

function isAlive({ pid, host, start }: Holder): boolean {
  if (pid === 0) return false
  if (host !== hostname()) return true
  const now = startOf(pid)
  if (start !== '' && now !== '' && start !== now) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It lives, but is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
