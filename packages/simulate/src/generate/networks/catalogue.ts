import { distanceKm, type NetworkClass } from '@sekisho/event'
import { type LocationTables, openTables } from '@sekisho/locate'
import { NetworkClasses } from './network-classes.ts'
import type { Prefix, Prefix6 } from './prefix.ts'
import { sampledPrefixes } from './sampled-prefixes.ts'
import { sampledPrefixes6 } from './sampled-prefixes6.ts'

/** Real networks by class and country, sampled from the tables that the product locates with. */
export class NetworkCatalogue {
  readonly #prefixes = new Map<string, Prefix[]>()
  readonly #prefixes6 = new Map<string, Prefix6[]>()
  readonly #byNumber = new Map<number, Prefix[]>()
  readonly #phones = new Map<string, readonly Prefix[]>()
  readonly #near = new Map<string, readonly Prefix[]>()

  constructor(tables: LocationTables) {
    const classes = new NetworkClasses(tables)
    for (const prefix of sampledPrefixes(tables, classes)) {
      append(this.#prefixes, `${prefix.networkClass}/${prefix.country}`, prefix)
      append(this.#byNumber, prefix.asn, prefix)
    }
    for (const prefix of sampledPrefixes6(tables, classes)) {
      append(this.#prefixes6, prefix.country, prefix)
    }
  }

  /** Networks of a class in a country, by address. */
  inCountry(networkClass: NetworkClass, country: string): readonly Prefix[] {
    return this.#prefixes.get(`${networkClass}/${country}`) ?? []
  }

  /** Networks that phones of a country use: of mobile carriers, and of those that carry everything where these are few. */
  phonesOf(country: string): readonly Prefix[] {
    const known = this.#phones.get(country)
    if (known !== undefined) return known
    const mobile = this.inCountry('mobile', country)
    const mixed = this.inCountry('residential', country).filter(({ isMixed }) => isMixed)
    const found = mobile.length >= 200 ? mobile : [...mobile, ...mixed]
    this.#phones.set(country, found)
    return found
  }

  /** Networks of a class around a point; the nearest of the country when none is within the radius. */
  near(
    networkClass: NetworkClass,
    place: { readonly country: string; readonly latitude: number; readonly longitude: number },
    radiusKm: number,
  ): readonly Prefix[] {
    const { country, latitude, longitude } = place
    const key = `${networkClass}/${country}/${latitude}/${longitude}/${radiusKm}`
    const known = this.#near.get(key)
    if (known !== undefined) return known
    const all = this.inCountry(networkClass, country)
    const away = (prefix: Prefix): number =>
      distanceKm(latitude, longitude, prefix.latitude, prefix.longitude)
    const inside = all.filter((prefix) => away(prefix) <= radiusKm)
    const found =
      inside.length >= 20 ? inside : [...all].sort((a, b) => away(a) - away(b)).slice(0, 20)
    this.#near.set(key, found)
    return found
  }

  /** What is known of a network number, in every country. */
  ofNumber(asn: number): readonly Prefix[] {
    return this.#byNumber.get(asn) ?? []
  }

  /** IPv6 prefixes of access networks of a country. */
  inCountry6(country: string): readonly Prefix6[] {
    return this.#prefixes6.get(country) ?? []
  }
}

const grouped = new WeakMap<object, ReadonlyMap<number, readonly unknown[]>>()

/** Those of a list that the catalogue gave that one network number announces. The list is divided up once. */
export function announcedBy<P extends { readonly asn: number }>(
  list: readonly P[],
  asn: number,
): readonly P[] {
  const known = grouped.get(list) as ReadonlyMap<number, readonly P[]> | undefined
  const groups = known ?? Map.groupBy(list, (prefix) => prefix.asn)
  if (known === undefined) grouped.set(list, groups)
  return groups.get(asn) ?? []
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

let opened: NetworkCatalogue | null = null

/** The catalogue of the tables that the product ships, made once a process (below a second). */
export function openNetworks(): NetworkCatalogue {
  if (opened === null) {
    opened = new NetworkCatalogue(openTables({}).tables)
  }
  return opened
}
