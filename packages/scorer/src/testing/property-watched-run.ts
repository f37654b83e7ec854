import { DEFAULT_CONFIG, type DetectConfig, dayOf, limitsOf } from '@sekisho/detect'
import type { Alert, Attempt } from '@sekisho/event'
import type { Scorer } from '../scorer.ts'
import { Difference } from './property-difference.ts'
import { ZEALOT } from './property-flood-lines.ts'
import { newScorer } from './run.ts'

/** Little room, so that small floods are over it. A slot of names has one place. */
const ROOM = {
  strangersPerDay: 256,
  strangerLinesPerDay: 4,
  linesPerPane: 16,
  linesPerDay: 64,
  usersPerPane: 16,
  attemptsPerUserAndPane: 2,
}

const LITTLE_ROOM: DetectConfig = { ...DEFAULT_CONFIG, limits: limitsOf({ room: ROOM }) }

/** What one line takes at most in the state, with short names and addresses of IPv6; and what a log takes when it has any. */
const ROW_BYTES_MAX = 160
const PAGE_BYTES = 65_536
const ACCOUNT_BYTES_MAX = 64

/** Days that are open at one time in a batch, and days that stage N still keeps beside. */
const OPEN_DAYS = 3
const KEPT_DAYS = 3

/** Kinds of lines of one user that have room of their own. */
const KINDS = 4

/** Lines between two looks at the size. */
const LOOK_EVERY = 500

/**
 * Most bytes that a world and a flood may take: the world's own lines; of each day of the flood, the names that are admitted
 * (those with the smallest hash so far: some ln n of n for each place) with their lines; and one user's room. Both stages keep
 * a line, and every day takes pages.
 */
export function boundOf(world: readonly Attempt[], flood: readonly Attempt[]): number {
  const perDay = new Map<number, number>()
  for (const { event } of flood) {
    const day = dayOf(event.timestampMs)
    perDay.set(day, (perDay.get(day) ?? 0) + 1)
  }
  const { strangersPerDay, strangerLinesPerDay, linesPerDay } = ROOM
  let rows = world.length
  for (const lines of perDay.values()) {
    const admitted = strangersPerDay * (1 + 1.5 * Math.log(1 + lines / strangersPerDay))
    rows += Math.min(lines, admitted) + strangersPerDay * (strangerLinesPerDay - 1)
    rows += KINDS * linesPerDay
  }
  const days = 2 * (perDay.size + OPEN_DAYS + KEPT_DAYS)
  return 2 * rows * ROW_BYTES_MAX + days * PAGE_BYTES
}

/** A run that is looked at now and then. */
export class WatchedRun {
  readonly alerts: Alert[] = []
  readonly scorer: Scorer
  readonly #boundBytes: number
  #lines = 0

  constructor(mode: 'batch' | 'live', boundBytes: number) {
    this.scorer = newScorer(mode, (alert) => this.alerts.push(alert), { config: LITTLE_ROOM })
    this.#boundBytes = boundBytes
  }

  join(attempt: Attempt): void {
    this.scorer.join(attempt)
    this.#lines++
    if (this.#lines % LOOK_EVERY !== 0) return
    this.scorer.flush()
    this.look()
  }

  look(): void {
    const { accounts, accountBytes, lineBytes } = this.scorer.size
    if (lineBytes > this.#boundBytes) {
      throw new Difference(`${lineBytes} bytes of lines, at most ${this.#boundBytes} were to be`)
    }
    const accountBytesMax = 2 * PAGE_BYTES * 8 + accounts * ACCOUNT_BYTES_MAX
    if (accountBytes > accountBytesMax) {
      throw new Difference(`${accountBytes} bytes of ${accounts} accounts`)
    }
  }
}

/** Names of a flood over the room of a day must be counted as capped. */
export function expectCounted(scorer: Scorer, flood: readonly Attempt[]): void {
  const names = new Map<number, Set<string>>()
  for (const { event } of flood) {
    if (event.userKey === ZEALOT) continue
    const day = dayOf(event.timestampMs)
    names.set(day, (names.get(day) ?? new Set()).add(event.userKey))
  }
  let over = 0
  for (const { size } of names.values()) over += Math.max(0, size - ROOM.strangersPerDay)
  const { lateBeyondHorizon } = scorer.counters
  const { strangers } = scorer.capped
  if (strangers + lateBeyondHorizon < over) {
    throw new Difference(`${over} names were over the room, ${strangers} are counted`)
  }
}
