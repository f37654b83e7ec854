import { describe, expect, test } from '@jest/globals'
import { DAY_MS, HOUR_MS, offsetText, timeText, weekdayOf, zoneOf } from './clock.ts'

const dayOf = (date: string): number => Date.parse(date) / DAY_MS

describe('zones', () => {
  test.each([
    ['Asia/Tokyo', '2026-03-02T00:00:00Z', 540],
    ['Europe/Berlin', '2026-03-29T00:59:00Z', 60],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', 120],
    ['America/New_York', '2026-03-08T06:59:59Z', -300],
    ['America/New_York', '2026-03-08T07:00:00Z', -240],
    ['UTC', '2026-07-01T00:00:00Z', 0],
    ['Asia/Kolkata', '2026-07-01T00:00:00Z', 330],
  ])('%s at %s is %i minutes ahead', (zone, instant, minutes) => {
    expect(zoneOf(zone).offsetMinutes(Date.parse(instant))).toBe(minutes)
  })

  test.each([
    ['Asia/Tokyo', '2026-03-02', 0, '2026-03-01T15:00:00Z'],
    ['America/New_York', '2026-03-08', 12, '2026-03-08T16:00:00Z'],
    ['America/New_York', '2026-03-08', 1, '2026-03-08T06:00:00Z'],
    ['Europe/Berlin', '2026-03-29', 8, '2026-03-29T06:00:00Z'],
  ])('in %s on %s, %i hours by the clock are %s', (zone, date, hours, instant) => {
    const found = zoneOf(zone).instantOf(dayOf(date), hours * HOUR_MS)
    expect(new Date(found).toISOString()).toBe(instant.replace('Z', '.000Z'))
  })
})

test('texts as the vendors write them', () => {
  const timeMs = Date.parse('2026-03-03T22:58:09.500Z')
  const zone = zoneOf('Asia/Tokyo')
  expect(zone.dateText(timeMs, 540)).toBe('2026-03-04')
  expect(zone.bsdDateText(timeMs, 540)).toBe('Mar  4')
  expect(timeText(timeMs, 540)).toBe('07:58:09')
  expect(zone.dateText(timeMs, 0)).toBe('2026-03-03')
  expect(offsetText(-330, ':')).toBe('-05:30')
  expect(offsetText(540, '')).toBe('+0900')
})

test('weekdays', () => {
  expect(weekdayOf(dayOf('2026-03-01'))).toBe(0)
  expect(weekdayOf(dayOf('2026-03-07'))).toBe(6)
})
