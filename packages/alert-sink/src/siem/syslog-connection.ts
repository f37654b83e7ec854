import { createSocket, type Socket as DatagramSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, rootCertificates } from 'node:tls'
import type { DeliveryTools } from '../delivery/destination.ts'
import { octetCounted } from './syslog-frame.ts'

/** How messages reach a syslog server. */
export interface SyslogConnection {
  /** Whether it was lost, as far as one can know without sending. */
  readonly isLost: boolean
  /**
   * Sends messages in their order.
   * @throws Error when not all of them are known to have left
   */
  send(messages: readonly string[], signal: AbortSignal): Promise<void>
  close(): void
}

export interface SyslogTls {
  /** Authorities in PEM; those of Node when absent. */
  readonly ca?: string
  /** The name that the server's certificate must have; the host when absent. */
  readonly serverName?: string
  /** PEM, with `key`. */
  readonly certificate?: string
  readonly key?: string
}

export interface SyslogAddress {
  readonly transport: 'udp' | 'tcp' | 'tls'
  readonly host: string
  readonly port: number
  readonly tls?: SyslogTls
}

const CONNECT_MS_MAX = 10_000
/** A server that takes nothing for so long is as good as gone. */
const SEND_MS_MAX = 60_000
const KEEP_ALIVE_MS = 30_000
const CLOSE_MS_MAX = 2_000
/** A server that refuses what was sent (a reset) says so within a round trip. */
const SETTLE_MS = 200

/** @throws Error when the server cannot be reached, or its certificate is not trusted */
export async function openSyslogConnection(
  address: SyslogAddress,
  clock: DeliveryTools['clock'],
  signal: AbortSignal,
): Promise<SyslogConnection> {
  if (address.transport === 'udp') return await openDatagrams(address)
  const socket = socketOf(address)
  const connected = address.transport === 'tls' ? 'secureConnect' : 'connect'
  const stream = new StreamConnection(socket, clock)
  const opened = new Promise<void>((resolve) => socket.once(connected, resolve))
  try {
    await stream.settled(opened, CONNECT_MS_MAX, 'the server does not answer', signal)
  } catch (error) {
    stream.close()
    throw error
  }
  return stream
}

function socketOf({ transport, host, port, tls = {} }: SyslogAddress): Socket {
  if (transport === 'tcp') return connectTcp({ host, port })
  const { ca, serverName = host, certificate, key } = tls
  return connectTls({
    host,
    port,
    ca: ca === undefined ? [...rootCertificates] : ca,
    // An address cannot be a server name (RFC 6066); the certificate is checked against the host then.
    ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
    ...(certificate === undefined ? {} : { cert: certificate, key }),
    minVersion: 'TLSv1.2',
  })
}

class StreamConnection implements SyslogConnection {
  readonly #socket: Socket
  readonly #clock: DeliveryTools['clock']
  readonly #lost: Promise<never>
  #error: Error | null = null

  constructor(socket: Socket, clock: DeliveryTools['clock']) {
    this.#socket = socket
    this.#clock = clock
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    socket.setNoDelay(true)
    // Servers of syslog say nothing; unread answers would keep the end of the connection from being seen.
    socket.resume()
    this.#lost = new Promise((_, reject) => {
      const lose = (error: Error) => {
        this.#error ??= error
        reject(this.#error)
      }
      socket.on('error', lose)
      socket.on('end', () => lose(new Error('the server closed the connection')))
      socket.on('close', () => lose(new Error('the connection was lost')))
    })
    this.#lost.catch(() => {})
  }

  get isLost(): boolean {
    return this.#error !== null
  }

  /** TCP syslog has no acknowledgement: what was written is counted when no refusal came back for a moment. */
  async send(messages: readonly string[], signal: AbortSignal): Promise<void> {
    const bytes = Buffer.concat(messages.map(octetCounted))
    const written = new Promise<void>((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
    await this.settled(written, SEND_MS_MAX, 'the server takes nothing', signal)
    await Promise.race([this.#clock.sleep(SETTLE_MS, signal), this.#lost])
    if (this.#error !== null) throw this.#error
    if (signal.aborted) throw new Error('stopped before the server could refuse')
  }

  /** Waits for something that the socket does. @throws Error when the socket is lost or the time is over */
  async settled(
    promise: Promise<void>,
    msMax: number,
    problem: string,
    signal: AbortSignal,
  ): Promise<void> {
    promise.catch(() => {})
    const over = new AbortController()
    const timer = AbortSignal.any([over.signal, signal])
    const late = this.#clock.sleep(msMax, timer).then(() => {
      if (!over.signal.aborted) throw new Error(problem)
    })
    late.catch(() => {})
    try {
      await Promise.race([promise, late, this.#lost])
    } finally {
      over.abort()
    }
  }

  close(): void {
    const socket = this.#socket
    socket.setTimeout(CLOSE_MS_MAX, () => socket.destroy())
    if (this.#error !== null || socket.connecting) socket.destroy()
    else socket.destroySoon()
  }
}

class DatagramConnection implements SyslogConnection {
  readonly #socket: DatagramSocket
  readonly #address: string
  readonly #port: number
  readonly isLost = false

  constructor(socket: DatagramSocket, address: string, port: number) {
    this.#socket = socket
    this.#address = address
    this.#port = port
    // Of one datagram or another; the sender of each hears of it, too.
    socket.on('error', () => {})
  }

  async send(messages: readonly string[]): Promise<void> {
    for (const message of messages) {
      await new Promise<void>((resolve, reject) => {
        this.#socket.send(message, this.#port, this.#address, (error) =>
          error ? reject(error) : resolve(),
        )
      })
    }
  }

  close(): void {
    this.#socket.close()
  }
}

async function openDatagrams({ host, port }: SyslogAddress): Promise<SyslogConnection> {
  const { address, family } = await lookup(host)
  return new DatagramConnection(createSocket(family === 6 ? 'udp6' : 'udp4'), address, port)
}
