import { X509Certificate } from 'node:crypto'
import { connect, type TLSSocket } from 'node:tls'

/** Where a connection goes, as the client's HTTP library says it. */
export interface ConnectTo {
  readonly hostname: string
  readonly port: string | number
  readonly servername?: string | null
}

export type ConnectCallback = (error: Error | null, socket: TLSSocket | null) => void

/** SHA-256 of a certificate: 64 digits, with colons or without, in either case. */
const FINGERPRINT = /^[0-9A-F]{64}$/

/** Longest chain that is looked at. */
const CHAIN_LENGTH_MAX = 10

/** As Node writes it but for the colons, or null when it is none. */
export function fingerprintOf(text: string): string | null {
  const digits = text.trim().replaceAll(':', '').toUpperCase()
  return FINGERPRINT.test(digits) ? digits : null
}

/**
 * Connects to servers whose certificate is signed by the authority with a fingerprint. The first connection only asks for the
 * certificates, of which the one with the fingerprint is the authority; each later one trusts that and is verified like any
 * other, signatures and names included. (The client's own `caFingerprint` needs verification switched off and then compares
 * fingerprints of a chain that nobody has verified: who copies the authority's certificate passes.)
 * @param caFingerprint SHA-256 of the authority's certificate
 * @throws RangeError when that is no fingerprint
 */
export function pinnedConnector(caFingerprint: string, timeoutMs: number) {
  const fingerprint = fingerprintOf(caFingerprint)
  if (fingerprint === null) throw new RangeError('the fingerprint is no SHA-256 in hexadecimal')
  let authority: string | null = null
  const connected = async (to: ConnectTo): Promise<TLSSocket> => {
    authority ??= await authorityAt(to, fingerprint, timeoutMs)
    return await secured(to, { ca: authority }, timeoutMs)
  }
  return (to: ConnectTo, callback: ConnectCallback): void => {
    connected(to).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    )
  }
}

/** The certificate with the fingerprint among those that a server shows, PEM. Nothing is sent to it. */
async function authorityAt(to: ConnectTo, fingerprint: string, timeoutMs: number): Promise<string> {
  const socket = await secured(to, { rejectUnauthorized: false }, timeoutMs)
  const shown = chainOf(socket)
  socket.destroy()
  const authority = shown.find((each) => fingerprintOf(each.fingerprint256) === fingerprint)
  if (authority !== undefined) return authority.toString()
  const list = shown.map(({ fingerprint256 }) => fingerprint256).join(', ')
  throw new Error(
    `no certificate of the server has the fingerprint that was given; it shows ${list}`,
  )
}

/** From the server's own certificate to the last that it shows. */
function chainOf(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = []
  let next = socket.getPeerCertificate(true)
  while (next?.raw !== undefined && chain.length < CHAIN_LENGTH_MAX) {
    chain.push(new X509Certificate(next.raw))
    // That of an authority at the top is its own issuer.
    if (next.issuerCertificate === next) break
    next = next.issuerCertificate
  }
  return chain
}

function secured(
  { hostname, port, servername }: ConnectTo,
  trust: { readonly ca: string } | { readonly rejectUnauthorized: false },
  timeoutMs: number,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port: Number(port) || 443,
      ...(servername ? { servername } : {}),
      ALPNProtocols: ['http/1.1'],
      ...trust,
    })
    const timer = setTimeout(
      () => socket.destroy(new Error('no TLS connection in time')),
      timeoutMs,
    )
    socket.setNoDelay(true).setKeepAlive(true, 60_000)
    socket.on('close', () => clearTimeout(timer))
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
