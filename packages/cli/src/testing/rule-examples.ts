import type { RuleId } from '@sekisho/event'
import {
  AMSTERDAM_HOSTING,
  at,
  BUCHAREST_HOME,
  CHICAGO_HOME,
  type Client,
  HOMES,
  HOMES_ABROAD,
  LONDON_HOSTING,
  login,
  logout,
  pulseCodeRefused,
  pulseLogin,
  pulseMove,
  refused,
  type TimedLine,
} from './rule-example-lines.ts'

const PEOPLE: readonly string[] = ['mori', 'sato', 'kato', 'abe']
const TEAM: readonly string[] = ['arai', 'endo', 'fujita', 'goto', 'hara', 'ito', 'kimura', 'maeda']
/** The day on which things happen, but where a rule needs a longer history. */
const TODAY = 10

/** The home line of somebody; every fourth person has the same one. */
function homeOf(user: string): Client {
  const index = [...PEOPLE, ...TEAM].indexOf(user)
  return HOMES[index % HOMES.length] as Client
}

/** A login a day from home at ten past nine, each user a minute after the one before. */
function habit(users: readonly string[], days: readonly number[]): TimedLine[] {
  return days.flatMap((day) =>
    users.map((user, i) =>
      login(user, homeOf(user), at(day, `09:${String(10 + i).padStart(2, '0')}`)),
    ),
  )
}

/** The days `from`, `from + step`, … up to `to`. */
function days(from: number, to: number, step = 1): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step)
}

/** Ten days of these people at home: enough for the cold start to be over. */
function tenDaysOf(...users: string[]): TimedLine[] {
  return habit(users, days(0, TODAY - 1))
}

function pulseHabit(user: string): TimedLine[] {
  return days(0, TODAY - 1).map((day) =>
    pulseLogin(user, homeOf(user), at(day, '09:10'), `5e55${String(day).padStart(6, '0')}`),
  )
}

/** Every name once from one client, some seconds apart. */
function tried(
  names: readonly string[],
  from: Client,
  startMs: number,
  stepS: number,
  isUnknown: (name: string) => boolean,
): TimedLine[] {
  return names.map((name, i) => refused(name, from, startMs + i * stepS * 1000, isUnknown(name)))
}

const LIST = ['mori', 'admin', 'b.lehmann', 'test1', 'sato', 'helpdesk', 'ygarcia', 'backup']
const isInvented = (name: string): boolean => !PEOPLE.includes(name)

/** A list of leaked names, tried from Amsterdam. */
function stuffing(): TimedLine[] {
  return tried(LIST, AMSTERDAM_HOSTING, at(TODAY, '03:20:00'), 19, isInvented)
}

const STORIES: Readonly<Record<RuleId, () => TimedLine[]>> = {
  U2: () => [...tenDaysOf('mori', 'sato'), login('sato', AMSTERDAM_HOSTING, at(TODAY, '12:20'))],
  T1: () => [
    ...tenDaysOf('mori', 'sato'),
    ...habit(['mori', 'sato'], [TODAY]),
    login('sato', BUCHAREST_HOME, at(TODAY, '10:02')),
  ],
  T2: () => [
    ...tenDaysOf('mori', 'sato'),
    login('sato', homeOf('sato'), at(TODAY, '09:11'), 'home'),
    login('sato', BUCHAREST_HOME, at(TODAY, '10:02'), 'abroad'),
    logout('sato', BUCHAREST_HOME, at(TODAY, '10:44'), 'abroad', 42 * 60),
    logout('sato', homeOf('sato'), at(TODAY, '12:11'), 'home', 180 * 60),
  ],
  U3: () => [
    ...habit(['mori', 'sato'], days(0, 4)),
    ...habit(['mori'], days(7, 203, 7)),
    login('sato', CHICAGO_HOME, at(205, '04:35')),
  ],
  U4: () => [
    ...habit(['mori', 'sato'], days(0, 38, 2)),
    login('svc-print', AMSTERDAM_HOSTING, at(40, '04:35')),
  ],
  S1: () => [
    ...pulseHabit('sato'),
    pulseLogin('sato', homeOf('sato'), at(TODAY, '09:10'), 'ab12cd34ef'),
    pulseMove('sato', homeOf('sato'), AMSTERDAM_HOSTING, at(TODAY, '10:25'), 'ab12cd34ef'),
  ],
  N1: () => [...tenDaysOf('mori', 'sato'), ...stuffing()],
  N2: () => [
    ...habit(TEAM, days(0, TODAY - 1)),
    ...['13:04:00', '14:08:00', '15:12:00'].flatMap((time) =>
      tried(TEAM, LONDON_HOSTING, at(TODAY, time), 7, () => false),
    ),
  ],
  P2: () => [
    ...habit(['mori', 'sato', 'kato'], days(0, TODAY - 1, 3)),
    ...['mori', 'sato', 'kato'].map((user, i) =>
      login(user, CHICAGO_HOME, at(TODAY, `09:${40 + 6 * i}`)),
    ),
  ],
  U1: () => [
    ...tenDaysOf('mori', 'sato'),
    ...Array.from({ length: 18 }, (_, i) =>
      refused('sato', HOMES_ABROAD[i % 6] as Client, at(TODAY, '02:06:00') + i * 171_000),
    ),
  ],
  M1: () => [
    ...pulseHabit('sato'),
    ...['22:41:10', '22:42:05', '22:43:30', '22:46:02', '22:49:47'].map((time) =>
      pulseCodeRefused('sato', CHICAGO_HOME, at(TODAY, time)),
    ),
  ],
  X1: () => [
    ...tenDaysOf('mori', 'sato', 'kato'),
    ...stuffing(),
    login('kato', AMSTERDAM_HOSTING, at(TODAY, '03:22:30')),
  ],
}

/** The log of a rule's example: the lines of `docs/rules/examples/<id>.log`, by time. */
export function exampleLogOf(id: RuleId): string {
  const lines = STORIES[id]().sort((a, b) => a.timeMs - b.timeMs)
  return lines.map(({ line }) => `${line}\n`).join('')
}
