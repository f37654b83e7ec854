/** Days that bits of three words can tell: the last day of their record and the 95 before it. */
export const BIT_DAYS = 96

/** Words of a set of days. */
export const DAY_WORDS = 3

/**
 * Sets of UTC days as 96 bits in three words, counted back from a record's last day: bit 0 is that day. `at` is the index
 * of a set's first word.
 */
export const DayBits = {
  set(words: Int32Array, at: number, age: number): void {
    if (age < 0 || age >= BIT_DAYS) return
    const word = at + (age >>> 5)
    words[word] = (words[word] as number) | (1 << (age & 31))
  },

  /** Days whose age is `from` to `to`, inclusive. */
  count(words: Int32Array, at: number, from: number, to: number): number {
    const first = Math.max(0, from)
    const last = Math.min(BIT_DAYS - 1, to)
    if (last < first) return 0
    let days = 0
    for (let word = first >>> 5; word <= last >>> 5; word++) {
      const mask = maskOf(first - 32 * word, last - 32 * word)
      days += bitCount((words[at + word] as number) & mask)
    }
    return days
  },

  hasAny(words: Int32Array, at: number, from: number, to: number): boolean {
    const first = Math.max(0, from)
    const last = Math.min(BIT_DAYS - 1, to)
    if (last < first) return false
    for (let word = first >>> 5; word <= last >>> 5; word++) {
      const mask = maskOf(first - 32 * word, last - 32 * word)
      if (((words[at + word] as number) & mask) !== 0) return true
    }
    return false
  },

  /** Makes every day older by `days`; what gets too old is forgotten. */
  shift(words: Int32Array, at: number, days: number): void {
    const whole = Math.min(DAY_WORDS, days >>> 5)
    const rest = days & 31
    for (let word = DAY_WORDS - 1; word >= 0; word--) {
      const from = word - whole
      const high = from >= 0 ? (words[at + from] as number) : 0
      const low = from >= 1 ? (words[at + from - 1] as number) : 0
      words[at + word] = rest === 0 ? high : (high << rest) | (low >>> (32 - rest))
    }
  },

  /** Age of the latest day, or 96 when there is none. */
  latestAge(words: Int32Array, at: number): number {
    for (let word = 0; word < DAY_WORDS; word++) {
      const bits = words[at + word] as number
      if (bits !== 0) return 32 * word + bitCount((bits & -bits) - 1)
    }
    return BIT_DAYS
  },
} as const

/** Bits `from` … `to`, clipped to 0 … 31. */
function maskOf(from: number, to: number): number {
  const low = Math.max(0, from)
  const high = Math.min(31, to)
  if (low > high) return 0
  const upTo = high === 31 ? -1 : (1 << (high + 1)) - 1
  return upTo & ~((1 << low) - 1)
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
