import { bsdTimeOf, localTextOf, offsetTextOf, rfc3339Of } from './clock.mjs'
import { FORMAT_CHANGE_MS, GATEWAYS } from './world.mjs'

/** Syslog severities of FortiOS level words. */
const SEVERITIES = { alert: 1, error: 3, warning: 4, notice: 5, information: 6 }
const LOCAL7 = 23 * 8

/** Values that FortiOS writes without quotes: numbers and addresses. */
const BARE_KEYS = new Set([
  ...['remip', 'locip', 'srcip', 'dstip', 'tunnelip', 'assignip', 'remport', 'locport'],
  ...['srcport', 'dstport', 'tunnelid', 'duration', 'sentbyte', 'rcvdbyte', 'nextstat'],
  ...['sessionid', 'policyid', 'proto', 'stage', 'cfgtid', 'cpu', 'mem', 'totalsession', 'advpnsc'],
])

function pairOf([key, value]) {
  if (BARE_KEYS.has(key)) return `${key}=${value}`
  return `${key}="${String(value).replaceAll('"', '\\"')}"`
}

/** The kind of an event line: its subtype, log id, level and description. */
export function eventLog(subtype, logid, level, logdesc) {
  return { type: 'event', subtype, logid, level, logdesc }
}

/** A FortiOS 7.4 line in the default key=value form, with the header that this gateway's path gives it. */
function fortigateLine(gatewayKey, timeMs, log, fields, random) {
  const gateway = GATEWAYS[gatewayKey]
  const { date, time } = localTextOf(timeMs, gateway.offsetMinutes)
  const tz = offsetTextOf(gateway.offsetMinutes)
  const eventtime = `${timeMs}${random.digits(6)}`
  const head = `date=${date} time=${time} devname="${gateway.name}" devid="${gateway.serial}" eventtime=${eventtime} tz="${tz}"`
  const kind = `logid="${log.logid}" type="${log.type}" subtype="${log.subtype}" level="${log.level}" vd="root"`
  const logdesc = log.logdesc === undefined ? '' : ` logdesc="${log.logdesc}"`
  const body = `${head} ${kind}${logdesc} ${Object.entries(fields).map(pairOf).join(' ')}`
  return headerOf(gatewayKey, timeMs, log.level, random) + body
}

/** A function that adds lines of one gateway to the journal: `(timeMs, log, fields)`. */
export function fortigateWriter(journal, gatewayKey, random) {
  return (timeMs, log, fields) =>
    journal.add(gatewayKey, timeMs, fortigateLine(gatewayKey, timeMs, log, fields, random))
}

/** Tokyo sends UDP as it is; Frankfurt's lines passed a BSD relay, and an RFC 3339 one from the second week. */
export function headerOf(gatewayKey, timeMs, level, random) {
  const gateway = GATEWAYS[gatewayKey]
  if (gateway.relayed === undefined) return `<${LOCAL7 + SEVERITIES[level]}>`
  if (timeMs < FORMAT_CHANGE_MS[gatewayKey]) {
    return `${bsdTimeOf(timeMs, gateway.offsetMinutes)} ${gateway.name} `
  }
  const receivedMs = timeMs + random.integer(2, 40)
  const fraction = String(receivedMs % 1000).padStart(3, '0') + random.digits(3)
  return `${rfc3339Of(receivedMs, 0, fraction)} ${gateway.relayed} `
}
