import type { LoggedEvent } from '@sekisho/event'
import { type Stamp, stampOf } from '../header/syslog-envelope.ts'
import { latin1TextOf } from '../text/latin1-text.ts'
import type { WallClock } from '../time/wall-clock.ts'
import { wallMsAt } from '../time/wall-time.ts'
import { setPulseTime } from './time.ts'

/** Bytes of `2026-03-14 08:16:`, which many lines share. */
const MINUTE_BYTES = 17

/** Reads the times of Pulse Secure lines from their bytes; lines of the same minute are read quickly. */
export class PulseClock {
  readonly #clock: WallClock | null
  readonly #wallMinute = new Uint8Array(MINUTE_BYTES)
  #wallMinuteMs = Number.NaN
  readonly #zonedMinute = new Uint8Array(MINUTE_BYTES)
  #zone = ''
  #zonedMinuteMs = Number.NaN
  readonly #stamp = { instantMs: Number.NaN, offsetMinutes: 0 }

  constructor(clock: WallClock | null) {
    this.#clock = clock
  }

  /**
   * Sets the time of an event.
   * @param wallAt where the line's own time begins
   * @param zonedAt where the time of its header begins and ends, -1 without one
   * @returns false when the times are none
   */
  setTime(
    event: LoggedEvent,
    bytes: Buffer,
    wallAt: number,
    zonedAt: number,
    zonedEnd: number,
  ): boolean {
    event.recovered = false
    event.timeSkewS = 0
    const stamp = this.#stamp
    stamp.instantMs = Number.NaN
    if (zonedAt >= 0 && !this.#readStamp(bytes, zonedAt, zonedEnd)) return false
    const wallMs = this.#wallMsAt(bytes, wallAt)
    return !Number.isNaN(wallMs) && setPulseTime(event, wallMs, stamp, this.#clock)
  }

  #wallMsAt(bytes: Buffer, at: number): number {
    const second = secondsAt(bytes, at + MINUTE_BYTES)
    if (second >= 0 && isSame(this.#wallMinute, bytes, at))
      return this.#wallMinuteMs + second * 1000
    const wallMs = wallMsAt(latin1TextOf(bytes, at, at + 19), 0)
    if (second >= 0 && !Number.isNaN(wallMs)) {
      this.#wallMinute.set(bytes.subarray(at, at + MINUTE_BYTES))
      this.#wallMinuteMs = wallMs - second * 1000
    }
    return wallMs
  }

  #readStamp(bytes: Buffer, at: number, end: number): boolean {
    const second = secondsAt(bytes, at + MINUTE_BYTES)
    if (
      second >= 0 &&
      isSame(this.#zonedMinute, bytes, at) &&
      this.#isSameZone(bytes, at + 19, end)
    ) {
      this.#stamp.instantMs = this.#zonedMinuteMs + second * 1000
      return true
    }
    const stamp: Stamp | null = stampOf(latin1TextOf(bytes, at, end))
    if (stamp === null) return false
    this.#stamp.instantMs = stamp.instantMs
    this.#stamp.offsetMinutes = stamp.offsetMinutes
    if (second >= 0 && bytes[at + 19] !== 46) {
      this.#zonedMinute.set(bytes.subarray(at, at + MINUTE_BYTES))
      this.#zone = latin1TextOf(bytes, at + 19, end)
      this.#zonedMinuteMs = stamp.instantMs - second * 1000
    } else this.#zonedMinute[0] = 0
    return true
  }

  #isSameZone(bytes: Buffer, at: number, end: number): boolean {
    const zone = this.#zone
    if (end - at !== zone.length) return false
    for (let i = at; i < end; i++) if (bytes[i] !== zone.charCodeAt(i - at)) return false
    return true
  }
}

/** The seconds that two digits write, -1 when they are none or a leap second's. */
function secondsAt(bytes: Buffer, at: number): number {
  const tens = (bytes[at] as number) - 48
  const ones = (bytes[at + 1] as number) - 48
  return tens >= 0 && tens < 6 && ones >= 0 && ones < 10 ? tens * 10 + ones : -1
}

function isSame(known: Uint8Array, bytes: Buffer, at: number): boolean {
  for (let i = MINUTE_BYTES - 1; i >= 0; i--) if (known[i] !== bytes[at + i]) return false
  return true
}
