import { expect, test } from '@jest/globals'
import {
  countTextOf,
  DAY_MS,
  dayOf,
  dayStartMs,
  dayTextOf,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  signedTextOf,
  spanTextOf,
  wholeTextOf,
} from './time.ts'

test.each([
  { ms: 0, text: '0 s' },
  { ms: SECOND_MS - 1, text: '0 s' },
  { ms: 2 * MINUTE_MS - 1, text: '119 s' },
  { ms: 2 * MINUTE_MS, text: '2 min' },
  { ms: 2 * HOUR_MS - 1, text: '119 min' },
  { ms: 2 * HOUR_MS, text: '2 h' },
  { ms: 2 * HOUR_MS + MINUTE_MS, text: '2 h 1 min' },
  { ms: 2 * DAY_MS - 1, text: '47 h 59 min' },
  { ms: 2 * DAY_MS, text: '2 d' },
  { ms: 2 * DAY_MS + HOUR_MS, text: '2 d 1 h' },
  { ms: 3 * DAY_MS - 1, text: '2 d 23 h' },
])('a span of $ms ms is $text', ({ ms, text }) => {
  expect(spanTextOf(ms)).toBe(text)
})

test.each([
  { ms: 0, day: 0, text: '1970-01-01' },
  { ms: DAY_MS - 1, day: 0, text: '1970-01-01' },
  { ms: DAY_MS, day: 1, text: '1970-01-02' },
  { ms: -1, day: -1, text: '1969-12-31' },
])('$ms ms is in the day $text', ({ ms, day, text }) => {
  expect(dayOf(ms)).toBe(day)
  expect(dayStartMs(day)).toBe(day * DAY_MS)
  expect(dayTextOf(day)).toBe(text)
})

test.each([
  { value: 0, text: '0 networks' },
  { value: 1, text: '1 network' },
  { value: 999, text: '999 networks' },
  { value: 1000, text: '1,000 networks' },
  { value: 1_234_567, text: '1,234,567 networks' },
])('$text', ({ value, text }) => {
  expect(countTextOf(value, 'network')).toBe(text)
  expect(wholeTextOf(value + 0.4)).toBe(text.replace(/ .*/, ''))
})

test('summands bear their sign', () => {
  expect([1.2, -0.444, 0].map(signedTextOf)).toEqual(['+1.20', '−0.44', '+0.00'])
})
