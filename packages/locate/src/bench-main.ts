import { memoryUsage, stdout } from 'node:process'
import { ipv4TextOf } from '@sekisho/event'
import { openLocator } from './index.ts'
import { openTables } from './open-tables.ts'
import { idOfIpv4 } from './tables/range-table-v4.ts'

/*
 * Prints how long loading takes, what the tables hold, and lookups a second.
 *
 *   node packages/locate/dist/bench-main.js
 */

const LOOKUPS = 200_000

/** Addresses from a full-period congruential generator (Numerical Recipes' constants): the same in every run. */
function addresses(): string[] {
  const list: string[] = []
  let value = 1
  while (list.length < LOOKUPS) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0
    if (value < 0xe0000000) list.push(ipv4TextOf(value))
  }
  return list
}

function print(label: string, value: number, unit: string): void {
  stdout.write(`${label.padEnd(36)} ${Math.round(value).toLocaleString('en')} ${unit}\n`)
}

function rateOf(times: number, work: () => void): number {
  const start = performance.now()
  work()
  return (times / (performance.now() - start)) * 1000
}

const before = memoryUsage()
const start = performance.now()
const locator = openLocator()
print('open from the cache', performance.now() - start, 'ms')
print('tables', (memoryUsage().arrayBuffers - before.arrayBuffers) / 1e6, 'MB')
print('resident set, more than before', (memoryUsage().rss - before.rss) / 1e6, 'MB')

const locateAll = (list: readonly string[]): void => {
  for (const address of list) locator.locate(address)
}
const list = addresses()
const few = list.slice(0, 50_000)
print(
  'distinct random IPv4',
  rateOf(LOOKUPS, () => locateAll(list)),
  '/s',
)
locateAll(few)
print(
  'cached',
  rateOf(few.length, () => locateAll(few)),
  '/s',
)
print('resident set with a full cache', (memoryUsage().rss - before.rss) / 1e6, 'MB')

const { fresh } = openTables({}).tables
let sum = 0
const rate = rateOf(5_000_000, () => {
  for (let i = 0, value = 1; i < 5_000_000; i++) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0
    sum += idOfIpv4(fresh.v4, value)
  }
})
print(`one table, by number (checksum ${sum % 1000})`, rate, '/s')
