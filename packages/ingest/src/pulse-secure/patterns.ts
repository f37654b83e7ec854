import type { LoggedEvent, Parsed } from '@sekisho/event'
import { LineTree, TOKENS_MAX } from '../learned/line-tree.ts'
import { REPLACEMENTS, replaced } from '../learned/replaced-tokens.ts'
import { stepsOf } from '../learned/steps-of.ts'
import { SLASHED_TIME, WALL_TIME, ZONED_TIME } from '../learned/token-kinds.ts'
import { type Token, tokensIn } from '../learned/tokens-in.ts'
import { latin1TextOf } from '../text/latin1-text.ts'
import type { WallClock } from '../time/wall-clock.ts'
import { PulseClock } from './clock.ts'
import { type Setting, setPart, settingsOf, valuesOf } from './parts.ts'

/** Longest line that is learnt and read by a pattern, in bytes. */
const LINE_BYTES_MAX = 2048

/** Patterns that are kept; then all are forgotten and learnt anew. */
const PATTERNS_MAX = 4096

/** What lines of one pattern are: an event of which tokens set some parts. */
interface Pattern {
  readonly event: LoggedEvent
  readonly parsed: Parsed
  readonly settings: readonly Setting[]
  /** Tokens that are the line's own time and the time of its header, -1 without one. */
  readonly wallTime: number
  readonly zonedTime: number
}

/** Reads a line the careful way. */
export type CarefulReader = (bytes: Buffer) => Parsed | null

/**
 * Reads lines that are like lines before, but for a name, an address, a time and the like, by following patterns.
 *
 * A pattern is learnt by experiment: parts of a line that was read the careful way are supposed to be free, others
 * are put in their place, and the careful reader must say of the changed lines what the pattern would. So the one
 * grammar stays the only one, whatever the form of a line. Parts that change hold no character that divides parts.
 */
export class PulsePatterns {
  readonly #tree = new LineTree<Pattern>()
  readonly #read: CarefulReader
  readonly #clock: PulseClock
  /** Lines that are read by a pattern pay for learning others. */
  #credit = CREDIT_AT_FIRST

  /** @param read must not use these patterns */
  constructor(read: CarefulReader, clock: WallClock | null) {
    this.#read = read
    this.#clock = new PulseClock(clock)
  }

  /** The event of a line that follows a pattern, else null. It holds until the next call. */
  follow(bytes: Buffer, start: number, end: number): Parsed | null {
    // A longer line may hold a value that has to be cut.
    if (end - start > LINE_BYTES_MAX) return null
    const parsed = this.#followed(this.#tree, bytes, start, end)
    if (parsed !== null && this.#credit < CREDIT_MAX) this.#credit++
    return parsed
  }

  #followed(tree: LineTree<Pattern>, bytes: Buffer, start: number, end: number): Parsed | null {
    const pattern = tree.follow(bytes, start, end)
    if (pattern === null) return null
    const { event, wallTime, zonedTime } = pattern
    const { starts, ends } = tree
    for (const { token, part } of pattern.settings) {
      if (!setPart(event, part, bytes, starts[token] as number, ends[token] as number)) return null
    }
    const wallAt = starts[wallTime] as number
    const zonedAt = zonedTime < 0 ? -1 : (starts[zonedTime] as number)
    const zonedEnd = zonedTime < 0 ? -1 : (ends[zonedTime] as number)
    return this.#clock.setTime(event, bytes, wallAt, zonedAt, zonedEnd) ? pattern.parsed : null
  }

  /** Learns the pattern of a line that was read the careful way, if it has one and that does not cost too much. */
  learn(bytes: Buffer, start: number, end: number, event: Readonly<LoggedEvent>): void {
    if (this.#credit < CREDIT_OF_LEARNING || !isLearnable(bytes, start, end, event)) return
    this.#credit -= CREDIT_OF_LEARNING
    if (this.#tree.leaves >= PATTERNS_MAX) this.#tree.clear()
    const line = Buffer.from(bytes.subarray(start, end))
    const text = latin1TextOf(line, 0, line.length)
    const values = valuesOf(event)
    for (const numbersFrom of [text.length / 2, Number.POSITIVE_INFINITY]) {
      const tokens = tokensIn(line, text, values, numbersFrom)
      if (this.#learnTokens(text, tokens, { ...event })) return
    }
  }

  #learnTokens(text: string, tokens: readonly Token[], event: LoggedEvent): boolean {
    const wallTimes = tokens.filter(isWallTime)
    const zonedTimes = tokens.filter(({ kind }) => kind === ZONED_TIME)
    if (wallTimes.length !== 1 || zonedTimes.length > 1 || tokens.length > TOKENS_MAX) return false
    const { steps, distinct } = stepsOf(text, tokens)
    const settings = settingsOf(distinct, event)
    const pattern: Pattern = {
      event,
      parsed: { kind: 'event', event },
      settings,
      wallTime: distinct.findIndex(isWallTime),
      zonedTime: distinct.findIndex(({ kind }) => kind === ZONED_TIME),
    }
    // The experiments are read by a tree of their own, so that a pattern that is wrong is never in the other one.
    const trial = new LineTree<Pattern>()
    trial.add(steps, pattern)
    for (const replacement of REPLACEMENTS) {
      const changed = Buffer.from(replaced(text, tokens, replacement), 'latin1')
      if (!this.#isReadAlike(trial, changed)) return false
    }
    return this.#tree.add(steps, pattern)
  }

  /** True when a tree makes the same of a line as the careful reader. */
  #isReadAlike(trial: LineTree<Pattern>, line: Buffer): boolean {
    const careful = this.#read(line)
    const followed = this.#followed(trial, line, 0, line.length)
    if (careful?.kind !== 'event' || followed?.kind !== 'event') return false
    return isSameEvent(followed.event, careful.event)
  }
}

function isWallTime({ kind }: Token): boolean {
  return kind === WALL_TIME || kind === SLASHED_TIME
}

/** Credit to begin with and at most, and what it costs to learn a line, in lines that were read by a pattern. */
const CREDIT_AT_FIRST = 10_000
const CREDIT_MAX = 10_000
const CREDIT_OF_LEARNING = 40

function isLearnable(
  bytes: Buffer,
  start: number,
  end: number,
  { recovered, userRaw, sourceAddress }: Readonly<LoggedEvent>,
): boolean {
  if (end - start > LINE_BYTES_MAX) return false
  if (recovered || userRaw === '' || sourceAddress === '') return false
  for (let i = start; i < end; i++) if ((bytes[i] as number) > 126) return false
  return true
}

function isSameEvent(a: Readonly<LoggedEvent>, b: Readonly<LoggedEvent>): boolean {
  return (Object.keys(a) as (keyof LoggedEvent)[]).every((key) => a[key] === b[key])
}
