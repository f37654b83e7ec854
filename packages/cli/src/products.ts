import { VENDORS, type Vendor } from '@sekisho/event'

/** Every product that is read, as its vendor calls it, for sentences. */
export const PRODUCTS: readonly string[] = Object.values(VENDORS).map(
  ({ vendor, product }) => `${vendor} ${product}`,
)

/** What `--format` may be. */
export const FORMATS: readonly ('auto' | Vendor)[] = ['auto', ...(Object.keys(VENDORS) as Vendor[])]
