export { type LocatorOptions, openLocator } from './locator.ts'
export { type NetworkRule, networkClasses, problemOfNetworkRule } from './network-rule.ts'
export type { CompileProgress } from './tables/compile.ts'
