/** Whom a fault strikes is drawn when it does; the world and the simulated ports know how each is done. */
export type FaultName = 'crash' | 'pause' | 'disconnection' | 'outage' | 'rebalance' | 'compaction'

/** Probabilities, 0 to 1; what is left out never happens. The faults that have names are drawn before every step. */
export interface Faults extends Readonly<Partial<Record<FaultName, number>>>, CallFaults {}

/** Of every call to the broker. */
export interface CallFaults {
  /** It is refused, and it is as if it had never been made. */
  readonly refusedCall?: number
  /** It never arrives, which the caller does not know. */
  readonly lostCall?: number
  /** It is carried out, and the answer never arrives. */
  readonly lostAnswer?: number
  /** It arrives when the caller has given it up, or is about to. */
  readonly lateCall?: number
}

/** Does a fault somewhere. */
export type Strike = () => void

const NAMES: readonly FaultName[] = [
  'crash',
  'pause',
  'disconnection',
  'outage',
  'rebalance',
  'compaction',
]

/** The fault that a draw between 0 and 1 means, if any. */
export function faultOf(faults: Faults, draw: number): FaultName | null {
  let below = 0
  for (const name of NAMES) {
    below += faults[name] ?? 0
    if (draw < below) return name
  }
  return null
}
