import { DAY_MS, MINUTE_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { changed, day, FRANKFURT, lineAt, type Network, type Said, TOKYO } from './story.ts'

/** How long the company of a story has logged before anything happens. */
export const HISTORY_DAYS = 42

/** The day on which things happen: a Monday, six weeks after the company's first. */
export const MONDAY = day(HISTORY_DAYS)

const SUCCESS = { attempt: 'success', outcome: 'success', action: 'vpn.login' } as const
const REFUSED = { attempt: 'bad_credential', outcome: 'failure', action: 'vpn.login' } as const
/** Providers of the homes in Tokyo. */
const PROVIDERS = [64500, 64600, 64601, 64602] as const
const IN_FRANKFURT = 4

/** Somebody who works from a home line. */
export interface Employee {
  readonly name: string
  readonly home: Network
  readonly deviceId: string
}

/** So many people, each at a home line in Tokyo; four more at homes in Frankfurt. */
export function employeesOf(count: number): Employee[] {
  const inTokyo = Array.from({ length: count }, (_, i) => {
    const asn = PROVIDERS[i % PROVIDERS.length] as number
    return employee(`tokyo${i}`, changed(TOKYO, `198.18.${i}.`, { asn, asName: `Network ${asn}` }))
  })
  const inFrankfurt = Array.from({ length: IN_FRANKFURT }, (_, i) =>
    employee(`frankfurt${i}`, changed(FRANKFURT, `198.19.${i}.`, {})),
  )
  return [...inTokyo, ...inFrankfurt]
}

function employee(name: string, home: Network): Employee {
  return { name, home, deviceId: `${name}-laptop` }
}

/** True on the five working days of the week. */
function isWorkday(n: number): boolean {
  // The story's first day is a Monday.
  return n % 7 < 5
}

/** A success at so many minutes after midnight (UTC) of the story's n-th day. */
export function loginAt(
  user: string,
  from: Network,
  n: number,
  minutes: number,
  said: Said = {},
): Attempt {
  return lineAt(user, from, day(n) * DAY_MS + minutes * MINUTE_MS, { ...SUCCESS, ...said })
}

/** A refused login at so many minutes after midnight (UTC) of the story's n-th day. */
export function refusedAt(
  user: string,
  from: Network,
  n: number,
  minutes: number,
  said: Said = {},
): Attempt {
  return lineAt(user, from, day(n) * DAY_MS + minutes * MINUTE_MS, { ...REFUSED, ...said })
}

/** A session from its login to its end, in minutes after midnight of the story's n-th day. */
export function sessionAt(
  user: string,
  from: Network,
  n: number,
  [start, end]: readonly [number, number],
  said: Said,
): Attempt[] {
  const sessionId = `${user}-${n}-${start}`
  const ended = {
    attempt: 'session_end',
    action: 'vpn.session.end',
    decides: 'no',
    durationS: 60 * (end - start),
  } as const
  return [
    loginAt(user, from, n, start, { ...said, sessionId }),
    loginAt(user, from, n, end, { ...said, ...ended, sessionId }),
  ]
}

/** Working days of the story from the n-th to the m-th, inclusive. */
export function workdays(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(isWorkday)
}

/**
 * Six weeks of the company: everybody logs in at home on working days around eight, each some minutes apart from the
 * others.
 */
export function sixWeeksOf(employees: readonly Employee[], said = deviceOf): Attempt[] {
  return employees.flatMap((each, i) =>
    workdays(0, HISTORY_DAYS - 1).map((n) =>
      loginAt(each.name, each.home, n, 8 * 60 + ((7 * i + 11 * n) % 50), said(each)),
    ),
  )
}

/** What the client program says of its device. */
export function deviceOf({ deviceId }: Employee): Said {
  return { deviceId }
}
