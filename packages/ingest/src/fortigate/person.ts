import type { AuthFactor } from '@sekisho/event'
import { canonicalAddressOf } from '@sekisho/event'
import type { PairFields } from '../pairs/pair-fields.ts'
import { FIELD } from './fields.ts'

/** Whom an IKE line names, `''` for a site-to-site tunnel, and how that person was authenticated. */
export interface IkePerson {
  readonly user: string
  readonly factor: AuthFactor
  /** The whole name of which `user` is the CN, or `''`. */
  readonly distinguishedName: string
}

const NO_PERSON: IkePerson = { user: '', factor: '', distinguishedName: '' }

/** Words that FortiOS writes where it has no value. */
export function isNullWord(text: string): boolean {
  switch (text.length) {
    case 0:
      return true
    case 3:
      return text === 'N/A' || text === 'n/a'
    case 6:
      return text === '(null)'
    case 7:
      return text === 'unknown' || text === '0.0.0.0'
    default:
      return false
  }
}

/** The value of a field, `''` where FortiOS has none. */
export function givenText(fields: PairFields, slot: number): string {
  const text = fields.text(slot)
  return isNullWord(text) ? '' : text
}

/**
 * The person of an IKE line. `eapuser` (FortiOS 7.6) and `xauthuser` name one. `user` and `useralt` are ids of the
 * IKE peer: an address, a number or the tunnel's own name says nothing of a person, a distinguished name has the
 * person in its CN.
 */
export function ikePersonOf(fields: PairFields): IkePerson {
  const eapUser = givenText(fields, FIELD.eapuser)
  if (eapUser !== '') return { user: eapUser, factor: 'eap', distinguishedName: '' }
  const xauthUser = givenText(fields, FIELD.xauthuser)
  if (xauthUser !== '') return { user: xauthUser, factor: 'xauth', distinguishedName: '' }
  for (const slot of [FIELD.user, FIELD.useralt]) {
    const peerId = givenText(fields, slot)
    if (peerId === '') continue
    const commonName = commonNameOf(peerId)
    if (commonName !== null) {
      if (commonName !== '') return { user: commonName, factor: 'cert', distinguishedName: peerId }
    } else if (canBePerson(peerId, fields.text(FIELD.vpntunnel))) {
      return { user: peerId, factor: '', distinguishedName: '' }
    }
  }
  return NO_PERSON
}

function canBePerson(peerId: string, tunnel: string): boolean {
  if (/^\d+$/.test(peerId) || canonicalAddressOf(peerId) !== '') return false
  return peerId !== tunnel && peerId !== tunnelNameOf(tunnel)
}

/** Dial-up tunnels are numbered: `DIALUP_0` is a client of `DIALUP`. */
function tunnelNameOf(tunnel: string): string {
  let end = tunnel.length
  while (end > 0 && isDigitAt(tunnel, end - 1)) end--
  return end < tunnel.length && tunnel[end - 1] === '_' ? tunnel.slice(0, end - 1) : tunnel
}

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/**
 * The common name of a distinguished name (`C = DE, O = Example GmbH, CN = k.vogel`, `CN=k.vogel,OU=Field`,
 * `/C=DE/CN=k.vogel`), `''` when it has none, null when the text is no distinguished name. Of several common
 * names the most specific counts: the first where the name begins with it, else the last.
 */
export function commonNameOf(text: string): string | null {
  if (!text.includes('=')) return null
  const parts = text.startsWith('/') ? text.slice(1).split('/') : text.split(',')
  let commonName = ''
  let isNamed = false
  for (const [index, part] of parts.entries()) {
    const equals = part.indexOf('=')
    const attribute = part.slice(0, Math.max(equals, 0)).trim().toUpperCase()
    if (!DISTINGUISHED.has(attribute)) continue
    isNamed = true
    if (attribute !== 'CN') continue
    commonName = part.slice(equals + 1).trim()
    if (index === 0) break
  }
  return isNamed ? commonName : null
}

const DISTINGUISHED = new Set([
  ...['C', 'ST', 'L', 'O', 'OU', 'CN', 'DC', 'UID', 'SERIALNUMBER', 'EMAILADDRESS', 'EMAIL'],
])
