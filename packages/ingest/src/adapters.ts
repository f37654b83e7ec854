import type { Adapter, ParseContext } from './adapter.ts'
import { fortigateAdapter } from './fortigate/adapter.ts'
import { pulseSecureAdapter } from './pulse-secure/adapter.ts'

/** Every adapter; a new vendor is a file beside these, a line here and an entry in `VENDORS` of `event`. */
export const ADAPTERS: readonly ((context: ParseContext) => Adapter)[] = [
  fortigateAdapter,
  pulseSecureAdapter,
]
