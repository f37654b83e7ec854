/**
 * Chooses the networks of networks.mjs from the location tables that Sekisho ships with, by class and country:
 * `node --conditions=@sekisho/source samples/cases/make/choose-networks.mjs`. Run once; the logs are made of the
 * committed list, so that newer tables do not change them. What is chosen means nothing: nothing that is told
 * in these logs happened at any of these networks.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLocator } from '../../../packages/locate/src/index.ts'
import { openNetworks } from '../../../packages/simulate/src/generate/networks/catalogue.ts'
import { Random } from '../../make/random.mjs'

const TOKYO = { country: 'JP', latitude: 35.68, longitude: 139.76 }
const OSAKA = { country: 'JP', latitude: 34.69, longitude: 135.5 }
const DOCOMO = 9605

const HOME_COUNTRIES = `BR IN VN TR MX ID US TH EG CO AR ZA PH MA PK UA PL RO IT ES GB FR KR TW MY
  BD KE PE CL EC RS BG GR HU CZ PT SE NL BE AT CA AU NZ IL SA AE KZ UZ LK NP`.split(/\s+/)
const RENTED_COUNTRIES = 'US NL DE FR GB SG CA PL FI SE'.split(' ')

const random = new Random('networks of the published cases')
const networks = openNetworks()
const locator = openLocator({})
const used = new Set()

const baseOf = ({ start }) => `${start >>> 24}.${(start >>> 16) & 255}.${(start >>> 8) & 255}`

/** Prefixes that the product itself gives the class and the country, each used once. */
function chosen(list, networkClass, country, count) {
  const found = []
  for (const prefix of random.shuffled(list)) {
    if (found.length === count) break
    const base = baseOf(prefix)
    const place = locator.locate(`${base}.77`)
    if (used.has(base) || place.networkClass !== networkClass || place.country !== country) continue
    used.add(base)
    found.push(base)
  }
  return found
}

function spread(networkClass, countries, each) {
  return countries.flatMap((country) => {
    const list = networks.inCountry(networkClass, country)
    return chosen(list, networkClass, country, each).map((base) => [country, base])
  })
}

/** JSON with the networks of one country in a row. */
function textOf(pairs) {
  const rows = [...Map.groupBy(pairs, ([country]) => country)].map(([country, list]) => {
    const bases = list.map(([, base]) => JSON.stringify(base))
    return `  "${country}": [${bases.join(', ')}]`
  })
  return `{\n${rows.join(',\n')}\n}`
}

const near = (networkClass, place, asn) =>
  networks.near(networkClass, place, 40).filter((prefix) => prefix.asn === asn)
const lists = {
  routers: spread('residential', HOME_COUNTRIES, 64),
  servers: spread('hosting', RENTED_COUNTRIES, 75),
  anonymisers: spread('anon', RENTED_COUNTRIES, 30),
  'servers-jp': spread('hosting', ['JP'], 2),
  'homes-us': spread('residential', ['US'], 24),
  'homes-cn': spread('residential', ['CN'], 8),
  'docomo-tokyo': chosen(near('mobile', TOKYO, DOCOMO), 'mobile', 'JP', 8).map((b) => ['JP', b]),
  'docomo-osaka': chosen(near('mobile', OSAKA, DOCOMO), 'mobile', 'JP', 8).map((b) => ['JP', b]),
}
for (const [name, pairs] of Object.entries(lists)) {
  writeFileSync(join(import.meta.dirname, 'networks', `${name}.json`), `${textOf(pairs)}\n`)
  process.stdout.write(`${name} ${pairs.length}\n`)
}
