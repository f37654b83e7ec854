import type { Journal, Origin } from '../delivery/journal.ts'
import type { Gateway } from '../organisation/gateway.ts'
import type { FailureEvent, SessionEvent } from './events.ts'
import { ipsecFailure, ipsecSession } from './fortigate-ipsec.ts'
import { fortigateFailure, fortigateSession } from './fortigate-ssl.ts'
import { pulseFailure, pulseSession } from './pulse.ts'
import { fortigateTheft, pulseTheft, type SessionTheft } from './theft.ts'

/** Writes what happened in the words of the gateway where it happened. */
export class Writer {
  readonly journal: Journal

  constructor(journal: Journal) {
    this.journal = journal
  }

  /** A failed login. */
  failure(gateway: Gateway, failure: FailureEvent, origin: Origin): void {
    const event = { ...failure, user: loggedName(gateway, failure.user) }
    if (gateway.isPulse) pulseFailure(this.journal, gateway, event, origin)
    else if (gateway.form === 'fortigate-ipsec') ipsecFailure(this.journal, gateway, event, origin)
    else fortigateFailure(this.journal, gateway, event, origin)
  }

  /** A login and its session. */
  session(gateway: Gateway, session: SessionEvent, origin: Origin): void {
    const event = { ...session, user: loggedName(gateway, session.user) }
    if (gateway.isPulse) pulseSession(this.journal, gateway, event, origin)
    else if (gateway.form === 'fortigate-ipsec') ipsecSession(this.journal, gateway, event, origin)
    else fortigateSession(this.journal, gateway, event, origin)
  }

  /** The use of a running session by somebody else. */
  theft(gateway: Gateway, theft: SessionTheft, origin: Origin): void {
    const event = { ...theft, user: loggedName(gateway, theft.user) }
    if (gateway.isPulse) pulseTheft(this.journal, gateway, event, origin)
    else fortigateTheft(this.journal, gateway, event, origin)
  }
}

/** FortiGates of a domain log names with it. */
export function loggedName({ domain }: Gateway, user: string): string {
  return domain === '' ? user : `${domain}\\${user}`
}
