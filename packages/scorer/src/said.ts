import { hash } from 'node:crypto'
import type { AnnotatedAttempt, VouchedLogin } from '@sekisho/detect'
import type { SourceChange } from './source-change.ts'
import { prefixKeyOf } from './store/prefix-key.ts'
import type { UserDayResult } from './user-stage.ts'

/** What was said of one line, as far as it is needed to see whether it still holds and to take it back. */
export interface Statement {
  readonly prefix: number
  /** Equal for equal statements. */
  readonly digest: string
  /** Of an attempt: when, and its id. */
  readonly timestampMs?: number
  readonly id?: string
  /** Of a vouched login. */
  readonly login?: VouchedLogin
}

/** A statement that was made, changed or withdrawn (null), for a log of changes. */
export interface SaidChange {
  readonly day: number
  readonly userKey: string
  readonly name: string
  readonly statement: Statement | null
}

/**
 * What stage U has told stage N of the open days (live), so that only changes go on: a statement that no longer holds is
 * taken back.
 */
export class Said {
  readonly #days = new Map<number, Map<string, Map<string, Statement>>>()

  /**
   * Compares what is true of a user's day with what was said of it.
   * @param tell given what stage N must learn, withdrawals first
   * @param note given what changes here, for who keeps a log of it
   */
  change(
    day: number,
    userKey: string,
    { annotated, vouchedLogins }: UserDayResult,
    tell: (change: SourceChange) => void,
    note: (change: SaidChange) => void = ignored,
  ): void {
    const users = this.#usersOf(day)
    const before = users.get(userKey)
    const after = new Map<string, Statement>()
    const words = new Map<string, () => SourceChange>()
    for (const { prefix, login } of vouchedLogins) {
      const name = nameOf(prefix, login)
      after.set(name, loginStatement(prefix, login))
      words.set(name, () => ({ kind: 'login', prefix, login: copyOf(login) }))
    }
    for (const each of annotated) {
      const { id, prefix } = each.attempt
      after.set(id, attemptStatement(each))
      words.set(id, () => ({ kind: 'attempt', prefix: prefixKeyOf(prefix), annotated: each }))
    }
    for (const [name, statement] of before ?? []) {
      const now = after.get(name)
      if (now !== undefined && now.digest === statement.digest) continue
      tell(withdrawalOf(statement))
      if (now === undefined) note({ day, userKey, name, statement: null })
    }
    for (const [name, statement] of after) {
      if (before?.get(name)?.digest === statement.digest) continue
      tell((words.get(name) as () => SourceChange)())
      note({ day, userKey, name, statement })
    }
    users.set(userKey, after)
  }

  /** A complete day is not spoken of again. */
  forget(day: number): void {
    this.#days.delete(day)
  }

  /** Every statement, for a snapshot. */
  *entries(): Generator<SaidChange> {
    for (const [day, users] of this.#days) {
      for (const [userKey, statements] of users) {
        for (const [name, statement] of statements) yield { day, userKey, name, statement }
      }
    }
  }

  /** Takes over a change that `entries` or `note` gave out. */
  restore({ day, userKey, name, statement }: SaidChange): void {
    const users = this.#usersOf(day)
    let statements = users.get(userKey)
    if (statements === undefined) {
      statements = new Map()
      users.set(userKey, statements)
    }
    if (statement === null) statements.delete(name)
    else statements.set(name, statement)
  }

  #usersOf(day: number): Map<string, Map<string, Statement>> {
    let users = this.#days.get(day)
    if (users === undefined) {
      users = new Map()
      this.#days.set(day, users)
    }
    return users
  }
}

function ignored(): void {}

function nameOf(prefix: number, { address, timestampMs }: VouchedLogin): string {
  return `${timestampMs} ${prefix} ${address}`
}

/** What it was read from may change before it is taken back. */
function copyOf({ userKey, address, timestampMs }: VouchedLogin): VouchedLogin {
  return { userKey, address, timestampMs }
}

function loginStatement(prefix: number, login: VouchedLogin): Statement {
  return { prefix, digest: nameOf(prefix, login), login: copyOf(login) }
}

function attemptStatement(annotated: AnnotatedAttempt): Statement {
  const { attempt, ...flags } = annotated
  const text = JSON.stringify([attempt.rawSha256, flags])
  return {
    prefix: prefixKeyOf(attempt.prefix),
    digest: hash('sha256', text, 'hex').slice(0, 16),
    timestampMs: attempt.event.timestampMs,
    id: attempt.id,
  }
}

function withdrawalOf({ prefix, timestampMs, id, login }: Statement): SourceChange {
  if (login !== undefined) return { kind: 'login-withdrawn', prefix, login }
  return {
    kind: 'attempt-withdrawn',
    prefix,
    timestampMs: timestampMs as number,
    id: id as string,
  }
}
