import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { offsetMinutesOf, WallClock } from './wall-clock.ts'

fc.configureGlobal({ seed: 20_260_314 })

const wallMs = (text: string) => Date.parse(`${text}Z`)
const instantOf = (zone: string, text: string) =>
  new Date(WallClock.of(zone).instantOf(wallMs(text))).toISOString()

test.each([
  ['Asia/Tokyo', '2026-03-14T08:00:00', '2026-03-13T23:00:00.000Z'],
  ['+09:00', '2026-03-14T08:00:00', '2026-03-13T23:00:00.000Z'],
  ['UTC-5:00', '2026-03-14T08:00:00', '2026-03-14T13:00:00.000Z'],
  ['UTC', '2026-03-14T08:00:00', '2026-03-14T08:00:00.000Z'],
  ['Europe/Berlin', '2026-01-14T08:00:00', '2026-01-14T07:00:00.000Z'],
  ['Europe/Berlin', '2026-07-14T08:00:00', '2026-07-14T06:00:00.000Z'],
])('%s: %s is %s', (zone, wall, instant) => {
  expect(instantOf(zone, wall)).toBe(instant)
})

test.each([
  ['just before the clocks go back', '2026-10-25T01:59:59', '2026-10-24T23:59:59.000Z'],
  ['a time that occurs twice is the earlier', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
  ['just after', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
  ['just before the clocks go forward', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
  ['a time that does not occur is shifted', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
  ['just after', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
])('Europe/Berlin, %s', (_name, wall, instant) => {
  expect(instantOf('Europe/Berlin', wall)).toBe(instant)
})

test('a change by half an hour', () => {
  expect(instantOf('Australia/Lord_Howe', '2026-04-05T01:45:00')).toBe('2026-04-04T14:45:00.000Z')
  expect(instantOf('Australia/Lord_Howe', '2026-10-04T02:15:00')).toBe('2026-10-03T15:45:00.000Z')
})

test('local times of existing instants come back to them, but for the hour that occurs twice', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Casablanca'),
      fc.integer({ min: Date.UTC(2012, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 }),
      (zone, second) => {
        const local = DateTime.fromSeconds(second, { zone })
        const instant = WallClock.of(zone).instantOf(second * 1000 + local.offset * 60_000)
        expect([second, second - 3600]).toContain(instant / 1000)
      },
    ),
  )
})

test.each(['Mars/Olympus', '', 'local', '+25:00', '09:00', 'Asia/Tokyo '])(
  '%j is no zone',
  (zone) => {
    expect(() => WallClock.of(zone)).toThrow(/^Unknown time zone .* use an IANA name/)
  },
)

test.each([
  ['-0500', -300],
  ['+0200', 120],
  ['+00:00', 0],
  ['UTC+2', 120],
  ['UTC-5:00', -300],
  ['GMT+9', 540],
  ['+05:45', 345],
  ['Z', 0],
  ['', null],
  ['N/A', null],
  ['+0960', null],
  ['+15', null],
  ['0500', null],
])('offset %j', (text, minutes) => {
  expect(offsetMinutesOf(text)).toBe(minutes)
})
