import { PULSE_LOGIN_ROWS } from './pulse-login-outcomes.ts'
import { READINGS_MAX } from './pulse-record.ts'

/** Words with which messages of refused and of accepted logins begin, where those words alone tell. */
const REFUSED = openingsOf('failure')
const ACCEPTED = openingsOf('success')

function openingsOf(outcome: 'failure' | 'success'): readonly string[] {
  return PULSE_LOGIN_ROWS.filter(
    (row) => row.outcome === outcome && (row.contains === undefined || outcome === 'success'),
  ).flatMap(({ starts = [] }) => starts)
}

/**
 * The places that are weighed of all those where the message of a line may begin: all of them up to `READINGS_MAX`.
 *
 * Of more, the first and the last are kept, since one of them is the device's unless its message repeats the name. For
 * that case those are kept between them where a login is refused, then those that do not accept one, the last of each:
 * so whoever repeats an imitation many times cannot push the device's own refusal out.
 *
 * @param places in rising order
 * @param offset how far behind a place its message begins
 */
export function weighedPlaces(
  text: string,
  places: readonly number[],
  offset: number,
): readonly number[] {
  const last = places.length - 1
  if (last < READINGS_MAX) return places
  const room = READINGS_MAX - 2
  const refusing: number[] = []
  const unknown: number[] = []
  const accepting: number[] = []
  for (let index = last - 1; index > 0 && refusing.length < room; index--) {
    const place = places[index] as number
    const kind = kindAt(text, place + offset, refusing, unknown, accepting)
    if (kind.length < room) kind.push(place)
  }
  const between = [...refusing, ...unknown, ...accepting].slice(0, room).sort((a, b) => a - b)
  return [places[0] as number, ...between, places[last] as number]
}

/** One of three things, by the words at a position. */
function kindAt<T>(text: string, at: number, refusing: T, unknown: T, accepting: T): T {
  if (REFUSED.some((words) => text.startsWith(words, at))) return refusing
  return ACCEPTED.some((words) => text.startsWith(words, at)) ? accepting : unknown
}
