import { readFileSync } from 'node:fs'
import { GrowingArray } from '../tables/growing-array.ts'
import { RangeBuilderV4, type RangeTableV4 } from '../tables/range-table-v4.ts'
import { RangeBuilderV6, type RangeTableV6 } from '../tables/range-table-v6.ts'
import type { TextBuilder } from '../tables/text-table.ts'

/** A row of the ASN database: first and last address as decimal numbers, network number, organisation. */
export interface AsnRow {
  readonly start: string
  readonly end: string
  readonly asn: number
  readonly name: string
}

/**
 * The rows of `asn-ipv4-num.csv` or `asn-ipv6-num.csv`.
 * @throws Error on a row of another form: the format has changed, and a table with holes would mislead.
 */
export function* asnRowsIn(path: string): Generator<AsnRow> {
  const text = readFileSync(path, 'utf8')
  let from = 0
  while (from < text.length) {
    const newline = text.indexOf('\n', from)
    const to = newline < 0 ? text.length : newline
    const first = text.indexOf(',', from)
    const second = text.indexOf(',', first + 1)
    const third = text.indexOf(',', second + 1)
    const asn = Number(text.slice(second + 1, third))
    const isWhole = first > 0 && second > 0 && third > 0 && third <= to
    if (!isWhole || !Number.isInteger(asn)) {
      throw new Error(
        `${path}: not a row of the ASN database: ${text.slice(from, Math.min(to, from + 80))}`,
      )
    }
    const start = text.slice(from, first)
    yield {
      start,
      end: text.slice(first + 1, second),
      asn,
      name: unquoted(text.slice(third + 1, to)),
    }
    from = to + 1
  }
}

function unquoted(field: string): string {
  const text = field.trimEnd()
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
}

/** Networks by index, index 0 for none: the number, and the index of the organisation's name. */
export class NetworkBuilder {
  readonly #texts: TextBuilder
  readonly #indexes = new Map<number, number>()
  readonly #numbers = new GrowingArray()
  readonly #names = new GrowingArray()

  constructor(texts: TextBuilder) {
    this.#texts = texts
    this.#numbers.push(0)
    this.#names.push(0)
  }

  indexOf(asn: number, name: string): number {
    const known = this.#indexes.get(asn)
    if (known !== undefined) return known
    const index = this.#indexes.size + 1
    this.#indexes.set(asn, index)
    this.#numbers.push(asn)
    this.#names.push(this.#texts.indexOf(name))
    return index
  }

  finish(): { readonly numbers: Uint32Array; readonly names: Uint32Array } {
    return { numbers: this.#numbers.filled(), names: this.#names.filled() }
  }
}

/** Networks of the IPv4 space. */
export function readAsnV4(path: string, networks: NetworkBuilder): RangeTableV4 {
  const builder = new RangeBuilderV4()
  for (const { start, end, asn, name } of asnRowsIn(path)) {
    builder.add(Number(start), Number(end), networks.indexOf(asn, name))
  }
  return builder.finish()
}

/** Networks of the IPv6 space, by the upper 64 bits. */
export function readAsnV6(path: string, networks: NetworkBuilder): RangeTableV6 {
  const builder = new RangeBuilderV6()
  for (const { start, end, asn, name } of asnRowsIn(path)) {
    builder.add(BigInt(start) >> 64n, BigInt(end) >> 64n, networks.indexOf(asn, name))
  }
  return builder.finish()
}
