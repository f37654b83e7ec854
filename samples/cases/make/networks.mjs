import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A client address and the country that a gateway would name. */
export function lineOf(address, country) {
  return { address, country }
}

/** A list of networks/, which holds three octets of each network by country. */
function networksOf(name) {
  const text = readFileSync(join(import.meta.dirname, 'networks', `${name}.json`), 'utf8')
  return Object.entries(JSON.parse(text)).flatMap(([country, bases]) =>
    bases.map((base) => ({ base, country })),
  )
}

/** Home routers all over the world, but not where the stories' organisations are. */
export const ROUTERS = networksOf('routers')
/** Rented servers. */
export const SERVERS = networksOf('servers')
/** Networks of anonymisers: commercial VPNs and proxies. */
export const ANONYMISERS = networksOf('anonymisers')
export const SERVERS_JP = networksOf('servers-jp')
export const HOMES_US = networksOf('homes-us')
export const HOMES_CN = networksOf('homes-cn')
/** One carrier, whose gateways stand in two towns. */
export const DOCOMO_TOKYO = networksOf('docomo-tokyo')
export const DOCOMO_OSAKA = networksOf('docomo-osaka')

/** Any address of a network. */
export function addressIn(network, random) {
  return lineOf(`${network.base}.${random.integer(2, 253)}`, network.country)
}

/** The first network of a country. */
export function networkIn(list, country) {
  const found = list.find((network) => network.country === country)
  if (found === undefined) throw new Error(`no network of ${country}`)
  return found
}
