import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import { LiveError } from '../live-error.ts'
import { certificateFailureOf, handshakeFailureOf } from './handshake-failure.ts'

/** Contents of PEM files. */
export interface TlsOptions {
  /** Certificate of the listener, with its chain. */
  readonly cert: string | Buffer
  readonly key: string | Buffer
  /** Authorities of client certificates; needed unless they are not asked for. */
  readonly clientCa?: string | Buffer | undefined
  /**
   * `required`: a sender without a certificate that an authority in `clientCa` signed is refused; `optional`: only one with
   * another certificate is.
   */
  readonly clientCertificate: 'none' | 'optional' | 'required'
}

/** Longer than any sender needs, short enough for those that never finish to leave room. */
const HANDSHAKE_MS = 10_000

type Done = (result: TLSSocket | string) => void

/** Turns accepted connections into TLS ones (RFC 5425), or tells why one cannot be. */
export class TlsHandshakes {
  readonly #server: Server
  readonly #clientCertificate: TlsOptions['clientCertificate']
  readonly #pending = new Map<string, Done>()

  /** @throws LiveError when certificate, key or authorities are no such thing */
  constructor({ cert, key, clientCa, clientCertificate }: TlsOptions) {
    this.#clientCertificate = clientCertificate
    try {
      this.#server = createServer({
        cert,
        key,
        ...(clientCa === undefined ? {} : { ca: clientCa }),
        minVersion: 'TLSv1.2',
        handshakeTimeout: HANDSHAKE_MS,
        requestCert: clientCertificate !== 'none',
        // Judged below, where the reason is known; Node would only close the connection.
        rejectUnauthorized: false,
        allowHalfOpen: true,
      })
    } catch (error) {
      const cause = (error as Error).message
      throw new LiveError(`The certificate, key or authorities for TLS cannot be used: ${cause}.`)
    }
    this.#server.on('secureConnection', (connection) => this.#judge(connection))
    this.#server.on('tlsClientError', (error, connection) => {
      this.#settle(peerOf(connection), handshakeFailureOf(error))
    })
  }

  /** @param done called once, with the TLS connection or with the reason why there is none and the socket is closed */
  start(socket: Socket, done: Done): void {
    const peer = peerOf(socket)
    this.#pending.set(peer, done)
    socket.once('close', () => {
      // The next connection may have the same port already.
      if (this.#pending.get(peer) !== done) return
      this.#settle(peer, handshakeFailureOf({ code: 'ECONNRESET' }))
    })
    this.#server.emit('connection', socket)
  }

  #judge(connection: TLSSocket): void {
    connection.on('error', () => {})
    const refusal = this.#refusalOf(connection)
    this.#settle(peerOf(connection), refusal ?? connection)
    if (refusal !== null) connection.destroy()
  }

  #refusalOf(connection: TLSSocket): string | null {
    if (this.#clientCertificate === 'none') return null
    const hasCertificate = Object.keys(connection.getPeerCertificate()).length > 0
    if (hasCertificate) {
      const code = connection.authorized ? null : String(connection.authorizationError)
      return code === null ? null : certificateFailureOf(code)
    }
    const isNeeded = this.#clientCertificate === 'required'
    return isNeeded ? 'it sent no certificate, and one is required' : null
  }

  #settle(peer: string, result: TLSSocket | string): void {
    const done = this.#pending.get(peer)
    this.#pending.delete(peer)
    done?.(result)
  }
}

/** Tells the connections of one listener apart, as long as they are open. */
function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
