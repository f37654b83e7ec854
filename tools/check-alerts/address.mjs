import { isIPv4, isIPv6 } from 'node:net'

/** One spelling of an address: lower case, shortest IPv6; IPv4 inside IPv6 (mapped) as IPv4. */
export function addressOf(text) {
  const bare = text.replace(/^\[|\]$/g, '')
  if (isIPv4(bare)) return bare
  if (!isIPv6(bare)) return ''
  const short = new URL(`http://[${bare}]/`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(short)
  if (mapped === null) return short
  const [high, low] = [Number.parseInt(mapped[1], 16), Number.parseInt(mapped[2], 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** The source network of an address: its /24, or the /48 of IPv6 (docs/rules/README.md). */
export function networkOf(text) {
  const address = addressOf(text)
  if (address === '') return ''
  if (isIPv4(address)) return address.replace(/\d+$/, '0/24')
  const [head, tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail ? tail.split(':') : []
  while (address.includes('::') && groups.length + rest.length < 8) groups.push('0')
  const three = [...groups, ...rest].slice(0, 3)
  return `${addressOf(`${three.join(':')}::`)}/48`
}
