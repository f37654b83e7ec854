import type { LoggedEvent, Parsed } from '@sekisho/event'
import { addressIn } from './address-in.ts'
import { latin1TextOf } from './latin1-text.ts'
import { LineTree, type Step, TOKENS_MAX } from './learned/line-tree.ts'
import {
  ADDRESS,
  BSD_TIME,
  NAME,
  NUMBER,
  SLASHED_TIME,
  TEXT,
  type TokenKind,
  WALL_TIME,
  WORD,
  ZONED_TIME,
} from './learned/token-kinds.ts'
import { isRepeated, type KnownValue, type Token, tokensIn } from './learned/tokens-in.ts'
import { PulseClock } from './pulse-clock.ts'
import { setUser, userIdentityOf } from './user-identity.ts'
import { ValueCache } from './value-cache.ts'
import type { WallClock } from './wall-clock.ts'
import { wallMsAt } from './wall-time.ts'

/** Longest line that is learnt. */
const LINE_BYTES_MAX = 2048

/** Patterns that are kept; then all are forgotten and learnt anew. */
const PATTERNS_MAX = 4096

/** Parts of an event that a token can set. */
type Part =
  | 'sourceAddress'
  | 'assignedAddress'
  | 'user'
  | 'realm'
  | 'roles'
  | 'sessionId'
  | 'deviceName'
  | 'deviceId'
  | 'durationS'
  | 'sentBytes'
  | 'receivedBytes'

/** What a token of a line sets; the same token may be the name and the id of a device. */
interface Setting {
  readonly token: number
  readonly part: Part
}

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
    const tree = this.#tree
    const pattern = tree.follow(bytes, start, end)
    if (pattern === null) return null
    const { event } = pattern
    for (const { token, part } of pattern.settings) {
      if (!setPart(event, part, bytes, tree.starts[token] as number, tree.ends[token] as number))
        return null
    }
    const { wallTime, zonedTime } = pattern
    const zonedStart = zonedTime < 0 ? -1 : (tree.starts[zonedTime] as number)
    const zonedEnd = zonedTime < 0 ? -1 : (tree.ends[zonedTime] as number)
    const wallStart = tree.starts[wallTime] as number
    if (!this.#clock.setTime(event, bytes, wallStart, zonedStart, zonedEnd)) return null
    if (this.#credit < CREDIT_MAX) this.#credit++
    return pattern.parsed
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
      if (!this.#isReadAlike(trial, pattern, changed)) return false
    }
    return this.#tree.add(steps, pattern)
  }

  /** True when the pattern makes the same of a line as the careful reader. */
  #isReadAlike(trial: LineTree<Pattern>, pattern: Pattern, line: Buffer): boolean {
    const careful = this.#read(line)
    if (careful?.kind !== 'event' || trial.follow(line, 0, line.length) === null) return false
    const { event } = pattern
    for (const { token, part } of pattern.settings) {
      const [start, end] = [trial.starts[token] as number, trial.ends[token] as number]
      if (!setPart(event, part, line, start, end)) return false
    }
    const zoned = pattern.zonedTime
    const isTimed = this.#clock.setTime(
      event,
      line,
      trial.starts[pattern.wallTime] as number,
      zoned < 0 ? -1 : (trial.starts[zoned] as number),
      zoned < 0 ? -1 : (trial.ends[zoned] as number),
    )
    return isTimed && isSameEvent(event, careful.event)
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

/** Values of an event that stand in its line and may change. */
function valuesOf(event: Readonly<LoggedEvent>): KnownValue[] {
  const values: KnownValue[] = [
    { text: event.sourceAddress, kind: ADDRESS },
    { text: event.assignedAddress, kind: ADDRESS },
    { text: event.sessionId, kind: WORD },
    { text: event.deviceId, kind: WORD },
    { text: event.deviceName, kind: WORD },
    { text: event.userRaw, kind: NAME },
    { text: event.roles, kind: TEXT },
    { text: event.realm, kind: TEXT },
  ]
  return values.filter(({ text }) => text !== '')
}

interface Shape {
  readonly steps: readonly Step[]
  /** The tokens without repetitions, in the order in which a tree counts them. */
  readonly distinct: readonly Token[]
}

function stepsOf(text: string, tokens: readonly Token[]): Shape {
  const steps: Step[] = []
  const distinct: Token[] = []
  let at = 0
  for (const token of tokens) {
    if (token.start > at) steps.push({ bytes: Buffer.from(text.slice(at, token.start), 'latin1') })
    const first = isRepeated(token.kind)
      ? distinct.findIndex((other) => other.kind === token.kind && other.text === token.text)
      : -1
    if (first >= 0) steps.push({ same: first })
    else {
      distinct.push(token)
      steps.push({ token: token.kind })
    }
    at = token.end
  }
  if (at < text.length) steps.push({ bytes: Buffer.from(text.slice(at), 'latin1') })
  return { steps, distinct }
}

function settingsOf(tokens: readonly Token[], event: LoggedEvent): Setting[] {
  const parts: readonly (readonly [part: Part, kind: TokenKind, text: string])[] = [
    ['sourceAddress', ADDRESS, event.sourceAddress],
    ['assignedAddress', ADDRESS, event.assignedAddress],
    ['user', NAME, event.userRaw],
    ['realm', TEXT, event.realm],
    ['roles', TEXT, event.roles],
    ['sessionId', WORD, event.sessionId],
    ['deviceName', WORD, event.deviceName],
    ['deviceId', WORD, event.deviceId],
    ['durationS', NUMBER, String(event.durationS)],
    ['sentBytes', NUMBER, String(event.sentBytes)],
    ['receivedBytes', NUMBER, String(event.receivedBytes)],
  ]
  const settings: Setting[] = []
  for (const [part, kind, text] of parts) {
    const token = tokens.findIndex((other) => other.kind === kind && other.text === text)
    if (text !== '' && token >= 0) settings.push({ token, part })
  }
  return settings
}

/** What is put in the place of the tokens of a kind, one after the other. */
type Replacement = (kind: TokenKind, index: number, text: string) => string

const REPLACEMENTS: readonly Replacement[] = [
  (_kind, _index, text) => text,
  (kind, index, text) => {
    switch (kind) {
      case NAME:
        return `q${index}`
      case TEXT:
        return `Zz${index}`
      case ADDRESS:
        return `198.18.${index}.9`
      case WORD:
        return text.replace(/[0-9a-f]$/i, (last) => (last === '7' ? '8' : '7'))
      case NUMBER:
        return String(700 + index)
      default:
        return laterBySeconds(kind, text, 37)
    }
  },
  (kind, index, text) => {
    switch (kind) {
      case NAME:
        return `Xy.w-${index}@k.example`
      case TEXT:
        return `Aa ${index}, B & C`
      case ADDRESS:
        return text.includes(':') ? `2001:db8:${index}::7` : `203.0.113.${10 + index}`
      case WORD:
        return text.replace(/^(sid)?[0-9A-Za-z]/, (_first, sid) => `${sid ?? ''}${'5'}`)
      case NUMBER:
        return String(90_210_000 + index)
      default:
        return laterBySeconds(kind, text, 86_400 + 3_600)
    }
  },
]

/** A line with other tokens; equal ones stay equal. */
function replaced(text: string, tokens: readonly Token[], replacement: Replacement): string {
  const known = new Map<string, string>()
  let changed = ''
  let at = 0
  for (const token of tokens) {
    const key = `${token.kind} ${isRepeated(token.kind) ? '' : token.start} ${token.text}`
    let other = known.get(key)
    if (other === undefined) {
      other = replacement(token.kind, known.size, token.text)
      known.set(key, other)
    }
    changed += text.slice(at, token.start) + other
    at = token.end
  }
  return changed + text.slice(at)
}

/** A time some seconds later, in the same form. */
function laterBySeconds(kind: TokenKind, text: string, seconds: number): string {
  const wallMs = kind === BSD_TIME ? Number.NaN : wallMsAt(text, 0)
  if (Number.isNaN(wallMs)) return text
  const later = new Date(wallMs + seconds * 1000).toISOString()
  const date = later.slice(0, 10).replaceAll('-', text[4] as string)
  return `${date}${text[10]}${later.slice(11, 19)}${text.slice(19)}`
}

const ZERO = 48

/** Texts of realms and roles, which many lines share. */
const TEXTS = new ValueCache((text) => text)

/** Sets a part of an event; false when the value is one that only the careful reader may judge. */
function setPart(
  event: LoggedEvent,
  part: Part,
  bytes: Buffer,
  start: number,
  end: number,
): boolean {
  switch (part) {
    case 'user': {
      const text = latin1TextOf(bytes, start, end)
      setUser(event, userIdentityOf(text))
      return text !== 'System'
    }
    case 'sourceAddress':
      event.sourceAddress = addressIn(bytes, start, end)
      return event.sourceAddress !== '' && !isLoopback(event.sourceAddress)
    case 'assignedAddress':
      event.assignedAddress = addressIn(bytes, start, end)
      return event.assignedAddress !== ''
    case 'realm':
      event.realm = TEXTS.get(bytes, start, end)
      return event.realm !== 'Admin Users'
    case 'roles':
      event.roles = TEXTS.get(bytes, start, end)
      return !event.roles.startsWith('.')
    case 'sessionId':
      event.sessionId = latin1TextOf(bytes, start, end)
      return isOtherThanZeros(bytes, start, end)
    case 'deviceName':
    case 'deviceId':
      event[part] = latin1TextOf(bytes, start, end)
      return true
    default:
      event[part] = Number(latin1TextOf(bytes, start, end))
      return true
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

function isOtherThanZeros(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== ZERO) return true
  return false
}

function isSameEvent(a: LoggedEvent, b: Readonly<LoggedEvent>): boolean {
  return (Object.keys(a) as (keyof LoggedEvent)[]).every((key) => a[key] === b[key])
}
