import type { NetworkClass } from '@sekisho/event'
import { classOfNetwork, type LocationTables, textAt } from '@sekisho/locate'

/** Classes that people and attackers come from. */
const CLASSES = [
  ...(['residential', 'mobile', 'hosting', 'anon', 'swg', 'satellite', 'unknown'] as const),
] satisfies NetworkClass[]

const MIXED = 8

/** The classes of networks by their index in the tables, looked up once. */
export class NetworkClasses {
  /** Index of the class, -1 for one that is not kept; 8 is added where one number carries phones and fixed lines. */
  readonly #codes: Int8Array

  constructor({ networks, texts }: LocationTables) {
    this.#codes = Int8Array.from(networks.numbers, (asn, index) => {
      if (asn === 0) return -1
      const name = textAt(texts, networks.names[index] as number)
      const { networkClass, isMixed } = classOfNetwork(asn, name)
      const code = (CLASSES as NetworkClass[]).indexOf(networkClass)
      return code >= 0 && isMixed ? code + MIXED : code
    })
  }

  /** The class of a network, null for one that nobody here comes from. */
  classOf(network: number): NetworkClass | null {
    const code = this.codeOf(network)
    return code < 0 ? null : (CLASSES[code] ?? null)
  }

  /** A small number for the class, 0 … 7; -1 for none. */
  codeOf(network: number): number {
    const code = this.#codes[network] as number
    return code < 0 ? -1 : code & (MIXED - 1)
  }

  isMixed(network: number): boolean {
    return (this.#codes[network] as number) >= MIXED
  }
}
