/**
 * IP addresses as canonical text: dotted IPv4, RFC 5952 IPv6. IPv4 inside IPv6 (mapped, NAT64, 6to4, Teredo) is
 * unwrapped to the IPv4 address, so that one client is one address however the gateway wrote it.
 */

const ZERO = 48
const NINE = 57

/** The value of a dotted IPv4 text (0 … 2^32-1), or -1 when it is not one. Leading zeros are refused. */
export function ipv4ValueOf(text: string): number {
  const length = text.length
  if (length < 7 || length > 15) return -1
  let value = 0
  let octet = 0
  let digits = 0
  let dots = 0
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= ZERO && code <= NINE) {
      if (digits > 0 && octet === 0) return -1
      octet = octet * 10 + code - ZERO
      digits++
      if (octet > 255) return -1
    } else if (code === 46 && digits > 0 && dots < 3) {
      value = value * 256 + octet
      octet = 0
      digits = 0
      dots++
    } else return -1
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : -1
}

/** Dotted text of an IPv4 value. */
export function ipv4TextOf(value: number): string {
  return `${Math.floor(value / 16777216)}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

/** The eight 16-bit groups of an IPv6 text, or null. A zone (`%eth0`) and brackets are refused. */
export function ipv6GroupsOf(text: string): number[] | null {
  if (text.length < 2 || text.length > 45 || !text.includes(':')) return null
  let source = text
  const tail = source.slice(source.lastIndexOf(':') + 1)
  if (tail.includes('.')) {
    const value = ipv4ValueOf(tail)
    if (value < 0) return null
    const high = Math.floor(value / 65536).toString(16)
    source = `${source.slice(0, -tail.length)}${high}:${(value & 0xffff).toString(16)}`
  }
  const halves = source.split('::')
  if (halves.length > 2) return null
  const head = groupsOf(halves[0] ?? '')
  const rest = halves.length === 2 ? groupsOf(halves[1] ?? '') : []
  if (head === null || rest === null) return null
  const missing = 8 - head.length - rest.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  return [...head, ...new Array<number>(missing).fill(0), ...rest]
}

function groupsOf(text: string): number[] | null {
  if (text === '') return []
  const groups: number[] = []
  for (const part of text.split(':')) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return null
    groups.push(Number.parseInt(part, 16))
  }
  return groups.length <= 8 ? groups : null
}

/** RFC 5952 text of eight groups: lower case, longest run of zeros (of two or more) as `::`. */
export function ipv6TextOf(groups: readonly number[]): string {
  let bestStart = -1
  let bestLength = 1
  for (let i = 0; i < 8; i++) {
    let j = i
    while (j < 8 && groups[j] === 0) j++
    if (j - i > bestLength) {
      bestStart = i
      bestLength = j - i
    }
    if (j > i) i = j
  }
  const hex = groups.map((group) => group.toString(16))
  if (bestStart < 0) return hex.join(':')
  return `${hex.slice(0, bestStart).join(':')}::${hex.slice(bestStart + bestLength).join(':')}`
}

/** The IPv4 value that an IPv6 address carries (mapped, NAT64 64:ff9b::/96, 6to4, Teredo), or -1. */
function embeddedIpv4Of(groups: readonly number[]): number {
  const [a, b, c, d, e, f, g, h] = groups as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const low = g * 65536 + h
  const zeros = a === 0 && b === 0 && c === 0 && d === 0 && e === 0
  if (zeros && f === 0xffff) return low
  if (a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0) return low
  if (a === 0x2002) return b * 65536 + c
  if (a === 0x2001 && b === 0) return (g ^ 0xffff) * 65536 + (h ^ 0xffff)
  return -1
}

/**
 * Canonical text of an address as logged, or `''` when it is not an address or says "none" (`0.0.0.0`, `::`).
 * Surrounding brackets (`[2001:db8::1]`) are taken off.
 */
export function canonicalAddressOf(text: string): string {
  const value = ipv4ValueOf(text)
  if (value > 0) return text
  if (value === 0) return ''
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  const groups = ipv6GroupsOf(bare)
  if (groups === null) return bare === text ? '' : canonicalAddressOf(bare)
  const embedded = embeddedIpv4Of(groups)
  if (embedded > 0) return ipv4TextOf(embedded)
  return groups.every((group) => group === 0) ? '' : ipv6TextOf(groups)
}

/** The source network of a canonical address: `203.0.113.0/24` or `2001:db8:40::/48`; `''` for `''`. */
export function prefixOf(address: string): string {
  if (address === '') return ''
  if (!address.includes(':')) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`
  const groups = ipv6GroupsOf(address)
  if (groups === null) return ''
  const [a, b, c] = groups as [number, number, number]
  return `${ipv6TextOf([a, b, c, 0, 0, 0, 0, 0])}/48`
}
