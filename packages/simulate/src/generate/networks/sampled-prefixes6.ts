import type { LocationTables } from '@sekisho/locate'
import type { NetworkClasses } from './network-classes.ts'
import type { Prefix6 } from './prefix.ts'
import { countryText, hashed } from './table-values.ts'

/** How many /48 of a country are kept. */
const KEPT = 1500

/** IPv6 prefixes of access networks, each the beginning of a range of the network table; a sample by hash. */
export function sampledPrefixes6(tables: LocationTables, classes: NetworkClasses): Prefix6[] {
  const perCountry = Map.groupBy(accessPrefixes(tables, classes), ({ country }) => country)
  const rank = ({ high, low }: Prefix6): number => hashed(high ^ (low << 7))
  return [...perCountry.values()].flatMap((prefixes) =>
    prefixes.sort((a, b) => rank(a) - rank(b)).slice(0, KEPT),
  )
}

function* accessPrefixes(tables: LocationTables, classes: NetworkClasses): Iterable<Prefix6> {
  const { fresh, networks } = tables
  const { countries, latitudes, longitudes } = fresh.places
  const { groups, offsets, lows, ids } = networks.v6
  for (let group = 0; group < groups.length; group++) {
    for (let range = offsets[group] as number; range < (offsets[group + 1] as number); range++) {
      const network = ids[range] as number
      const networkClass = network === 0 ? null : classes.classOf(network)
      const low = lows[range] as number
      // A range that begins inside a /48 shares it with another network.
      if ((low & 0xffff) !== 0 || (networkClass !== 'residential' && networkClass !== 'mobile'))
        continue
      const high = groups[group] as number
      const place = placeOf6(tables, high, low)
      if (place === 0) continue
      yield {
        high,
        low: low >>> 16,
        asn: networks.numbers[network] as number,
        country: countryText(countries[place] as number),
        latitude: (latitudes[place] as number) / 100,
        longitude: (longitudes[place] as number) / 100,
      }
    }
  }
}

function placeOf6({ fresh }: LocationTables, high: number, low: number): number {
  const { groups, offsets, lows, ids } = fresh.v6
  const group = lastAtOrBelow(groups, 0, groups.length, high)
  if (group < 0) return 0
  const [from, to] = [offsets[group] as number, offsets[group + 1] as number]
  const range = groups[group] === high ? lastAtOrBelow(lows, from, to, low) : to - 1
  return ids[range] ?? 0
}

function lastAtOrBelow(values: Uint32Array, from: number, to: number, wanted: number): number {
  let [low, high] = [from - 1, to - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((values[middle] as number) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}
