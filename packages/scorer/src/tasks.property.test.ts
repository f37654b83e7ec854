import { TASK_PROPERTIES } from './testing/property-tasks.ts'
import { testProperties } from './testing/property-tests.ts'

testProperties(TASK_PROPERTIES)
