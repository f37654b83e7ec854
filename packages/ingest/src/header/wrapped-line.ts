import { LINE_BYTES_MAX } from '../limits.ts'
import { JSON_PAIRS, OPEN_BRACE } from '../pairs/json-pairs.ts'
import { isTextAt } from '../pairs/key-names.ts'
import { JSON_TEXT, ScannedPair } from '../pairs/pair-syntax.ts'
import { unescapeJson } from '../text/json-text.ts'

/** Keys under which shippers put a line, the one that most surely has it as it came first. */
const KEYS = ['event.original', 'message', '_raw', 'log', 'MESSAGE']

/** The same first key where the dot makes an object: `"event":{"original":"…"}`. */
const OUTER_KEY = 'event'
const INNER_KEY = 'original'

const BLANK = 32

/**
 * A line that a shipper put into a JSON object, as text under one of its keys: `{"message":"<188>date=…"}`.
 *
 * The other keys are the shipper's. Its times tell when it read the line, which for an archive is long after, and are
 * never used.
 */
export class WrappedLine {
  /** The line that was unwrapped last. */
  readonly bytes = Buffer.alloc(LINE_BYTES_MAX)
  /** True when the object was damaged, so that the line may be cut. */
  isGuessed = false
  readonly #pair = new ScannedPair()
  #rank = KEYS.length
  #start = 0
  #end = 0

  /** The place of the text that was unwrapped last, with its escapes. */
  get place(): { readonly start: number; readonly end: number } {
    return { start: this.#start, end: this.#end }
  }

  /**
   * Takes a line out of the object whose pairs are these bytes.
   *
   * @returns how many bytes the line has, -1 when the object holds none
   */
  unwrap(bytes: Buffer, start: number, end: number): number {
    const pair = this.#pair
    this.#rank = KEYS.length
    let at = start
    while (JSON_PAIRS.readPair(bytes, at, end, pair)) {
      at = pair.next
      const { keyStart, keyEnd } = pair
      if (pair.style === JSON_TEXT) this.#take(rankOf(bytes, keyStart, keyEnd))
      else if (isTextAt(bytes, keyStart, keyEnd, OUTER_KEY)) this.#searchInner(bytes)
    }
    return this.#rank === KEYS.length ? -1 : unescapeJson(bytes, this.#start, this.#end, this.bytes)
  }

  /** Looks into the object that is the value of the pair. */
  #searchInner(bytes: Buffer): void {
    const pair = this.#pair
    const end = pair.next
    let at = pair.valueMark
    while (at < end && (bytes[at] as number) <= BLANK) at++
    if (bytes[at] !== OPEN_BRACE) return
    at++
    while (JSON_PAIRS.readPair(bytes, at, end, pair)) {
      at = pair.next
      if (pair.style === JSON_TEXT && isTextAt(bytes, pair.keyStart, pair.keyEnd, INNER_KEY))
        this.#take(0)
    }
  }

  /** Keeps the value of the pair if no better one came before; an empty one is no line. */
  #take(rank: number): void {
    const { valueStart, valueEnd, isGuessed } = this.#pair
    if (rank >= this.#rank || valueEnd === valueStart) return
    this.#rank = rank
    this.#start = valueStart
    this.#end = valueEnd
    this.isGuessed = isGuessed
  }
}

function rankOf(bytes: Buffer, start: number, end: number): number {
  for (let rank = 0; rank < KEYS.length; rank++) {
    if (isTextAt(bytes, start, end, KEYS[rank] as string)) return rank
  }
  return KEYS.length
}
