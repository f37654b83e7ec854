import { DAY_MS, MINUTE_MS } from '../time.ts'

/** What a constant's number counts. `nats` and `points` become integers in 1/1024 in `limits.ts`. */
export type ConstantUnit =
  | 'count'
  | 'days'
  | 'km'
  | 'km/h'
  | 'ms'
  | 'nats'
  | 'points'
  | 'probability'
  | 'risk'
  | 'share'

/** A number that results depend on, with its reason. */
export interface Constant {
  readonly value: number
  readonly unit: ConstantUnit
  /** Smallest and largest value that a configuration may set. */
  readonly min: number
  readonly max: number
  /** Why this value, and where it comes from. */
  readonly why: string
}

/** A number with its unit, its least and largest value, and its reason. */
export function constant(
  unit: ConstantUnit,
  value: number,
  [min, max]: readonly [number, number],
  why: string,
): Constant {
  return { value, unit, min, max, why }
}

export const nats = (value: number, why: string): Constant =>
  constant('nats', value, [-20, 20], why)
export const points = (value: number, why: string): Constant =>
  constant('points', value, [-50, 50], why)
export const probability = (value: number, why: string): Constant =>
  constant('probability', value, [1e-9, 1], why)
export const share = (value: number, why: string): Constant => constant('share', value, [0, 1], why)
export const count = (value: number, why: string, most = 1e6): Constant =>
  constant('count', value, [0, most], why)
/** A count of which none at all would mean everything. */
export const countFromOne = (value: number, why: string): Constant =>
  constant('count', value, [1, 1e6], why)
export const days = (value: number, why: string): Constant => constant('days', value, [0, 400], why)
export const span = (value: number, why: string, most = 2 * DAY_MS): Constant =>
  constant('ms', value, [0, most], why)
/** A window in which evidence is counted: no shorter than a pane (five minutes), no longer than a day. */
export const evidenceWindow = (value: number, why: string): Constant =>
  constant('ms', value, [5 * MINUTE_MS, DAY_MS], why)
