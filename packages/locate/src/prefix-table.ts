import { ipv4ValueOf, ipv6GroupsOf } from '@sekisho/event'

/** A network in prefix form: the address's 16-bit groups (two for IPv4, eight for IPv6) and the prefix length. */
export interface Cidr {
  readonly groups: readonly number[]
  readonly bits: number
}

/** The groups of an address: two for IPv4, eight for IPv6, null for anything else. */
export function groupsOf(address: string): readonly number[] | null {
  const value = ipv4ValueOf(address)
  return value < 0 ? ipv6GroupsOf(address) : [value >>> 16, value & 0xffff]
}

/**
 * Parses `198.51.100.0/24` or `2001:db8::/32`; an address without a length is a network of one.
 * Null for anything else, also when bits beyond the length are set: that is a slip worth reporting.
 */
export function cidrOf(text: string): Cidr | null {
  const slash = text.indexOf('/')
  const groups = groupsOf(slash < 0 ? text : text.slice(0, slash))
  if (groups === null) return null
  const longest = groups.length * 16
  if (slash < 0) return { groups, bits: longest }
  const length = text.slice(slash + 1)
  if (!/^\d{1,3}$/.test(length)) return null
  const bits = Number(length)
  const isClean = groups.every((group, i) => (group & (0xffff >> clamp(bits - i * 16))) === 0)
  return bits <= longest && isClean ? { groups, bits } : null
}

/** Bits of one group that a prefix covers. */
function clamp(bits: number): number {
  return Math.max(0, Math.min(16, bits))
}

/** The first `bits` bits of an address: a number for IPv4, a text for IPv6, the same for all of one network. */
function keyOf(groups: readonly number[], bits: number): number | string {
  if (groups.length === 2) {
    const [high, low] = groups as [number, number]
    return bits === 0 ? 0 : (high * 65_536 + low) >>> (32 - bits)
  }
  const whole = bits >>> 4
  const rest = bits & 15
  const head = groups.slice(0, whole).join()
  return rest === 0 ? head : `${head}/${(groups[whole] as number) >>> (16 - rest)}`
}

/** Networks with a value each; of those that hold an address, the longest prefix answers. */
export class PrefixTable<T> {
  /** By family (number of groups), longest prefix first. */
  readonly #byLength = new Map<number, { bits: number; values: Map<number | string, T> }[]>()

  /** Of two equal networks the first stays. */
  add({ groups, bits }: Cidr, value: T): void {
    const lengths = this.#byLength.get(groups.length) ?? []
    this.#byLength.set(groups.length, lengths)
    let level = lengths.find((each) => each.bits === bits)
    if (level === undefined) {
      level = { bits, values: new Map() }
      lengths.push(level)
      lengths.sort((a, b) => b.bits - a.bits)
    }
    const key = keyOf(groups, bits)
    if (!level.values.has(key)) level.values.set(key, value)
  }

  find(groups: readonly number[]): T | undefined {
    for (const { bits, values } of this.#byLength.get(groups.length) ?? []) {
      const value = values.get(keyOf(groups, bits))
      if (value !== undefined) return value
    }
    return undefined
  }
}
