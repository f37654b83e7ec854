import { readFile } from 'node:fs/promises'
import { isIPv6 } from 'node:net'
import { endianness } from 'node:os'

/**
 * Datagrams that Linux dropped since nobody took them from a UDP socket in time, since the socket was opened: column `drops`
 * of `/proc/net/udp` and `/proc/net/udp6`. Null on other systems.
 *
 * @param address the socket is bound to
 */
export async function kernelDropsOf(address: string, port: number): Promise<number | null> {
  try {
    const table = await readFile(isIPv6(address) ? '/proc/net/udp6' : '/proc/net/udp', 'latin1')
    return dropsIn(table, kernelAddressOf(address, port))
  } catch {
    return null
  }
}

/** The drops of the socket that is bound to a local address, as the table writes both; null when it has none. */
export function dropsIn(table: string, localAddress: string): number | null {
  for (const row of table.split('\n')) {
    const columns = row.trim().split(/\s+/)
    if (columns[1] !== localAddress) continue
    const drops = Number(columns.at(-1))
    return Number.isSafeInteger(drops) ? drops : null
  }
  return null
}

/** `127.0.0.1`, port 514, as `0100007F:0202`: words of 32 bits in the order of the machine's bytes. */
export function kernelAddressOf(address: string, port: number, order = endianness()): string {
  const bytes = isIPv6(address) ? ipv6Bytes(address) : Buffer.from(address.split('.').map(Number))
  if (order === 'LE') bytes.swap32()
  const portText = port.toString(16).padStart(4, '0')
  return `${bytes.toString('hex')}:${portText}`.toUpperCase()
}

function ipv6Bytes(address: string): Buffer {
  // The URL parser writes the address without an embedded IPv4 one.
  const [head = '', tail = ''] = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname
    .slice(1, -1)
    .split('::')
  const before = head.split(':').filter((word) => word !== '')
  const after = tail.split(':').filter((word) => word !== '')
  const zeros = new Array<string>(8 - before.length - after.length).fill('0')
  const words = [...before, ...zeros, ...after].map((word) => word.padStart(4, '0'))
  return Buffer.from(words.join(''), 'hex')
}
