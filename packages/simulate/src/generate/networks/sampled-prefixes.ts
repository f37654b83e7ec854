import type { NetworkClass } from '@sekisho/event'
import type { LocationTables } from '@sekisho/locate'
import type { NetworkClasses } from './network-classes.ts'
import type { Prefix } from './prefix.ts'
import { countryText, hashed } from './table-values.ts'

const { ceil, floor, max, min } = Math

/** How many /24 of a class and country are kept. */
const KEPT: Partial<Record<NetworkClass, number>> = {
  residential: 6000,
  mobile: 3000,
  hosting: 1500,
  anon: 800,
  swg: 400,
  satellite: 400,
  unknown: 1500,
}

/** Called for each stretch that has a place and a network: first address, number of whole /24, ids. */
type StretchVisitor = (first: number, count: number, place: number, network: number) => void

function visitStretches({ fresh, networks }: LocationTables, visit: StretchVisitor): void {
  const [a, b] = [fresh.v4, networks.v4]
  for (let i = 0, j = 0; i < a.starts.length && j < b.starts.length; ) {
    const start = max(a.starts[i] as number, b.starts[j] as number)
    const endA = a.starts[i + 1] ?? 2 ** 32
    const endB = b.starts[j + 1] ?? 2 ** 32
    const [place, network] = [a.ids[i] as number, b.ids[j] as number]
    const first = ceil(start / 256)
    const count = floor(min(endA, endB) / 256) - first
    if (place !== 0 && network !== 0 && count > 0) visit(first, count, place, network)
    if (endA <= endB) i++
    if (endB <= endA) j++
  }
}

/** A sample by hash, so that a prefix's fate does not hang on its neighbours. */
export function sampledPrefixes(tables: LocationTables, classes: NetworkClasses): Prefix[] {
  const { fresh, networks } = tables
  const { countries, latitudes, longitudes } = fresh.places
  const bucketOf = (place: number, network: number): number =>
    (countries[place] as number) * 8 + classes.codeOf(network)
  const totals = new Uint32Array(65_536 * 8)
  visitStretches(tables, (_first, count, place, network) => {
    const bucket = bucketOf(place, network)
    if (classes.codeOf(network) >= 0) totals[bucket] = (totals[bucket] as number) + count
  })
  const found: Prefix[] = []
  visitStretches(tables, (first, count, place, network) => {
    const networkClass = classes.classOf(network)
    if (networkClass === null) return
    const share = (KEPT[networkClass] ?? 0) / (totals[bucketOf(place, network)] as number)
    const country = countries[place] as number
    for (let n = first; n < first + count; n++) {
      if (share < 1 && hashed(n) >= share) continue
      found.push({
        start: n * 256,
        asn: networks.numbers[network] as number,
        country: countryText(country),
        latitude: (latitudes[place] as number) / 100,
        longitude: (longitudes[place] as number) / 100,
        networkClass,
        isMixed: classes.isMixed(network),
      })
    }
  })
  return found
}
