import { hash } from 'node:crypto'
import { compareText } from '@sekisho/detect'

/** What an organisation profile says, as plain counts; lists may come in any order. */
export interface ProfileContent {
  /** First complete day of the current stretch of history (UTC day number), or null without any. */
  readonly firstDay: number | null
  readonly userDays: number
  /** User-days by network, the key being `asn|country`. */
  readonly networks: readonly (readonly [key: string, userDays: number])[]
  /** User-days by country; the empty text is no country. */
  readonly countries: readonly (readonly [country: string, userDays: number])[]
  /** Source networks that are shared egress. */
  readonly sharedEgress: readonly string[]
  /** Days of the window on which a user had concurrent sessions from two networks, summed over the users. */
  readonly concurrentUserDays: number
}

/** Content hash of a profile, 16 hex digits: equal content gives an equal hash, however it was counted. */
export function profileHashOf(content: ProfileContent): string {
  const parts = [
    content.firstDay,
    content.userDays,
    [...content.networks].sort(byKey),
    [...content.countries].sort(byKey),
    [...content.sharedEgress].sort(compareText),
    content.concurrentUserDays,
  ]
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 16)
}

function byKey(a: readonly [string, number], b: readonly [string, number]): number {
  return compareText(a[0], b[0])
}
