import type { Adapter, ParseContext } from './adapter.ts'
import { fortigateAdapter } from './fortigate.ts'
import { pulseSecureAdapter } from './pulse-secure.ts'

/** Every vendor that is read; a new one is registered here and nowhere else. */
export const ADAPTERS: readonly ((context: ParseContext) => Adapter)[] = [
  fortigateAdapter,
  pulseSecureAdapter,
]
