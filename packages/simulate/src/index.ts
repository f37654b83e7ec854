export { CAUSES, type Cause, type CauseEffect, causeEffectOf } from './evaluate/causes.ts'
export * from './evaluate/evaluate-run.ts'
export { inPool } from './evaluate/run-pool.ts'
export { ATTACKS } from './generate/attacks/attacks.ts'
export { BENIGN_PROCESSES, PROCESSES } from './generate/benign/processes.ts'
export { DELIVERY_FAULTS } from './generate/delivery/faults.ts'
export { ATTACK_KINDS, SWITCHES, simulate } from './generate/simulate.ts'
export type { World } from './generate/worlds/world.ts'
export { WORLDS, worldOf } from './generate/worlds/worlds.ts'
export {
  BUDGETS,
  type BudgetCurve,
  type BudgetPoint,
  budgetCurveOf,
  type CurvePoint,
} from './metrics/budget-curve.ts'
export { ALERT_SEVERITIES, type AlertSeverity } from './metrics/finding.ts'
export type { Estimate } from './metrics/interval.ts'
export { type Reliability, type ReliabilityBin, reliabilityOf } from './metrics/reliability.ts'
export { type KindSummary, type Summary, summaryOf } from './metrics/summary.ts'
export type { Peer } from './peers/peer.ts'
export { PEERS } from './peers/peers.ts'
export * from './rba/rba.ts'
export * from './simulation.ts'
