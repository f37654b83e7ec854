import { instantOf, JAPAN_MINUTES, MINUTE, rfc3339Of } from './clock.mjs'
import { headerOf } from './fortigate-line.mjs'
import { GATEWAYS } from './world.mjs'

/** Line beginnings that lost the rest, by gateway and day of March; their headers are whole. */
const BEGINNINGS = [
  ['tokyo', 3, 'date=2026-03-03 ti'],
  ['tokyo', 9, 'da'],
  ['frankfurt', 4, 'date=2026-0'],
  ['frankfurt', 5, 'date=2026-03-05 devname="fgt-fra-01" dev'],
  ['frankfurt', 12, 'date'],
  ['osaka', 4, '2026-03-04 11:2'],
  ['osaka', 6, '2026-03-06 11:25:00 - pcs-osa-01 - ['],
  ['osaka', 10, 'id=firewall time="2026-03-1'],
]

/** What stands in a file by itself: ends of lines, other protocols that knocked at the collector's port. */
const STRAYS = [
  ['tokyo', 4, 'r="N/A" group="N/A" dst_host="N/A" reason="N/A" msg="SSL tunnel statistics"'],
  ['tokyo', 6, '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
  ['tokyo', 11, 'GET / HTTP/1.0'],
  ['tokyo', 7, '\u0000\u0000\u0000%\u0001h\u0012\u0000\u0000\u0000'],
  ['frankfurt', 10, 'st_host="N/A" nextstat=600 duration=1800 sentbyte=2'],
  ['osaka', 12, '5f2 (session: sid90c2) with IPv4 address 10.60.4.77, hostname LT-'],
]

function headOf(gatewayKey, timeMs, random) {
  const { vendor, name, offsetMinutes } = GATEWAYS[gatewayKey]
  if (vendor === 'fortigate') return headerOf(gatewayKey, timeMs, 'information', random)
  return `<134>1 ${rfc3339Of(timeMs, offsetMinutes)} ${name} PulseSecure: - - - `
}

/** Writes the damaged lines and returns how many there are; every one of them must be rejected. */
export function writeDamage(journal, random) {
  const lines = [...BEGINNINGS, ...STRAYS]
  for (const [index, [gatewayKey, day, text]] of lines.entries()) {
    const timeMs = instantOf(JAPAN_MINUTES, day, '11:19') + index * MINUTE
    const head = index < BEGINNINGS.length ? headOf(gatewayKey, timeMs, random) : ''
    journal.add(gatewayKey, timeMs, head + text)
  }
  return lines.length
}
