import { DAY_MS, dayOf } from '@sekisho/detect'
import type { Alert } from '@sekisho/event'
import type { RbaAttempt } from './rba-attempt.ts'

/** What an alert is about by the labels of the data set: a takeover, an attack address, or neither. */
export type RbaVerdict = 'takeover' | 'attack-address' | 'false'

/** An account that was taken over: its first such login of a UTC day. */
export interface TakenAccount {
  readonly userKey: string
  readonly timestampMs: number
  readonly prefix: string
  /** Severities of the alerts that name it. */
  readonly found: Set<Alert['severity']>
}

/** The batch of the scorer says what it has to say of a day at most this many days later. */
const KEPT_DAYS = 8

/** Source networks with attempts of attack addresses, and users who got in from one. */
interface AttackDay {
  readonly prefixes: Set<string>
  readonly userKeys: Set<string>
}

/** The labels of the last days, against which alerts are judged as they come. */
export class LabelledDays {
  readonly taken: TakenAccount[] = []
  readonly #lastTaken = new Map<string, TakenAccount>()
  readonly #attackDays = new Map<number, AttackDay>()

  /** Attempts come day by day. */
  add({ attempt, isAttackIp, isTakeover }: RbaAttempt): void {
    const { event, prefix } = attempt
    const day = dayOf(event.timestampMs)
    const isSuccess = event.outcome === 'success'
    if (isTakeover && isSuccess) this.#addTaken(event.userKey, event.timestampMs, prefix)
    if (!isAttackIp) return
    let attacks = this.#attackDays.get(day)
    if (attacks === undefined) {
      attacks = { prefixes: new Set(), userKeys: new Set() }
      this.#attackDays.set(day, attacks)
      for (const old of this.#attackDays.keys()) {
        if (old < day - KEPT_DAYS) this.#attackDays.delete(old)
      }
    }
    attacks.prefixes.add(prefix)
    if (isSuccess) attacks.userKeys.add(event.userKey)
  }

  #addTaken(userKey: string, timestampMs: number, prefix: string): void {
    const before = this.#lastTaken.get(userKey)
    if (before !== undefined && dayOf(before.timestampMs) === dayOf(timestampMs)) return
    const account: TakenAccount = { userKey, timestampMs, prefix, found: new Set() }
    this.#lastTaken.set(userKey, account)
    this.taken.push(account)
  }

  /**
   * Judges an alert and notes which takeovers it finds: those of its user, or of its source network, from the start of
   * the takeover's day until 24 hours after it (design of the evaluation: the attack's window and a day).
   */
  judge(alert: Alert): RbaVerdict {
    const day = dayOf(alert.timestampMs)
    let isFound = false
    for (const account of this.taken) {
      if (!isAbout(alert, account)) continue
      account.found.add(alert.severity)
      isFound = true
    }
    if (isFound) return 'takeover'
    return this.#isOfAttack(alert, day) ? 'attack-address' : 'false'
  }

  #isOfAttack({ entity, userKey }: Alert, day: number): boolean {
    const attacks = this.#attackDays.get(day)
    if (attacks === undefined) return false
    if (userKey !== '') return attacks.userKeys.has(userKey)
    return attacks.prefixes.has(entity.replace(/^prefix:/, ''))
  }
}

function isAbout(alert: Alert, { userKey, prefix, timestampMs }: TakenAccount): boolean {
  const dayStartMs = dayOf(timestampMs) * DAY_MS
  if (alert.timestampMs < dayStartMs || alert.timestampMs > timestampMs + DAY_MS) return false
  return alert.userKey === userKey || alert.entity === `prefix:${prefix}`
}
