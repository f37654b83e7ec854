import type { Attempt } from '@sekisho/event'
import { type Flag, isFailedLogin, type Peer, type PeerRun } from './peer.ts'

/** Failed logins of one source in one window. */
interface Window {
  readonly number: number
  readonly users: Set<string>
  attempts: number
}

/** When the failures of a source in a window are an attack. */
type IsAttack = (window: { readonly users: number; readonly attempts: number }) => boolean

/**
 * Counts the failed logins of each address in windows that follow each other, as scheduled searches do. A window ends
 * when a line of a later one is delivered; what comes for it afterwards begins it anew.
 */
class SourceWindowRun implements PeerRun {
  readonly #windowMs: number
  readonly #isAttack: IsAttack
  readonly #windows = new Map<string, Window>()

  constructor(windowMs: number, isAttack: IsAttack) {
    this.#windowMs = windowMs
    this.#isAttack = isAttack
  }

  onAttempt(attempt: Attempt): Flag | null {
    if (!isFailedLogin(attempt)) return null
    const { timestampMs, sourceAddress: address, userKey } = attempt.event
    const number = Math.floor(timestampMs / this.#windowMs)
    let window = this.#windows.get(address)
    if (window === undefined || window.number !== number) {
      window = { number, users: new Set(), attempts: 0 }
      this.#windows.set(address, window)
    }
    window.users.add(userKey)
    window.attempts++
    if (!this.#isAttack({ users: window.users.size, attempts: window.attempts })) return null
    return { userKey: '', address, saidMs: (number + 1) * this.#windowMs }
  }
}

const MINUTE_MS = 60_000

export const ELASTIC_STUFFING: Peer = {
  name: 'Elastic stuffing',
  describe:
    'From one address in 15 minutes 25 failed logins under 15 names, at most 2 for each on average.',
  begin: () =>
    new SourceWindowRun(
      15 * MINUTE_MS,
      ({ users, attempts }) => users >= 15 && attempts >= 25 && attempts <= 2 * users,
    ),
}

export const SPLUNK_SPRAY: Peer = {
  name: 'Splunk spray',
  describe:
    'From one address in 2 minutes failed logins under more than 30 names. That it must also stand out from the address’s own history is left out: an address of an attacker has none.',
  begin: () => new SourceWindowRun(2 * MINUTE_MS, ({ users }) => users > 30),
}
