import type { NetworkClass } from '@sekisho/event'
import { classOfNetwork } from './network-list.ts'
import type { LocationTables } from './tables/location-tables.ts'
import { textAt } from './tables/text-table.ts'

/** One network's announced IPv4 space in one country (as DB-IP places it). */
export interface NetworkShare {
  readonly asn: number
  readonly name: string
  readonly country: string
  readonly addresses: number
  readonly networkClass: NetworkClass
  readonly source: 'list' | 'name' | 'none'
}

const IPV4_ADDRESSES = 2 ** 32

/** Announced IPv4 space by network and country, largest first: what a review of the network list looks at. */
export function networkShares({ fresh, networks, texts }: LocationTables): NetworkShare[] {
  const { starts, ids } = networks.v4
  const places = fresh.v4
  const sums = new Map<number, number>()
  let place = 0
  for (let i = 0; i < starts.length; i++) {
    const network = ids[i] as number
    const end = starts[i + 1] ?? IPV4_ADDRESSES
    let at = starts[i] as number
    while (at < end) {
      while ((places.starts[place + 1] ?? IPV4_ADDRESSES) <= at) place++
      const upTo = Math.min(end, places.starts[place + 1] ?? IPV4_ADDRESSES)
      const country = fresh.places.countries[places.ids[place] as number] as number
      const key = network * 65_536 + country
      if (network !== 0) sums.set(key, (sums.get(key) ?? 0) + upTo - at)
      at = upTo
    }
  }
  const shares = [...sums].map(([key, addresses]) => {
    const network = Math.floor(key / 65_536)
    const asn = networks.numbers[network] as number
    const name = textAt(texts, networks.names[network] as number)
    const { networkClass, source } = classOfNetwork(asn, name)
    const country = String.fromCharCode((key >>> 8) & 255, key & 255)
    return { asn, name, country, addresses, networkClass, source }
  })
  return shares.sort((a, b) => b.addresses - a.addresses)
}

/** Of a set of shares, how much of the space has a class other than `unknown`, and how much by the list (0 … 1). */
export function coverageOf(shares: readonly NetworkShare[]): { known: number; listed: number } {
  let all = 0
  let known = 0
  let listed = 0
  for (const { addresses, networkClass, source } of shares) {
    all += addresses
    if (networkClass === 'unknown') continue
    known += addresses
    if (source === 'list') listed += addresses
  }
  return { known: known / Math.max(1, all), listed: listed / Math.max(1, all) }
}
