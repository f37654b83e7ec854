import type { Random } from '../random.ts'
import type { Prefix, Prefix6 } from './prefix.ts'

/** Dotted text of an IPv4 value. */
export function addressText(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

/** An address of a /24; hosts 1 … 254. */
export function addressIn(prefix: Prefix, random: Random): string {
  return addressText(prefix.start + random.integer(1, 254))
}

/** An address of a /48 in canonical form: a network of its own, a random interface id. */
export function addressIn6({ high, low }: Prefix6, random: Random): string {
  const part = (value: number): string => (value & 0xffff).toString(16)
  const host = Array.from({ length: 5 }, () => random.integer(0x1000, 0xffff).toString(16))
  return [part(high >>> 16), part(high), part(low), ...host].join(':')
}
