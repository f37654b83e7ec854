import { ORDER_PROPERTIES } from './testing/property-order.ts'
import { SNAPSHOT_PROPERTIES } from './testing/property-snapshots.ts'
import { testProperties } from './testing/property-tests.ts'

testProperties([...ORDER_PROPERTIES, ...SNAPSHOT_PROPERTIES])
