import { weighedPlaces } from './places.ts'
import type { PulseStarts } from './record.ts'

/** Whom a line is about: `VSYS::USER(REALM)[ROLES][SID]`, and where in its text that ends. */
export interface PulseHeader {
  readonly virtualSystem: string
  readonly user: string
  readonly realm: string
  readonly roles: string
  readonly sessionId: string
  /** Where the texts begin, -1 for one that is absent. */
  readonly virtualSystemAt: number
  readonly userAt: number
  readonly realmAt: number
  readonly rolesAt: number
  readonly sessionIdAt: number
  /** Position after the closing `] - `. */
  readonly end: number
}

/** What a line without a header says of its person. */
export const NOBODY: PulseHeader = {
  virtualSystem: '',
  user: '',
  realm: '',
  roles: '',
  sessionId: '',
  virtualSystemAt: -1,
  userAt: -1,
  realmAt: -1,
  rolesAt: -1,
  sessionIdAt: -1,
  end: 0,
}

const CLOSING = '] - '

/**
 * The headers that a text may begin with, from left to right: several when a text that somebody typed imitates the end
 * of one, none when there is no header. Of very many some are left out (`weighedPlaces`).
 *
 * @param isEndAt whether what follows a `] - ` fits the form
 * @param offset how far behind the end of a header the message begins
 */
export function headersOf(
  text: string,
  isEndAt: (text: string, at: number) => boolean,
  offset: number,
): readonly PulseHeader[] {
  const ends: number[] = []
  let rolesAt = text.indexOf(')[')
  while (rolesAt >= 0) {
    let closing = text.indexOf(CLOSING, rolesAt + 1)
    while (closing >= 0 && !isEndAt(text, closing + CLOSING.length))
      closing = text.indexOf(CLOSING, closing + 1)
    if (closing < 0) break
    ends.push(closing + CLOSING.length)
    rolesAt = text.indexOf(')[', closing)
  }
  return weighedPlaces(text, ends, offset).map((end) =>
    headerOf(text.slice(0, end - CLOSING.length), end),
  )
}

/**
 * Reads `VSYS::USER(REALM)[ROLES][SID`, in which a realm is closed. Realms hold brackets and parentheses, so the realm
 * ends at the last `)[` and begins at the `(` that belongs to it.
 */
function headerOf(header: string, end: number): PulseHeader {
  const realmEnd = header.lastIndexOf(')[')
  const realmAt = openingOf(header, realmEnd)
  const principal = header.slice(0, realmAt < 0 ? realmEnd : realmAt)
  const separator = principal.indexOf('::')
  const userAt = separator < 0 ? 0 : separator + 2
  const rolesAt = realmEnd + 2
  const groups = header.slice(rolesAt)
  const sessionAt = groups.lastIndexOf('][')
  return {
    virtualSystem: separator < 0 ? '' : principal.slice(0, separator).trim(),
    user: principal.slice(userAt).trim(),
    realm: realmAt < 0 ? '' : header.slice(realmAt + 1, realmEnd),
    roles: sessionAt < 0 ? groups : groups.slice(0, sessionAt),
    sessionId: sessionAt < 0 ? '' : groups.slice(sessionAt + 2),
    virtualSystemAt: separator < 0 ? -1 : textAt(header, 0),
    userAt: textAt(header, userAt),
    realmAt: realmAt < 0 ? -1 : realmAt + 1,
    rolesAt,
    sessionIdAt: sessionAt < 0 ? -1 : rolesAt + sessionAt + 2,
    end,
  }
}

/** Where the texts of a header begin in a line. @param at where the text begins that the header was read from */
export function startsOf(header: PulseHeader, at: number): HeaderStarts {
  const inLine = (start: number): number => (start < 0 ? -1 : at + start)
  return {
    virtualSystem: inLine(header.virtualSystemAt),
    user: inLine(header.userAt),
    realm: inLine(header.realmAt),
    roles: inLine(header.rolesAt),
    sessionId: inLine(header.sessionIdAt),
  }
}

type HeaderStarts = Pick<PulseStarts, 'virtualSystem' | 'user' | 'realm' | 'roles' | 'sessionId'>

/** The first position from one on that `trim` leaves. */
export function textAt(text: string, from: number): number {
  return text.length - text.slice(from).trimStart().length
}

/** The `(` that a `)` belongs to, else the first one, or -1. */
function openingOf(text: string, closing: number): number {
  let depth = 0
  for (let at = closing; at >= 0; at--) {
    const code = text.charCodeAt(at)
    if (code === 41) depth++
    else if (code === 40 && --depth === 0) return at
  }
  const first = text.indexOf('(')
  return first < closing ? first : -1
}
