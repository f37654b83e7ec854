import { HOMES } from '../../make/addresses.mjs'
import { addressIn, HOMES_US, lineOf } from './networks.mjs'

const FAMILIES = `aoki baba chiba doi endo fukui goto hara ikeda jinno kato maeda nagai ono perez
  quinn rossi sato tamura ueno vance wada yano zaima`.split(/\s+/)
const GIVEN = `aya ben chie dan emi fumi gen hana ivo jun kai lea mai nao oto pia rei sho toma yui`.split(' ')

/** The n-th invented name, 480 of them. */
export function nameOf(index) {
  const given = GIVEN[Math.floor(index / FAMILIES.length) % GIVEN.length]
  return `${FAMILIES[index % FAMILIES.length]}.${given}`
}

const sampleLines = (list) => list.map(({ address, country }) => lineOf(address, country))

/** 42 home lines around Tokyo and Osaka, each in a network of its own. */
export const HOMES_JP = sampleLines([...HOMES.tokyo, ...HOMES.osaka])
/** 16 home lines around Frankfurt. */
export const HOMES_DE = sampleLines(HOMES.frankfurt)

/** People who work from home, one for each line. */
export function peopleAt(lines, firstIndex = 0) {
  return lines.map((home, i) => ({ name: nameOf(firstIndex + i), home }))
}

export function peopleInUnitedStates(count, random) {
  return peopleAt(HOMES_US.slice(0, count).map((network) => addressIn(network, random)))
}
