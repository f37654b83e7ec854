import { hash } from 'node:crypto'
import type { AnnotatedAttempt } from '@sekisho/detect'
import type { SourceStage } from './source-stage.ts'
import { prefixKeyOf } from './store/prefix-key.ts'
import type { UserDayResult } from './user-stage.ts'

/** Something that stage N must learn. */
export interface Change {
  readonly prefix: number
  readonly apply: (stage: SourceStage) => void
}

/** One statement about one line. */
interface Statement extends Change {
  /** Equal for equal statements. */
  readonly digest: string
  readonly takeBack: (stage: SourceStage) => void
}

/**
 * What stage U has told stage N of the open days (live), so that only changes go on: a statement that no longer holds is
 * taken back.
 */
export class Said {
  readonly #days = new Map<number, Map<string, Map<string, Statement>>>()

  /** Compares what is true of a user's day with what was said of it. */
  change(
    day: number,
    userKey: string,
    annotations: UserDayResult,
    tell: (change: Change) => void,
  ): void {
    const users = this.#days.get(day) ?? new Map<string, Map<string, Statement>>()
    this.#days.set(day, users)
    const before = users.get(userKey)
    const after = new Map<string, Statement>()
    for (const each of annotations.vouchedLogins) after.set(nameOf(each), loginStatement(each))
    for (const each of annotations.annotated) after.set(each.attempt.id, attemptStatement(each))
    for (const [name, { prefix, digest, takeBack }] of before ?? []) {
      const now = after.get(name)
      if (now === undefined || now.digest !== digest) tell({ prefix, apply: takeBack })
    }
    for (const [name, statement] of after) {
      if (before?.get(name)?.digest !== statement.digest) tell(statement)
    }
    users.set(userKey, after)
  }

  /** A complete day is not spoken of again. */
  forget(day: number): void {
    this.#days.delete(day)
  }
}

type VouchedLoginKeyed = UserDayResult['vouchedLogins'][number]

function nameOf({ prefix, login: { address, timestampMs } }: VouchedLoginKeyed): string {
  return `${timestampMs} ${prefix} ${address}`
}

function loginStatement(each: VouchedLoginKeyed): Statement {
  const { prefix } = each
  // What it was read from may change before it is taken back.
  const { userKey, address, timestampMs } = each.login
  const login = { userKey, address, timestampMs }
  return {
    prefix,
    digest: nameOf(each),
    apply: (stage) => stage.putLogin(prefix, login),
    takeBack: (stage) => stage.removeLogin(prefix, login),
  }
}

function attemptStatement(annotated: AnnotatedAttempt): Statement {
  const { attempt, ...flags } = annotated
  const text = JSON.stringify([attempt.rawSha256, flags])
  return {
    prefix: prefixKeyOf(attempt.prefix),
    digest: hash('sha256', text, 'hex').slice(0, 16),
    apply: (stage) => stage.put(annotated),
    takeBack: (stage) => stage.remove(annotated),
  }
}
