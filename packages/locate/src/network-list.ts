import type { NetworkClass } from '@sekisho/event'
import { classFromName } from './class-words.ts'
import { anonymiser } from './networks/anonymiser.ts'
import { carrier } from './networks/carrier.ts'
import { education } from './networks/education.ts'
import { hosting } from './networks/hosting.ts'
import type { ListedNetwork } from './networks/listed-network.ts'
import { mobile } from './networks/mobile.ts'
import { residentialAfricaOceania } from './networks/residential-africa-oceania.ts'
import { residentialAmericas } from './networks/residential-americas.ts'
import { residentialAsia } from './networks/residential-asia.ts'
import { residentialEurope } from './networks/residential-europe.ts'
import { satellite } from './networks/satellite.ts'
import { webGateway } from './networks/web-gateway.ts'

/**
 * The day on which every entry was last compared with the ASN database.
 *
 * To review: run `coverage-main.ts`, which prints the listed names that the database no longer has, the share of
 * announced IPv4 space with a class by country, and the largest networks that no list names. Put each of those into
 * the file of its class under the name the database gives (a number whose organisation does not fit its class is a
 * mistake, whatever one remembers of it), then set the date.
 */
export const networkListReviewed = '2026-11-22'

/** The lists by class. Universities are access lines; a carrier of every kind of customer says nothing. */
export const networkLists: readonly (readonly [NetworkClass, readonly ListedNetwork[]])[] = [
  ['swg', webGateway],
  ['mobile', mobile],
  ['residential', residentialEurope],
  ['residential', residentialAmericas],
  ['residential', residentialAsia],
  ['residential', residentialAfricaOceania],
  ['residential', education],
  ['hosting', hosting],
  ['anon', anonymiser],
  ['satellite', satellite],
  ['unknown', carrier],
]

/** How a network's class is known: from the reviewed list, from words in its name, or not at all. */
export interface ClassOfNetwork {
  readonly networkClass: NetworkClass
  readonly source: 'list' | 'name' | 'none'
  /** One number serves fixed lines and mobile phones alike. */
  readonly isMixed: boolean
}

const listed = new Map<number, ClassOfNetwork>()
for (const [networkClass, networks] of networkLists) {
  for (const [asn, , carries] of networks) {
    listed.set(asn, { networkClass, source: 'list', isMixed: carries === 'mixed' })
  }
}

const unclassed: ClassOfNetwork = { networkClass: 'unknown', source: 'none', isMixed: false }

/** The class of a network: the reviewed list first, then the words of its name. */
export function classOfNetwork(asn: number, name: string): ClassOfNetwork {
  const entry = listed.get(asn)
  if (entry !== undefined) return entry
  const networkClass = classFromName(name)
  return networkClass === 'unknown' ? unclassed : { networkClass, source: 'name', isMixed: false }
}
