import { ECS_FIELDS, OWN_FIELDS } from '@sekisho/alert-sink/elasticsearch'
import { LAST_WORDS } from '../description/words.ts'
import type { Capabilities, FieldCapability } from './field-problems.ts'

const FIELDS = Object.entries({ ...ECS_FIELDS, ...OWN_FIELDS })

/** What templates make of the fields, without a server. Only the stream has fields of lists outside of nested ones. */
export function mappedCapabilities(index: string): Capabilities {
  const hasNested = index === LAST_WORDS.title
  const nested = FIELDS.flatMap(([path, type]) => (type === 'nested' ? [`${path}.`] : []))
  const isHidden = (path: string) => hasNested && nested.some((root) => path.startsWith(root))
  return new Map(
    FIELDS.filter(([path]) => !isHidden(path)).map(([path, type]): [string, FieldCapability] => {
      const isText = type === 'match_only_text'
      return [path, { type, isAggregatable: !isText, isSearchable: true }]
    }),
  )
}
