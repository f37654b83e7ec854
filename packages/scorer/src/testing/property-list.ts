import type { Property } from './property-definition.ts'
import { ELSEWHERE_PROPERTIES } from './property-elsewhere.ts'
import { EVIDENCE_PROPERTIES } from './property-evidence.ts'
import { FLOOD_PROPERTIES } from './property-floods.ts'
import { HYGIENE_PROPERTIES } from './property-hygiene.ts'
import { ORDER_PROPERTIES } from './property-order.ts'
import { SNAPSHOT_PROPERTIES } from './property-snapshots.ts'
import { SOURCE_EVIDENCE_PROPERTIES } from './property-source-evidence.ts'
import { TASK_PROPERTIES } from './property-tasks.ts'

/** Every property, for `bench/properties.mjs`. */
export const PROPERTIES: readonly Property[] = [
  ...ORDER_PROPERTIES,
  ...SNAPSHOT_PROPERTIES,
  ...TASK_PROPERTIES,
  ...ELSEWHERE_PROPERTIES,
  ...EVIDENCE_PROPERTIES,
  ...SOURCE_EVIDENCE_PROPERTIES,
  ...HYGIENE_PROPERTIES,
  ...FLOOD_PROPERTIES,
]
