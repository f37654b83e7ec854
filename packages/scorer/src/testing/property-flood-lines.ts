import { DAY_MS, HOUR_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import fc from 'fast-check'
import { changed, HOSTING, habit, lineAt, TOKYO } from './story.ts'
import { WORLD_DAY } from './world.ts'

/** Somebody of the organisation whose machine tries to log in all the time. */
export const ZEALOT = 'zealot'

const ZEALOT_HOME = changed(TOKYO, '198.51.107.', { asn: 64577 })
const WORLD_DAYS = 21

/** Years ahead that a broken clock shows. */
const AHEAD_DAYS = 3650

/** What comes too much. */
export interface Flood {
  readonly kind: 'names' | 'hammering' | 'years-ahead' | 'jumping-clock'
  readonly lines: number
  /** Day of the world on which it begins. */
  readonly day: number
  /** Chooses names, networks and times. */
  readonly seed: number
}

export const floodArbitrary: fc.Arbitrary<Flood> = fc
  .record({
    kind: fc.constantFrom(
      'names' as const,
      'names' as const,
      'hammering' as const,
      'years-ahead' as const,
      'jumping-clock' as const,
    ),
    lines: fc.integer({ min: 1, max: 12_000 }),
    day: fc.integer({ min: 2, max: WORLD_DAYS - 2 }),
    seed: fc.nat(),
  })
  .map((flood) => (flood.kind === 'years-ahead' ? { ...flood, lines: flood.lines % 5 } : flood))

/** Whole numbers at random (mulberry32), the same for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** The habit of the user who is part of floods, from the second day of the world on. */
export function zealotHabit(): Attempt[] {
  const first = WORLD_DAY + 1
  return habit(ZEALOT, ZEALOT_HOME, 1, WORLD_DAYS - 1, '08:30').filter(
    ({ event }) => event.timestampMs >= first * DAY_MS,
  )
}

/** The lines of a flood, in the order in which they come. */
export function linesOfFlood({ kind, lines, day, seed }: Flood): Attempt[] {
  const random = randomOf(seed)
  const startMs = (WORLD_DAY + day) * DAY_MS
  return Array.from({ length: lines }, (_, i) => {
    switch (kind) {
      case 'names':
        return refusedAt(random, startMs + random(DAY_MS))
      case 'jumping-clock':
        return refusedAt(random, startMs + (random(3) - 1) * DAY_MS + random(DAY_MS))
      case 'years-ahead':
        return refusedAt(random, startMs + AHEAD_DAYS * DAY_MS + i * HOUR_MS)
      default:
        return hammered(random, startMs + 12 * HOUR_MS + random(HOUR_MS))
    }
  })
}

/** An invented name from a network of its own. */
function refusedAt(random: (below: number) => number, timestampMs: number): Attempt {
  const base = `2001:${hex(random)}:${hex(random)}::`
  return lineAt(`flood${random(2 ** 31)}`, changed(HOSTING, base, {}), timestampMs, {
    attempt: 'bad_credential',
    outcome: 'failure',
  })
}

function hex(random: (below: number) => number): string {
  return (1 + random(0xfffe)).toString(16)
}

/** The zealot, at home and let in, or refused. */
function hammered(random: (below: number) => number, timestampMs: number): Attempt {
  return random(2) === 0
    ? lineAt(ZEALOT, ZEALOT_HOME, timestampMs, { attempt: 'success', outcome: 'success' })
    : lineAt(ZEALOT, ZEALOT_HOME, timestampMs, { attempt: 'bad_credential', outcome: 'failure' })
}
