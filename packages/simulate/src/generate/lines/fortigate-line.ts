import { offsetText, timeText } from '../clock.ts'
import type { Journal, Origin } from '../delivery/journal.ts'
import type { Gateway } from '../organisation/gateway.ts'

/** Syslog severities of FortiOS level words. */
const SEVERITY = { alert: 1, error: 3, warning: 4, notice: 5, information: 6 }
const LOCAL7 = 23 * 8

/** The kind of an event line. */
export interface EventLog {
  readonly head: string
  readonly level: keyof typeof SEVERITY
}

/** The kind of an event line: subtype, log id, level and description. */
export function eventLog(
  subtype: string,
  logid: string,
  level: keyof typeof SEVERITY,
  logdesc: string,
): EventLog {
  const kind = `logid="${logid}" type="event" subtype="${subtype}" level="${level}" vd="root"`
  return { head: `${kind} logdesc="${logdesc}" `, level }
}

/** A quoted value: FortiOS writes a quotation mark as `\"`. */
export function quoted(value: string): string {
  return value.includes('"') ? `"${value.replaceAll('"', '\\"')}"` : `"${value}"`
}

/** Adds a line of FortiOS 7 in the form of its gateway; `fields` is what comes after the description. */
export function writeFortigate(
  journal: Journal,
  gateway: Gateway,
  timeMs: number,
  log: EventLog,
  fields: string,
  origin: Origin,
): void {
  const believedMs = Math.round(gateway.believedMs(timeMs))
  const offset = gateway.offsetMinutes(timeMs)
  const tz = offsetText(offset, '')
  const instant = `eventtime=${believedMs}${gateway.subMillisecondText()} tz="${tz}"`
  const text = headed(gateway, believedMs, offset, log.level, instant) + log.head + fields
  journal.add(gateway, timeMs, text, origin)
}

/** Header and beginning of a line: most forms have date, time and device in the line, RFC 5424 in the header. */
function headed(
  gateway: Gateway,
  believedMs: number,
  offset: number,
  level: keyof typeof SEVERITY,
  instant: string,
): string {
  const { zone, name, serial, form, address } = gateway
  const priority = `<${LOCAL7 + SEVERITY[level]}>`
  if (form === 'fortigate-rfc5424') {
    return `${priority}1 ${gateway.rfc3339Text(believedMs, offset)} ${name} - - - - ${instant} `
  }
  const date = zone.dateText(believedMs, offset)
  const time = timeText(believedMs, offset)
  const body = `date=${date} time=${time} devname="${name}" devid="${serial}" ${instant} `
  if (form === 'fortigate-bsd') {
    return `${zone.bsdDateText(believedMs, offset)} ${time} ${name} ${body}`
  }
  if (form === 'fortigate-rfc3339') {
    return `${gateway.rfc3339Text(believedMs, offset)} ${address} ${body}`
  }
  return priority + body
}
