import { hash } from 'node:crypto'
import type { Attempt, AttemptEvent } from '@sekisho/event'

/** Characters (UTF-16 units) of a text that the state keeps. Nobody's name or session is as long. */
export const TEXT_LENGTH_MAX = 1024
/** What stays of a longer one, before its digest. */
const START_LENGTH = 256
/** Longest session that anybody believes, seconds: a duration beyond 136 years is a device's mistake. */
const DURATION_S_MAX = 4_294_967_295

/**
 * The attempt with every text short enough and well-formed, so that whatever a stranger types fits into a row and a record
 * and is the same when it is read again. Texts that had to be cut keep their start and a digest, so that two of them
 * stay two.
 */
export function boundedAttempt(attempt: Attempt): Attempt {
  const { event } = attempt
  if (isBounded(event)) return attempt
  return {
    ...attempt,
    event: {
      ...event,
      userKey: boundedText(event.userKey),
      userRaw: boundedText(event.userRaw),
      userName: boundedText(event.userName),
      userDomain: boundedText(event.userDomain),
      realm: boundedText(event.realm),
      sessionId: boundedText(event.sessionId),
      deviceId: boundedText(event.deviceId),
      userAgent: boundedText(event.userAgent),
      gateway: boundedText(event.gateway),
      gatewaySerial: boundedText(event.gatewaySerial),
      durationS: Math.min(event.durationS, DURATION_S_MAX),
    },
  }
}

/** Every attempt is asked this, so each text is named rather than looped over, and equal names are asked once. */
function isBounded(event: AttemptEvent): boolean {
  const { userKey, userRaw, userName } = event
  return (
    isBoundedText(userKey) &&
    (userName === userKey || isBoundedText(userName)) &&
    (userRaw === userName || isBoundedText(userRaw)) &&
    isBoundedText(event.userDomain) &&
    isBoundedText(event.realm) &&
    isBoundedText(event.sessionId) &&
    isBoundedText(event.deviceId) &&
    isBoundedText(event.userAgent) &&
    isBoundedText(event.gateway) &&
    isBoundedText(event.gatewaySerial) &&
    event.durationS <= DURATION_S_MAX
  )
}

function isBoundedText(text: string): boolean {
  return text === '' || (text.length <= TEXT_LENGTH_MAX && text.isWellFormed())
}

function boundedText(text: string): string {
  const wellFormed = text.toWellFormed()
  if (wellFormed.length <= TEXT_LENGTH_MAX) return wellFormed
  const digest = hash('sha256', wellFormed, 'hex').slice(0, 32)
  return `${wellFormed.slice(0, START_LENGTH).toWellFormed()}…${digest}`
}
