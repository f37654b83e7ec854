import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { namedMonthWallMsOf, wallMsAt } from './wall-time.ts'

fc.configureGlobal({ seed: 20_260_314 })

test.each([
  ['2026-03-14 08:16:53', '2026-03-14T08:16:53Z'],
  ['2012/11/23 18:05:42', '2012-11-23T18:05:42Z'],
  ['2024-02-29T23:59:59', '2024-02-29T23:59:59Z'],
  ['2016-12-31 23:59:60', '2017-01-01T00:00:00Z'],
])('%s', (text, instant) => {
  expect(wallMsAt(text, 0)).toBe(Date.parse(instant))
})

test.each([
  '2026-02-29 08:16:53',
  '2026-04-31 08:16:53',
  '2026-13-01 08:16:53',
  '2026-00-10 08:16:53',
  '1999-12-31 08:16:53',
  '2100-01-01 08:16:53',
  '2026-03-14 24:00:00',
  '2026-03-14 08:60:00',
  '2026-03-14 08:16',
  '2026-03/14 08:16:53',
  '2026.03.14 08:16:53',
  '',
])('%j is no time', (text) => {
  expect(wallMsAt(text, 0)).toBeNaN()
})

test('every second of the years that are read', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      (date) => {
        const text = date.toISOString().slice(0, 19)
        expect(wallMsAt(`>${text}`, 1)).toBe(Date.parse(`${text}Z`))
      },
    ),
  )
})

test.each([
  ['Mar 14 2026 13:44:05', '2026-03-14T13:44:05Z'],
  ['Mar  4 2026 03:04:05', '2026-03-04T03:04:05Z'],
  ['Dec 4 2099 23:59:59', '2099-12-04T23:59:59Z'],
])('%s with the name of a month', (text, instant) => {
  expect(namedMonthWallMsOf(text)).toBe(Date.parse(instant))
})

test.each([
  'Feb 29 2026 13:44:05',
  'Max 14 2026 13:44:05',
  'mar 14 2026 13:44:05',
  'Mar 14 1999 13:44:05',
  'Mar 14 13:44:05',
  'Mar 14 2026 25:44:05',
  'Mar 14 2026 13:44:05 x',
  '2026-03-14 13:44:05',
  '',
])('%j is no time with the name of a month', (text) => {
  expect(namedMonthWallMsOf(text)).toBeNaN()
})
