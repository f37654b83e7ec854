import { dayStartMs, HOUR_MS } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import { type DayKeys, KIND, networkKeyOf } from './store/long-term-record.ts'
import { prefixKeyOf } from './store/prefix-key.ts'
import { tokenOf } from './store/token.ts'
import type { Vocabulary } from './store/vocabulary.ts'

/** What the successes of one user and UTC day teach: keys of each kind with the time of their first use. */
export interface DayActivity {
  /** By kind (`KIND`): keys in order of first use. */
  readonly firstMs: readonly ReadonlyMap<number, number>[]
  /** Hours of the UTC day in which a login began, as bits. */
  readonly hours: number
  readonly namesDevice: boolean
  /** Time of the first success; null without any. */
  readonly startMs: number | null
}

/**
 * @param successes lines of one day that tell of a success, by time
 * @param isWithheld networks whose logins teach nothing on this day (learning hygiene, A.8)
 */
export function dayActivityOf(
  successes: readonly Attempt[],
  day: number,
  isWithheld: (prefixKey: number) => boolean,
  vocabulary: Vocabulary,
): DayActivity {
  const firstMs = Object.values(KIND).map(() => new Map<number, number>())
  let hours = 0
  let namesDevice = false
  let startMs: number | null = null
  for (const attempt of successes) {
    const { event, place } = attempt
    const prefix = prefixKeyOf(event.sourceAddress)
    if (isWithheld(prefix)) continue
    const { timestampMs } = event
    startMs ??= timestampMs
    hours |= 1 << Math.floor((timestampMs - dayStartMs(day)) / HOUR_MS)
    namesDevice ||= event.deviceId !== ''
    const origin = vocabulary.origins.value(vocabulary.originIdOf(attempt))
    const keys = [
      networkKeyOf(place.asn, place.country),
      prefix,
      tokenOf(event.deviceId),
      origin.clientToken,
      origin.gatewayToken,
      origin.realmToken,
    ]
    keys.forEach((key, kind) => {
      const uses = firstMs[kind] as Map<number, number>
      if (!uses.has(key) && (key !== 0 || kind === KIND.network)) uses.set(key, timestampMs)
    })
  }
  return { firstMs, hours, namesDevice, startMs }
}

/** What of a day's activity goes into long-term state. */
export function dayKeysOf({ firstMs, hours, namesDevice }: DayActivity): DayKeys {
  return { keys: firstMs.map((uses) => [...uses.keys()]), hours, namesDevice }
}
