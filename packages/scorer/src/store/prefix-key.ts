import { ipv4TextOf, ipv4ValueOf, ipv6GroupsOf, ipv6TextOf } from '@sekisho/event'

/** Sets IPv6 networks apart from IPv4 ones: bit 48. */
const IPV6 = 2 ** 48

/**
 * A source network as a whole number of at most 49 bits: the first 24 bits of an IPv4 address, or the first 48 of an
 * IPv6 address and a mark. 0 when there is none, which is also 0.0.0.0/24, where no client is.
 *
 * @param text an address or a network in canonical text
 */
export function prefixKeyOf(text: string): number {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const value = ipv4ValueOf(address)
  if (value >= 0) return value >>> 8
  const groups = ipv6GroupsOf(address)
  if (groups === null) return 0
  const [a, b, c] = groups as [number, number, number]
  return IPV6 + a * 2 ** 32 + b * 2 ** 16 + c
}

/** The text of a source network, as `prefixOf` of an address in it. */
export function prefixTextOf(key: number): string {
  if (key === 0) return ''
  if (key < IPV6) return `${ipv4TextOf((key << 8) >>> 0)}/24`
  const rest = key - IPV6
  const groups = [Math.floor(rest / 2 ** 32), Math.floor(rest / 2 ** 16) & 0xffff, rest & 0xffff]
  return `${ipv6TextOf([...groups, 0, 0, 0, 0, 0])}/48`
}
