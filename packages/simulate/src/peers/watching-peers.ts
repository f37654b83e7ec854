import { dayOf } from '@sekisho/detect'
import type { Attempt } from '@sekisho/event'
import type { Finding } from '../metrics/finding.ts'
import { findingOfFlag, type PeerRun } from './peer.ts'
import { PEERS } from './peers.ts'

interface Watching {
  readonly name: string
  readonly run: PeerRun
  /** By what it is about and its UTC day: repeated flags are one alert, as everybody sets up. */
  readonly findings: Map<string, Finding>
}

/** All peers, shown the same attempts. */
export class WatchingPeers {
  readonly #watching: readonly Watching[] = PEERS.map(({ name, begin }) => ({
    name,
    run: begin(),
    findings: new Map(),
  }))

  add(attempt: Attempt): void {
    for (const { name, run, findings } of this.#watching) {
      const flag = run.onAttempt(attempt)
      if (flag === null) continue
      const day = dayOf(attempt.event.timestampMs)
      const key = `${day}/${flag.userKey === '' ? flag.address : `user:${flag.userKey}`}`
      if (!findings.has(key)) findings.set(key, findingOfFlag(name, attempt, flag))
    }
  }

  /** What each found, by its name. */
  get findings(): readonly (readonly [string, readonly Finding[]])[] {
    return this.#watching.map(({ name, findings }) => [name, [...findings.values()]])
  }
}
