import { ELSEWHERE_PROPERTIES } from './testing/property-elsewhere.ts'
import { EVIDENCE_PROPERTIES } from './testing/property-evidence.ts'
import { FLOOD_PROPERTIES } from './testing/property-floods.ts'
import { HYGIENE_PROPERTIES } from './testing/property-hygiene.ts'
import { SOURCE_EVIDENCE_PROPERTIES } from './testing/property-source-evidence.ts'
import { testProperties } from './testing/property-tests.ts'

testProperties([
  ...ELSEWHERE_PROPERTIES,
  ...EVIDENCE_PROPERTIES,
  ...SOURCE_EVIDENCE_PROPERTIES,
  ...HYGIENE_PROPERTIES,
  ...FLOOD_PROPERTIES,
])
