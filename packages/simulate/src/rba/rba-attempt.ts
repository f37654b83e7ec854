import {
  type Attempt,
  eventIdOf,
  newLoggedEvent,
  type Place,
  prefixOf,
  userKeyOf,
} from '@sekisho/event'
import { classOfNetwork } from '@sekisho/locate'
import type { RbaRow } from './rba-row.ts'

/** A login of the data set as the rules read it, with its labels. */
export interface RbaAttempt {
  readonly attempt: Attempt
  readonly isAttackIp: boolean
  readonly isTakeover: boolean
  /** The network number or the address stands for one that the publishers took out. */
  readonly isPlaceholder: boolean
}

/** Network numbers from here are placeholders (README of the data set); none of them is assigned. */
const PLACEHOLDER_NUMBER_MIN = 500_000

/** The data set is of one service. */
const GATEWAY = 'rba'

/**
 * Makes an attempt of a row. It has no location: region and city of the data set do not belong together, so that no
 * distance means anything. Country and network number are the row's own; the class is that of the product's list.
 *
 * @param rawSha256 hash of the row as it stands in the file, 64 hex digits
 */
export function rbaAttemptOf(
  row: RbaRow,
  origin: { readonly path: string; readonly number: number; readonly rawSha256: string },
): RbaAttempt {
  const { isSuccess, isAttackIp, isTakeover } = row
  // An event has a vendor of ours; the rules do not look at it.
  const event = newLoggedEvent('pulse-secure')
  event.timestampMs = row.timestampMs
  event.resolutionMs = 1
  event.action = 'vpn.login'
  event.outcome = isSuccess ? 'success' : 'failure'
  event.attempt = isSuccess ? 'success' : 'bad_credential'
  event.userRaw = row.user
  event.userName = row.user
  event.userKey = userKeyOf(row.user)
  event.sourceAddress = row.address
  event.gateway = GATEWAY
  event.userAgent = row.userAgent
  event.decides = 'yes'
  const isPlaceholder = row.asn >= PLACEHOLDER_NUMBER_MIN || row.address.startsWith('10.')
  const attempt: Attempt = {
    id: eventIdOf(event),
    event,
    prefix: prefixOf(row.address),
    place: placeOf(row, isPlaceholder),
    line: { path: origin.path, number: origin.number },
    rawSha256: origin.rawSha256,
  }
  return { attempt, isAttackIp, isTakeover, isPlaceholder }
}

function placeOf({ asn, country }: RbaRow, isPlaceholder: boolean): Place {
  return {
    hasLocation: false,
    latitude: 0,
    longitude: 0,
    radiusKm: 0,
    country,
    city: '',
    asn,
    asName: '',
    networkClass: isPlaceholder ? 'unknown' : classOfNetwork(asn, '').networkClass,
    why: isPlaceholder
      ? 'Country of the data set; its network is a placeholder.'
      : 'Country and network of the data set, which has no places.',
  }
}
