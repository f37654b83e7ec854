import type { FieldUse, Reading, Use } from './reading.ts'

/** What `_field_caps` says of a field; absent where no index has it. */
export interface FieldCapability {
  readonly type: string
  readonly isAggregatable: boolean
  readonly isSearchable: boolean
}

/** Fields of an index pattern, by path. */
export type Capabilities = ReadonlyMap<string, FieldCapability>

const NUMBERS = ['double', 'integer', 'long']
const VALUES = ['boolean', 'date', 'ip', 'keyword', ...NUMBERS]

const FITTING: Readonly<Record<Exclude<Use, 'shown'>, readonly string[]>> = {
  asked: VALUES,
  date: ['date'],
  line: ['geo_point'],
  number: NUMBERS,
  point: ['geo_point'],
  values: VALUES,
}

/** Fields of a reading that its indices do not have, or not with a type that fits the use; one sentence each. */
export function fieldProblems({ where, uses }: Reading, capabilities: Capabilities): string[] {
  return uses.flatMap((use) => {
    const problem = problemOf(use, capabilities.get(use.field))
    return problem === null ? [] : [`${where}: ${use.field} ${problem}`]
  })
}

function problemOf({ use }: FieldUse, capability: FieldCapability | undefined): string | null {
  if (capability === undefined) return 'is not mapped'
  const { type, isAggregatable, isSearchable } = capability
  // Kibana shows any field of a document that is mapped, but for those inside nested ones, whose values it cannot tell apart.
  if (use === 'shown') return type === 'nested' || type === 'object' ? `is ${type}` : null
  if (!FITTING[use].includes(type)) return `is ${type}, which does not fit: ${use}`
  if (use === 'asked') return isSearchable ? null : 'cannot be searched'
  return isAggregatable ? null : 'cannot be aggregated'
}
