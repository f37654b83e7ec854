import { describe, expect, test } from '@jest/globals'
import { FeedWatermarks } from './feed-watermarks.ts'

const MINUTE_MS = 60_000
const NOW = Date.UTC(2026, 5, 1, 12)
const LIVE = { isCaughtUp: true, isInOrder: true }
const BEHIND = { isCaughtUp: false, isInOrder: true }
const UNSORTED = { isCaughtUp: false, isInOrder: false }

const a = (progress: typeof LIVE) => ({ name: 'a', ...progress })
const b = (progress: typeof LIVE) => ({ name: 'b', ...progress })

describe('FeedWatermarks', () => {
  test('is ten minutes behind the slowest gateway', () => {
    const watermarks = new FeedWatermarks(['a'])
    watermarks.observe('a', 'fw1', NOW, NOW)
    watermarks.observe('a', 'fw2', NOW - 30 * MINUTE_MS, NOW)
    expect(watermarks.watermarkMs(NOW, [a(LIVE)])).toBe(NOW - 40 * MINUTE_MS)
  })

  test('a gateway that was silent for ten minutes holds nobody back, and it never falls', () => {
    const watermarks = new FeedWatermarks(['a'])
    watermarks.observe('a', 'old', NOW - 60 * MINUTE_MS, NOW - 11 * MINUTE_MS)
    watermarks.observe('a', 'fw1', NOW, NOW)
    expect(watermarks.watermarkMs(NOW, [a(LIVE)])).toBe(NOW - 10 * MINUTE_MS)
    watermarks.observe('a', 'old', NOW - 60 * MINUTE_MS, NOW)
    expect(watermarks.watermarkMs(NOW, [a(LIVE)])).toBe(NOW - 10 * MINUTE_MS)
  })

  test('a gateway ten years ahead advances nothing', () => {
    const watermarks = new FeedWatermarks(['a'])
    watermarks.observe('a', 'fw1', NOW, NOW)
    watermarks.observe('a', 'wrong', NOW + 3650 * 24 * 60 * MINUTE_MS, NOW)
    expect(watermarks.watermarkMs(NOW, [a(LIVE)])).toBe(NOW - 10 * MINUTE_MS)
  })

  test.each([
    ['has not been read yet', BEHIND, Number.NEGATIVE_INFINITY],
    ['may begin anywhere', UNSORTED, Number.NEGATIVE_INFINITY],
    ['has nothing to say', LIVE, NOW - 10 * MINUTE_MS],
  ])('of another feed that %s', (_what, progress, expected) => {
    const watermarks = new FeedWatermarks(['a', 'b'])
    watermarks.observe('a', 'fw1', NOW, NOW)
    expect(watermarks.watermarkMs(NOW, [a(LIVE), b(progress)])).toBe(expected)
  })
})
