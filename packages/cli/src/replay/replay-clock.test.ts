import { describe, expect, test } from '@jest/globals'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@sekisho/detect'
import { LATENESS_MS, ReplayClock } from './replay-clock.ts'

const START = Date.UTC(2026, 2, 10)

/** Watermark after each of some event times, ms after the start. */
function watermarksOf(...times: readonly number[]): number[] {
  const clock = new ReplayClock()
  return times.map((ms) => clock.read(START + ms) + LATENESS_MS - START)
}

describe('ReplayClock', () => {
  test('follows the latest time, ten minutes behind', () => {
    expect(new ReplayClock().read(START)).toBe(START - 10 * MINUTE_MS)
    expect(watermarksOf(0, 5, 3, HOUR_MS + 5, 7)).toEqual([0, 5, 5, HOUR_MS + 5, HOUR_MS + 5])
  })

  test('a line far ahead does not set it, nor do nine', () => {
    const far = Array.from({ length: 9 }, () => 3650 * DAY_MS)
    expect(watermarksOf(0, ...far, 1, ...far, 2).at(-1)).toBe(2)
  })

  test('ten in a row do, to the earliest of them: there was a pause', () => {
    const after = Array.from({ length: 10 }, (_, i) => 3 * DAY_MS + (i === 4 ? 0 : 10 - i))
    expect(watermarksOf(0, ...after)).toEqual([...Array(10).fill(0), 3 * DAY_MS])
    expect(watermarksOf(0, ...after, 3 * DAY_MS + 99).at(-1)).toBe(3 * DAY_MS + 99)
  })

  test('two days ahead are not far', () => {
    expect(watermarksOf(0, 2 * DAY_MS)).toEqual([0, 2 * DAY_MS])
    expect(watermarksOf(0, 2 * DAY_MS + 1)).toEqual([0, 0])
  })
})
