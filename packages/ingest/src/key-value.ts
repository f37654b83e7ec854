import { FieldValues } from './field-values.ts'
import { KeyNames, nextHash } from './key-names.ts'
import { guessedQuoteOf, IS_KEY_BYTE, isSeparator, unescapedQuoteOf } from './key-value-quotes.ts'
import { KEY_BYTES_MAX, PAIRS_MAX } from './limits.ts'
import { EQUAL_KEY, EQUAL_NONE, EQUAL_PAIR, PairMemory } from './pair-memory.ts'
import type { RawLine } from './raw-line.ts'

const BLANK = 32
const QUOTE = 34
const COMMA = 44
const EQUALS = 61

/** Kinds of lines whose pairs are remembered; a gateway writes some dozens. */
const MEMORIES_MAX = 128

/**
 * Reads the `key=value` pairs of FortiOS into numbered slots, in one pass over the bytes and without an object
 * per pair.
 *
 * - The first of equal keys wins, and a key counts only outside quotes: strangers type what is inside.
 * - In quotes `\"` and `\\` are escapes, and an escaped quote never closes a value, unless the line is damaged:
 *   the closing quote is missing, or more text follows it (a device wrote a name that ends in `\` as it is).
 *   Then the value ends at the last quote before ` key=`, and `recovered` says so.
 *
 * Pairs of lines before are remembered (`pair-memory.ts`) for speed alone.
 */
export class KeyValueFields extends FieldValues {
  readonly #names: KeyNames
  readonly #headSlots: readonly [number, number]
  readonly #headMemory = new PairMemory()
  readonly #restMemories = new Map<number, PairMemory>()
  /** The memory that learns this part of the line. */
  #learning: PairMemory | null = null
  #view: DataView = new DataView(new ArrayBuffer(0))
  #next = 0
  #end = 0
  #pairs = 0
  /** True when the first pairs are joined by a comma (the CSV form). */
  isCommaSeparated = false

  /**
   * @param slots names (at most 255) and the slot of each; several names may share a slot.
   * @param headSlots the two slots that `readHead` looks for.
   */
  constructor(slots: Readonly<Record<string, number>>, headSlots: readonly [number, number]) {
    super(Math.max(...Object.values(slots)) + 1)
    this.#names = new KeyNames(slots)
    this.#headSlots = headSlots
  }

  /** Reads from the body of a line until both head slots are known, or to the end. */
  readHead(line: RawLine): void {
    if (this.bytes !== line.bytes) {
      const { buffer, byteOffset, length } = line.bytes
      this.#view = new DataView(buffer, byteOffset, length)
      this.bytes = line.bytes
    }
    this.#next = line.body
    this.#end = line.end
    this.#pairs = 0
    this.recovered = false
    this.isCommaSeparated = false
    this.starts.fill(-1)
    this.#read(this.#headMemory, true)
  }

  /**
   * Reads on to the end of the line.
   *
   * @param kind a number that lines with the same keys share; it only helps the memory.
   */
  readRest(kind: number): void {
    let memory = this.#restMemories.get(kind)
    if (memory === undefined) {
      if (this.#restMemories.size >= MEMORIES_MAX) this.#restMemories.clear()
      memory = new PairMemory()
      this.#restMemories.set(kind, memory)
    }
    this.#read(memory, false)
  }

  /** Takes what came before as it was, and reads all else. */
  #read(memory: PairMemory, isHead: boolean): void {
    const bytes = this.bytes
    const end = this.#end
    const [headA, headB] = this.#headSlots
    const { isUseful } = memory
    if (!isUseful) memory.forget(this.#next)
    this.#learning = isUseful ? null : memory
    let at = this.#next
    let equalPairs = 0
    for (let index = 0; this.#pairs < PAIRS_MAX; index++) {
      while (at < end && isSeparator(bytes[at] as number)) at++
      if (at >= end) break
      const equal =
        isUseful && index < memory.count ? memory.compare(index, this.#view, at, end) : EQUAL_NONE
      if (equal === EQUAL_PAIR) {
        equalPairs++
        at = this.#takePair(memory, index, at)
      } else if (equal === EQUAL_KEY) {
        const valueStart = at + (memory.valueStarts[index] as number)
        const quoted = memory.isQuoted[index] as number
        at = this.#readValue(memory.slots[index] as number, at, valueStart, quoted)
      } else at = this.#readPair(at)
      if (isHead && (this.starts[headA] as number) >= 0 && (this.starts[headB] as number) >= 0)
        break
    }
    this.#next = at
    if (isUseful) memory.judge(equalPairs)
    else memory.learn(bytes, Math.min(end, at + 1))
  }

  /** Takes a pair that equals a remembered one; returns the offset after it. */
  #takePair(memory: PairMemory, index: number, at: number): number {
    const slot = memory.slots[index] as number
    const next = at + (memory.lengths[index] as number)
    if (this.#pairs++ === 0) this.isCommaSeparated = this.bytes[next - 1] === COMMA
    if (slot >= 0 && (this.starts[slot] as number) < 0) {
      this.starts[slot] = at + (memory.valueStarts[index] as number)
      this.ends[slot] = at + (memory.valueEnds[index] as number)
      this.isQuoted[slot] = memory.isQuoted[index] as number
      this.memories[slot] = memory
      this.memoryIndexes[slot] = index
    }
    return next
  }

  /** Reads the next pair from the start of a word on, skipping words that are none; returns the offset after it. */
  #readPair(from: number): number {
    const bytes = this.bytes
    const end = this.#end
    let start = from
    let i = from
    let hash = 0
    for (;;) {
      let code = bytes[i] as number
      while (i < end && IS_KEY_BYTE[code] === 1) {
        hash = nextHash(hash, code)
        code = bytes[++i] as number
      }
      if (i >= end) return end
      if (code === EQUALS && i > start && i - start <= KEY_BYTES_MAX) break
      while (i < end && (bytes[i] as number) > BLANK) i++
      while (i < end && isSeparator(bytes[i] as number)) i++
      start = i
      hash = 0
    }
    const quoted = i + 1 < end && bytes[i + 1] === QUOTE ? 1 : 0
    return this.#readValue(this.#names.slotOf(hash, bytes, start, i), start, i + 1 + quoted, quoted)
  }

  /** Reads a value from its first byte on, and takes the pair; returns the offset after it. */
  #readValue(slot: number, start: number, valueStart: number, quoted: number): number {
    const bytes = this.bytes
    const end = this.#end
    let i = valueStart
    let isWhole = true
    if (quoted === 1) {
      i = unescapedQuoteOf(bytes, i, end)
      if (i >= end || (i + 1 < end && !isSeparator(bytes[i + 1] as number))) {
        i = guessedQuoteOf(bytes, valueStart, i, end)
        this.recovered = true
        isWhole = false
      }
    } else {
      while (i < end && !isSeparator(bytes[i] as number)) i++
    }
    const next = Math.min(end, i + quoted)
    if (this.#learning !== null) {
      const after = isWhole && next < end ? next + 1 : start
      this.#learning.add(slot, start, valueStart, i, quoted, after)
    }
    if (this.#pairs++ === 0) this.isCommaSeparated = next < end && bytes[next] === COMMA
    if (slot >= 0 && (this.starts[slot] as number) < 0) {
      this.starts[slot] = valueStart
      this.ends[slot] = i
      this.isQuoted[slot] = quoted
      this.memories[slot] = null
    }
    return next
  }
}
