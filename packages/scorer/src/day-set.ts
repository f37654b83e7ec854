/**
 * A set of UTC days as bits, in blocks of 32 days: `[block, bits, block, bits, …]` by block. Joins by OR; a day
 * from a wrong clock costs one block and moves nothing else.
 */
export type DaySet = number[]

const DAYS_PER_BLOCK = 32

/** Adds a day. */
export function addDay(set: DaySet, day: number): void {
  const block = Math.floor(day / DAYS_PER_BLOCK)
  const bit = 1 << (day - block * DAYS_PER_BLOCK)
  let i = 0
  while (i < set.length && (set[i] as number) < block) i += 2
  if (set[i] === block) set[i + 1] = (set[i + 1] as number) | bit
  else if (i === set.length) set.push(block, bit)
  else set.splice(i, 0, block, bit)
}

/** Days of the set from `from` to `to`, inclusive. */
export function countDays(set: DaySet, from: number, to: number): number {
  let days = 0
  for (let i = 0; i < set.length; i += 2) {
    const start = (set[i] as number) * DAYS_PER_BLOCK
    if (start > to || start + DAYS_PER_BLOCK <= from) continue
    days += bitCount((set[i + 1] as number) & maskOf(from - start, to - start))
  }
  return days
}

/** The earliest day, or null. */
export function firstDayOf(set: DaySet): number | null {
  const block = set[0]
  if (block === undefined) return null
  const bits = set[1] as number
  return block * DAYS_PER_BLOCK + bitCount((bits & -bits) - 1)
}

/** The latest day, or null. */
export function lastDayOf(set: DaySet): number | null {
  const block = set.at(-2)
  return block === undefined ? null : block * DAYS_PER_BLOCK + 31 - Math.clz32(set.at(-1) as number)
}

/** Drops whole blocks that end before `day`. */
export function dropDaysBefore(set: DaySet, day: number): void {
  while (set.length > 0 && ((set[0] as number) + 1) * DAYS_PER_BLOCK <= day) set.splice(0, 2)
}

/** Days in ascending order. */
export function* daysOf(set: DaySet): Generator<number> {
  for (let i = 0; i < set.length; i += 2) {
    const bits = set[i + 1] as number
    for (let b = 0; b < DAYS_PER_BLOCK; b++) {
      if ((bits & (1 << b)) !== 0) yield (set[i] as number) * DAYS_PER_BLOCK + b
    }
  }
}

/** Bits `from` … `to` (clipped to 0 … 31). */
function maskOf(from: number, to: number): number {
  const low = Math.max(0, from)
  const high = Math.min(DAYS_PER_BLOCK - 1, to)
  const upTo = high === 31 ? -1 : (1 << (high + 1)) - 1
  return upTo & ~((1 << low) - 1)
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
