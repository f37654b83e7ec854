import { FIELD, FIELD_NAMES } from './fields.ts'

/** What FortiOS puts before the names that CEF has none for: the first by default, the second in 6.0 to 6.4. */
export const FORTIGATE_CEF_PREFIXES = ['FTNTFGT', 'FortinetFortiGate']

/**
 * The names of fields in CEF. `src` and `dst` stand for several: of a VPN line, `dst` is `remip` and `src` is `locip`;
 * of any other, they are `dstip` and `srcip`. FortiOS 5.6 calls `group` `cs6`.
 */
export const FORTIGATE_CEF_NAMES: Readonly<Record<string, number>> = {
  ...FIELD_NAMES,
  act: FIELD.action,
  cat: FIELD.type,
  cs6: FIELD.group,
  deviceExternalId: FIELD.devid,
  duser: FIELD.user,
  dvchost: FIELD.devname,
  in: FIELD.rcvdbyte,
  out: FIELD.sentbyte,
  outcome: FIELD.status,
  requestCookies: FIELD.cookies,
  sproc: FIELD.ui,
}
