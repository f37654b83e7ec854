import { expect, test } from '@jest/globals'
import { concurrentMsOf } from './concurrent-sessions.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { presenceOf, sessionOf } from './testing/alice.ts'
import { CAFE, HOME, HOSTING } from './testing/fake-user-view.ts'
import { HOUR_MS, MINUTE_MS } from './time.ts'

const home = presenceOf(HOME, '8:00', '12:00')
const hosting = presenceOf(HOSTING, '11:00', '13:00')
const homeSession = sessionOf(HOME, '8:00', '12:00')
const hostingSession = sessionOf(HOSTING, '11:00', '13:00')

test.each([
  { what: 'both sessions', sessions: [homeSession, hostingSession], minutes: 60 },
  { what: 'no session there', sessions: [homeSession], minutes: 0 },
  { what: 'no session here', sessions: [hostingSession], minutes: 0 },
  {
    what: 'a session elsewhere',
    sessions: [homeSession, sessionOf(CAFE, '8:00', '13:00')],
    minutes: 0,
  },
  {
    what: 'one after the other',
    sessions: [homeSession, sessionOf(HOSTING, '12:01', '13:00')],
    minutes: 0,
  },
  {
    what: 'the longest of several',
    sessions: [homeSession, sessionOf(HOSTING, '11:50', '12:30'), hostingSession],
    minutes: 60,
  },
  {
    what: 'a session that ended before the presence',
    sessions: [homeSession, sessionOf(HOSTING, '9:00', '10:59')],
    minutes: 0,
  },
  {
    what: 'one that ended as the presence began',
    sessions: [homeSession, sessionOf(HOSTING, '9:00', '11:00')],
    minutes: 120,
  },
  {
    what: 'a session that began as the presence ended',
    sessions: [sessionOf(HOME, '12:00', '15:00'), sessionOf(HOSTING, '11:00', '15:00')],
    minutes: 180,
  },
  {
    what: 'a session that began after the presence',
    sessions: [sessionOf(HOME, '12:01', '15:00'), sessionOf(HOSTING, '11:00', '15:00')],
    minutes: 0,
  },
  // Of 26 hours the last 24 count: from 10:00 on.
  {
    what: 'a very long session',
    sessions: [sessionOf(HOME, '8:00', '34:00'), sessionOf(HOSTING, '9:00', '13:00')],
    minutes: 180,
  },
])('$what: $minutes min', ({ sessions, minutes }) => {
  const overlapMs = concurrentMsOf(home, hosting, sessions, DEFAULT_LIMITS.travel)
  expect(overlapMs).toBe(minutes * MINUTE_MS)
  expect(concurrentMsOf(hosting, home, sessions, DEFAULT_LIMITS.travel)).toBe(overlapMs)
})

test('how much of a long session counts is a limit', () => {
  const limits = { ...DEFAULT_LIMITS.travel, sessionMsMax: HOUR_MS / 2 }
  expect(concurrentMsOf(home, hosting, [homeSession, hostingSession], limits)).toBe(0)
})
