import { BlockList, isIPv6 } from 'node:net'

/** Addresses whose answer is remembered; senders are few, and an attacker's many may cost a look-up each. */
const REMEMBERED_MAX = 10_000

/** Which addresses may send. */
export class AllowedSenders {
  readonly #networks: BlockList | null
  readonly #answers = new Map<string, boolean>()

  /**
   * @param networks in CIDR notation, `192.0.2.0/24`, or single addresses; null for everybody
   * @throws Error when one is neither
   */
  constructor(networks: readonly string[] | null) {
    this.#networks = networks === null ? null : new BlockList()
    for (const network of networks ?? []) {
      const [address = '', length] = network.split('/')
      const family = isIPv6(address) ? 'ipv6' : 'ipv4'
      const bits = length === undefined ? (family === 'ipv6' ? 128 : 32) : Number(length)
      this.#networks?.addSubnet(address, bits, family)
    }
  }

  /** @param address as `plainAddress` gives it */
  has(address: string): boolean {
    if (this.#networks === null) return true
    const known = this.#answers.get(address)
    if (known !== undefined) return known
    const answer = this.#networks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
    if (this.#answers.size >= REMEMBERED_MAX) this.#answers.clear()
    this.#answers.set(address, answer)
    return answer
  }
}

const MAPPED = '::ffff:'

/** An address as it is written elsewhere: an IPv4 one that came to an IPv6 socket without what that puts before it. */
export function plainAddress(address: string): string {
  return address.startsWith(MAPPED) && address.includes('.')
    ? address.slice(MAPPED.length)
    : address
}
