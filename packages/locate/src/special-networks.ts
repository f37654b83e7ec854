import type { NetworkClass } from '@sekisho/event'
import { type Cidr, cidrOf, PrefixTable } from './prefix-table.ts'

/** A network whose class is known whoever announces it. `why` is a clause without a full stop. */
export interface SpecialNetwork {
  readonly networkClass: NetworkClass
  readonly why: string
}

const privateUse = 'Private address space (RFC 1918, RFC 4193) has no place on the map'
const shared = "A provider's shared address space (RFC 6598) has no place on the map"
const loopback = 'A loopback address has no place on the map'
const linkLocal = 'A link-local address has no place on the map'
const documentation =
  'A documentation address (RFC 5737, RFC 3849, RFC 9637) has no place on the map'
const multicast = 'A multicast address has no place on the map'
const reserved = 'A reserved address has no place on the map'
const tunnel = 'A public IPv6 tunnel (Hurricane Electric) hides where the user is'

/** The IANA special-purpose registries (RFC 6890 and its updates), and a relay that has a prefix of its own. */
const networks: readonly (readonly [cidr: string, NetworkClass, why: string])[] = [
  ['0.0.0.0/8', 'unknown', reserved],
  ['10.0.0.0/8', 'internal', privateUse],
  ['100.64.0.0/10', 'internal', shared],
  ['127.0.0.0/8', 'internal', loopback],
  ['169.254.0.0/16', 'internal', linkLocal],
  ['172.16.0.0/12', 'internal', privateUse],
  ['192.0.0.0/24', 'unknown', reserved],
  ['192.0.2.0/24', 'unknown', documentation],
  ['192.88.99.0/24', 'unknown', reserved],
  ['192.168.0.0/16', 'internal', privateUse],
  ['198.18.0.0/15', 'unknown', reserved],
  ['198.51.100.0/24', 'unknown', documentation],
  ['203.0.113.0/24', 'unknown', documentation],
  ['224.0.0.0/4', 'unknown', multicast],
  ['240.0.0.0/4', 'unknown', reserved],
  ['::1', 'internal', loopback],
  ['64:ff9b:1::/48', 'internal', privateUse],
  ['100::/64', 'unknown', reserved],
  ['2001:2::/48', 'unknown', reserved],
  ['2001:10::/28', 'unknown', reserved],
  ['2001:20::/28', 'unknown', reserved],
  ['2001:470::/32', 'anon', tunnel],
  ['2001:db8::/32', 'unknown', documentation],
  ['3fff::/20', 'unknown', documentation],
  ['5f00::/16', 'unknown', reserved],
  ['fc00::/7', 'internal', privateUse],
  ['fe80::/10', 'internal', linkLocal],
  ['fec0::/10', 'internal', linkLocal],
  ['ff00::/8', 'unknown', multicast],
]

const table = new PrefixTable<SpecialNetwork>()
for (const [cidr, networkClass, why] of networks)
  table.add(cidrOf(cidr) as Cidr, { networkClass, why })

/** The special network that holds an address, if one does. */
export function specialNetworkOf(groups: readonly number[]): SpecialNetwork | undefined {
  return table.find(groups)
}
