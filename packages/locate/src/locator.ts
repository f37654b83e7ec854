import { canonicalAddressOf, type Locator, type NetworkClass, type Place } from '@sekisho/event'
import { type ClassOfNetwork, classOfNetwork, networkListReviewed } from './network-list.ts'
import { type NetworkRule, tableOfRules } from './network-rule.ts'
import { openTables, type TableOptions } from './open-tables.ts'
import { decideLocation, type Location, nowhere } from './place-decision.ts'
import { groupsOf, type PrefixTable } from './prefix-table.ts'
import { locationOfRule } from './rule-location.ts'
import { specialNetworkOf } from './special-networks.ts'
import type { LocationTables, PlaceDatabase } from './tables/location-tables.ts'
import { type Witness, witnessAt } from './tables/place-table.ts'
import { idOfIpv4, type RangeTableV4 } from './tables/range-table-v4.ts'
import { idOfIpv6, type RangeTableV6 } from './tables/range-table-v6.ts'
import { textAt } from './tables/text-table.ts'

export interface LocatorOptions extends TableOptions {
  /** The organisation's own networks; they override the databases. */
  readonly networks?: readonly NetworkRule[]
}

/** Places kept by address; the map is emptied when it is full, so that a flood of sources cannot grow it. */
const CACHED_PLACES = 65_536

/** A network as the tables know it. */
interface Network extends ClassOfNetwork {
  readonly asn: number
  readonly asName: string
}

class TableLocator implements Locator {
  readonly version: string
  readonly #tables: LocationTables
  readonly #rules: PrefixTable<NetworkRule>
  readonly #places = new Map<string, Place>()
  readonly #networks = new Map<number, Network>()

  constructor(tables: LocationTables, version: string, rules: PrefixTable<NetworkRule>) {
    this.#tables = tables
    this.version = version
    this.#rules = rules
  }

  locate(address: string): Place {
    const known = this.#places.get(address)
    if (known !== undefined) return known
    const groups = groupsOf(canonicalAddressOf(address))
    if (groups === null) return notAnAddress
    const place = this.#decide(groups)
    if (this.#places.size >= CACHED_PLACES) this.#places.clear()
    this.#places.set(address, place)
    return place
  }

  #decide(groups: readonly number[]): Place {
    const rule = this.#rules.find(groups)
    const special = rule === undefined ? specialNetworkOf(groups) : undefined
    const network = this.#networkOf(groups)
    if (special !== undefined) {
      return placeOf(nowhere('', special.why), special.networkClass, network, '')
    }
    const { fresh, old } = this.#tables
    const witness = this.#witness(fresh, groups)
    if (rule !== undefined) {
      const origin = `; ${rule.class} by the network rule "${rule.name}" (${rule.cidr})`
      const location =
        locationOfRule(rule, witness) ??
        decideLocation(rule.class, false, witness, this.#witness(old, groups))
      return placeOf(location, rule.class, network, origin)
    }
    const { networkClass, isMixed } = network
    const location = decideLocation(networkClass, isMixed, witness, this.#witness(old, groups))
    return placeOf(location, networkClass, network, originOf(network))
  }

  #witness({ v4, v6, places }: PlaceDatabase, groups: readonly number[]): Witness | null {
    return witnessAt(places, this.#tables.texts, idOf(v4, v6, groups))
  }

  #networkOf(groups: readonly number[]): Network {
    const { v4, v6, numbers, names } = this.#tables.networks
    const index = idOf(v4, v6, groups)
    const known = this.#networks.get(index)
    if (known !== undefined) return known
    const asn = numbers[index] as number
    const asName = textAt(this.#tables.texts, names[index] as number)
    const network = { asn, asName, ...classOfNetwork(asn, asName) }
    this.#networks.set(index, network)
    return network
  }
}

function idOf(v4: RangeTableV4, v6: RangeTableV6, groups: readonly number[]): number {
  const [a, b, c, d] = groups as [number, number, number?, number?]
  const high = a * 65_536 + b
  return c === undefined || d === undefined
    ? idOfIpv4(v4, high)
    : idOfIpv6(v6, high, c * 65_536 + d)
}

function originOf({ asn, networkClass, source }: Network): string {
  if (asn === 0) return '; no network announces it'
  if (source === 'none') return '; the class of its network is not known'
  if (networkClass === 'unknown') return '; its carrier serves customers of every kind'
  return `; ${networkClass} by ${source === 'list' ? 'the reviewed network list' : "the network's name"}`
}

function placeOf(
  location: Location,
  networkClass: NetworkClass,
  network: { readonly asn: number; readonly asName: string },
  origin: string,
): Place {
  const { hasLocation, latitude, longitude, radiusKm, country, city, why } = location
  const { asn, asName } = network
  return {
    hasLocation,
    latitude,
    longitude,
    radiusKm,
    country,
    city,
    asn,
    asName,
    networkClass,
    why: `${why}${origin}.`,
  }
}

const notAnAddress = placeOf(nowhere('', 'Not an address'), 'unknown', { asn: 0, asName: '' }, '')

/**
 * Opens the databases (synchronously: a tenth of a second from the cache, some seconds of one core when they have to
 * be compiled first) and returns a locator that is pure from then on.
 *
 * @throws RangeError on a wrong network rule ({@link problemOfNetworkRule} tells beforehand), Error when a database
 *   package is missing or damaged. A cache that cannot be read or written is no error.
 */
export function openLocator(options: LocatorOptions = {}): Locator {
  const rules = tableOfRules(options.networks ?? [])
  const { tables, version } = openTables(options)
  return new TableLocator(tables, `${version}, networks ${networkListReviewed}`, rules)
}
