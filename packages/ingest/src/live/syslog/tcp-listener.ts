import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { causeOf } from '../../sources/input-error.ts'
import { AllowedSenders, plainAddress } from './allowed-senders.ts'
import { endpointOf, listenError } from './listen-error.ts'
import { SyslogConnection } from './syslog-connection.ts'
import { newSyslogCounters, type SyslogCounters } from './syslog-counters.ts'
import type { ListenerOptions, SyslogListener } from './syslog-listener.ts'
import { TlsHandshakes, type TlsOptions } from './tls-handshakes.ts'
import { ToldPeers } from './told-peers.ts'

export interface TcpListenerOptions extends ListenerOptions {
  /** With TLS; without unless given. */
  readonly tls?: TlsOptions
  /** Connections at the same time, those that shake hands included; 512 unless given. */
  readonly connectionsMax?: number
  /** Of one address; 64 unless given. */
  readonly connectionsPerAddressMax?: number
  /**
   * A connection on which nothing came for so long is closed; a day unless given. A gateway may well have nothing to say for a
   * night, and what it writes to a connection that was closed meanwhile is lost, since syslog confirms nothing. Senders
   * that are dead are found by keep-alive probes within minutes.
   */
  readonly idleMs?: number
}

const CONNECTIONS_MAX = 512
const CONNECTIONS_PER_ADDRESS_MAX = 64
const IDLE_MS = 24 * 60 * 60_000
const KEEP_ALIVE_MS = 60_000
const DRAIN_MS = 1000

/**
 * Syslog over TCP (RFC 6587) and TLS (RFC 5425). Reads only while there is room in the sink: senders wait. Each connection needs
 * memory for one message and one piece of it at most.
 */
export class TcpListener implements SyslogListener {
  readonly port: number
  readonly #options: TcpListenerOptions
  readonly #transport: 'tcp' | 'tls'
  readonly #server: Server
  readonly #handshakes: TlsHandshakes | null
  readonly #senders: AllowedSenders
  readonly #counters = newSyslogCounters()
  readonly #peers: ToldPeers
  readonly #sockets = new Set<Socket>()
  readonly #connections = new Set<SyslogConnection>()
  readonly #countOf = new Map<string, number>()
  readonly #stopWaitingForRoom: () => void

  private constructor(
    server: Server,
    handshakes: TlsHandshakes | null,
    options: TcpListenerOptions,
  ) {
    this.#server = server
    this.#handshakes = handshakes
    this.#options = options
    this.#transport = handshakes === null ? 'tcp' : 'tls'
    this.port = (server.address() as { port: number }).port
    this.#senders = new AllowedSenders(options.allow)
    this.#peers = new ToldPeers(options.onProblem)
    server.on('connection', (socket) => this.#accept(socket))
    server.on('error', (error) => {
      const endpoint = endpointOf(this.#transport, options.address, this.port)
      this.#peers.tell(endpoint, `connections cannot be accepted: ${causeOf(error)}`)
    })
    this.#stopWaitingForRoom = options.sink.whenRoom(() => {
      for (const connection of this.#connections) connection.resume()
    })
  }

  /** @throws LiveError */
  static async open(options: TcpListenerOptions): Promise<TcpListener> {
    const handshakes = options.tls === undefined ? null : new TlsHandshakes(options.tls)
    // A sender that has said all may still be read from.
    const server = createServer({ allowHalfOpen: true })
    const { address, port } = options
    try {
      server.listen({ host: address, port, exclusive: true })
      await once(server, 'listening')
    } catch (error) {
      throw listenError(endpointOf(handshakes === null ? 'tcp' : 'tls', address, port), error)
    }
    return new TcpListener(server, handshakes, options)
  }

  async counters(): Promise<SyslogCounters> {
    return { ...this.#counters, connectionsOpen: this.#sockets.size }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const connection of this.#connections) connection.finish()
    const limit = new AbortController()
    await Promise.race([
      closed,
      after(DRAIN_MS, undefined, { signal: limit.signal }).catch(() => {}),
    ])
    limit.abort()
    this.#stopWaitingForRoom()
    await Promise.all(Array.from(this.#sockets, destroyed))
    await closed
  }

  #accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '')
    const peer = `${this.#transport}:${address}`
    // Without a listener an error would end the process; what it means shows in the close that follows.
    socket.on('error', () => {})
    if (!this.#isWelcome(address, peer)) {
      socket.destroy()
      return
    }
    this.#counters.connectionsAccepted++
    this.#sockets.add(socket)
    this.#countOf.set(address, (this.#countOf.get(address) ?? 0) + 1)
    socket.once('close', () => {
      this.#sockets.delete(socket)
      const count = (this.#countOf.get(address) as number) - 1
      if (count === 0) this.#countOf.delete(address)
      else this.#countOf.set(address, count)
    })
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    const port = socket.remotePort ?? 0
    if (this.#handshakes === null) {
      this.#read(socket, peer, port)
      return
    }
    this.#handshakes.start(socket, (result) => {
      if (typeof result !== 'string') {
        this.#read(result, peer, port)
        return
      }
      this.#counters.handshakeFailures++
      this.#peers.tell(peer, `no TLS connection: ${result}`)
    })
  }

  #isWelcome(address: string, peer: string): boolean {
    if (!this.#senders.has(address)) {
      this.#counters.droppedNotAllowed++
      return false
    }
    const {
      connectionsMax = CONNECTIONS_MAX,
      connectionsPerAddressMax = CONNECTIONS_PER_ADDRESS_MAX,
    } = this.#options
    const ofAddress = this.#countOf.get(address) ?? 0
    const isTooMany = this.#sockets.size >= connectionsMax
    if (!isTooMany && ofAddress < connectionsPerAddressMax) return true
    this.#counters.connectionsRefused++
    const problem = isTooMany
      ? `a connection was refused: ${connectionsMax} are open, as many as are allowed`
      : `a connection was refused: ${ofAddress} of this address are open, as many as are allowed`
    this.#peers.tell(peer, problem)
    return false
  }

  #read(socket: Socket, peer: string, port: number): void {
    const { sink, idleMs = IDLE_MS } = this.#options
    const counters = this.#counters
    const onProblem = (problem: string): void => this.#peers.tell(peer, problem)
    const options = { peer, port, sink, counters, idleMs, onProblem }
    const connection = new SyslogConnection(socket, options)
    this.#connections.add(connection)
    socket.once('close', () => this.#connections.delete(connection))
  }
}

async function destroyed(socket: Socket): Promise<void> {
  const closed = once(socket, 'close')
  socket.destroy()
  await closed
}
