import { stdout } from 'node:process'
import { coverageOf, type NetworkShare, networkShares } from './network-coverage.ts'
import { networkListReviewed, networkLists } from './network-list.ts'
import { openTables } from './open-tables.ts'
import { textAt } from './tables/text-table.ts'

/*
 * For the review of the network list: names that the database no longer has, the share of announced IPv4 space with
 * a class, and the largest networks without one.
 *
 *   node packages/locate/dist/coverage-main.js
 */

const COUNTRIES = ['JP', 'US', 'DE', 'GB', 'FR', 'NL', 'SG', 'CN', 'KR', 'BR', 'IN']
const LARGEST = 40

const { tables, version } = openTables({})
const { numbers, names } = tables.networks
const nameOf = new Map<number, string>()
for (const [i, asn] of numbers.entries()) nameOf.set(asn, textAt(tables.texts, names[i] as number))

const print = (line: string): void => {
  stdout.write(`${line}\n`)
}
const percent = (share: number): string => `${(share * 100).toFixed(1).padStart(5)} %`
const coverageLine = (label: string, shares: readonly NetworkShare[]): string => {
  const { known, listed } = coverageOf(shares)
  return `${label.padEnd(8)} class known ${percent(known)}, by the list ${percent(listed)}`
}

print(`${version}; network list of ${networkListReviewed}`)
for (const [networkClass, networks] of networkLists) {
  for (const [asn, name] of networks) {
    const now = nameOf.get(asn)
    if (now !== name) print(`AS${asn} (${networkClass}) is "${now ?? 'gone'}", listed as "${name}"`)
  }
}
const shares = networkShares(tables)
print(coverageLine('all', shares))
for (const country of COUNTRIES) {
  print(
    coverageLine(
      country,
      shares.filter((share) => share.country === country),
    ),
  )
}
print('largest networks that no list names:')
for (const { asn, name, country, addresses, networkClass } of shares
  .filter((share) => share.source !== 'list')
  .slice(0, LARGEST)) {
  print(`${String(addresses).padStart(10)} ${country} AS${asn} ${name} (${networkClass})`)
}
