import type { EventOutcome } from '@sekisho/event'
import { PULSE_LOGIN_ROWS } from './login-outcomes.ts'
import { READINGS_MAX } from './record.ts'

/** Rows whose first words alone tell that a login is refused or accepted. */
const TELLING_ROWS = PULSE_LOGIN_ROWS.filter(
  ({ outcome, contains }) => outcome === 'success' || contains === undefined,
)

const OPENINGS = TELLING_ROWS.flatMap(({ starts = [], outcome = 'unknown' }) =>
  starts.map((words) => ({ words, outcome })),
)

/** What a message that begins at a position tells of a login, by its first words. */
function toldAt(text: string, at: number): EventOutcome {
  return OPENINGS.find(({ words }) => text.startsWith(words, at))?.outcome ?? 'unknown'
}

/**
 * The places that are weighed of all those where the message of a line may begin: all of them, if they are fewer than
 * `READINGS_MAX`, else so many.
 *
 * Of more, four are kept that may be the device's: the first, where the client's program imitates; the last, where the
 * name does; those in the middle, where the message repeats that name, which then has as many imitations on either side.
 * The rest are those where a login is refused, then those that do not accept one, the last of each.
 *
 * @param places in rising order
 * @param offset how far behind a place its message begins
 */
export function weighedPlaces(
  text: string,
  places: readonly number[],
  offset: number,
): readonly number[] {
  const { length } = places
  if (length < READINGS_MAX) return places
  const middle = length >> 1
  const kept = new Set([0, middle - 1, middle, length - 1])
  const told = places.map((place) => toldAt(text, place + offset))
  for (const outcome of ['failure', 'unknown', 'success']) {
    for (let index = length - 1; index > 0 && kept.size < READINGS_MAX; index--)
      if (told[index] === outcome) kept.add(index)
  }
  return places.filter((_place, index) => kept.has(index))
}
