import { canonicalAddressOf } from '@sekisho/event'
import { latin1TextOf } from './latin1-text.ts'

/** Longest address that is looked at: IPv6 with brackets. */
const ADDRESS_BYTES_MAX = 64

/** The canonical text of the address that some bytes are, `''` when they are none. */
export function addressIn(bytes: Buffer, start: number, end: number): string {
  if (isIpv4(bytes, start, end)) return latin1TextOf(bytes, start, end)
  return end - start > ADDRESS_BYTES_MAX ? '' : canonicalAddressOf(latin1TextOf(bytes, start, end))
}

/** True for dotted decimal without leading zeros, but for 0.0.0.0, which stands for none. */
function isIpv4(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < 7 || end - start > 15) return false
  let octet = -1
  let dots = 0
  let sum = 0
  for (let i = start; i < end; i++) {
    const code = bytes[i] as number
    if (code === 46) {
      if (octet < 0 || ++dots > 3) return false
      octet = -1
    } else {
      if (code < 48 || code > 57 || octet === 0) return false
      octet = octet < 0 ? code - 48 : octet * 10 + code - 48
      if (octet > 255) return false
      sum += octet
    }
  }
  return dots === 3 && octet >= 0 && sum > 0
}

/** True for an address of the device that it is written by. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}
