import { causeOf, codeOf } from '../../sources/input-error.ts'
import { LiveError } from '../live-error.ts'

const REMEDIES: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'another program listens there; stop it (`ss -ltunp` names it) or choose another port',
  EADDRNOTAVAIL: 'this machine has no such address; use one of its own, or 0.0.0.0 for all of them',
  EACCES:
    'permission denied; ports below 1024 need the capability CAP_NET_BIND_SERVICE, or choose a port above',
  EAFNOSUPPORT: 'this machine has no addresses of that kind',
}

/** What a failed attempt to listen means, and what to do. */
export function listenError(endpoint: string, error: unknown): LiveError {
  const remedy = REMEDIES[codeOf(error)] ?? causeOf(error)
  return new LiveError(`Syslog cannot be received at ${endpoint}: ${remedy}.`)
}

/** `udp 127.0.0.1:514`, `tls [::1]:6514` */
export function endpointOf(transport: string, address: string, port: number): string {
  return `${transport} ${address.includes(':') ? `[${address}]` : address}:${port}`
}
