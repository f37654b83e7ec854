import type { LoggedEvent, Parsed } from '@sekisho/event'
import { rejectedAs, rejectedForZone } from '../adapter.ts'
import { envelopeOf } from '../header/syslog-envelope.ts'
import type { PairFields } from '../pairs/pair-fields.ts'
import type { RawLine } from '../raw-line.ts'
import { offsetMinutesOf, type WallClock } from '../time/wall-clock.ts'
import {
  dateMsAt,
  EPOCH_MS_MAX,
  EPOCH_MS_MIN,
  namedMonthWallMsOf,
  timeMsAt,
  wallMsAt,
} from '../time/wall-time.ts'
import { FIELD } from './fields.ts'

/**
 * Sets the time of an event. In this order: `eventtime`; `date` and `time` in `tz`, else in the zone the caller
 * named; a FortiAnalyzer's `dtime` likewise; its epochs of receipt; the header of a relay; the local time of a
 * FortiAnalyzer (`start`, CEF), taken for that of the gateway. Never the time of
 * reading, and never a header's date without a year.
 *
 * @returns null, or the rejection of a line without a usable time.
 */
export function setFortigateTime(
  event: LoggedEvent,
  fields: PairFields,
  line: RawLine,
  clock: WallClock | null,
): Parsed | null {
  if (setEpoch(event, fields, FIELD.eventtime)) return null
  const wallMs = wallMsOf(fields)
  if (setWall(event, fields, wallMs, clock)) return null
  if (setEpoch(event, fields, FIELD.timestamp)) return null
  const { instantMs } = envelopeOf(line)
  if (!Number.isNaN(instantMs)) return setSeconds(event, instantMs)
  const startMs = namedMonthWallMsOf(fields.text(FIELD.start))
  if (setWall(event, fields, startMs, clock)) return null
  if (!Number.isNaN(wallMs) || !Number.isNaN(startMs)) return rejectedForZone('FortiGate')
  return rejectedAs(
    'no-time',
    'The FortiGate line has neither eventtime nor a readable date and time.',
  )
}

/** Takes a local time in the zone of the line, else in the one that the caller named; false without either. */
function setWall(
  event: LoggedEvent,
  fields: PairFields,
  wallMs: number,
  clock: WallClock | null,
): boolean {
  if (Number.isNaN(wallMs)) return false
  const offsetMinutes = offsetMinutesOf(fields.text(FIELD.tz))
  if (offsetMinutes !== null) setSeconds(event, wallMs - offsetMinutes * 60_000)
  else if (clock !== null) setSeconds(event, clock.instantOf(wallMs))
  else return false
  return true
}

function setSeconds(event: LoggedEvent, timestampMs: number): null {
  event.timestampMs = timestampMs
  event.resolutionMs = timestampMs % 1000 === 0 ? 1000 : 1
  event.subMillisecondNs = 0
  return null
}

/** Local time of `date` and `time`, else of `dtime`; NaN without either. */
function wallMsOf(fields: PairFields): number {
  const wallMs = dateMsAt(fields.text(FIELD.date), 0) + timeMsAt(fields.text(FIELD.time), 0)
  return Number.isNaN(wallMs) ? wallMsAt(fields.text(FIELD.dtime), 0) : wallMs
}

/** Takes an epoch of 10 (s), 13 (ms), 16 (us) or 19 (ns) digits between 2000 and 2100. */
function setEpoch(event: LoggedEvent, fields: PairFields, slot: number): boolean {
  const digits = fields.readDigits(slot)
  if (digits !== 10 && digits !== 13 && digits !== 16 && digits !== 19) return false
  const timestampMs = digits === 10 ? fields.leadingNumber * 1000 : fields.leadingNumber
  if (timestampMs < EPOCH_MS_MIN || timestampMs >= EPOCH_MS_MAX) return false
  event.timestampMs = timestampMs
  event.resolutionMs = digits === 10 ? 1000 : 1
  event.subMillisecondNs = digits === 16 ? fields.trailingNumber * 1000 : fields.trailingNumber
  return true
}
