import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { causeOf } from '../../sources/input-error.ts'
import { AllowedSenders, plainAddress } from './allowed-senders.ts'
import { kernelDropsOf } from './kernel-drops.ts'
import { endpointOf, listenError } from './listen-error.ts'
import { newSyslogCounters, type SyslogCounters } from './syslog-counters.ts'
import type { ListenerOptions, SyslogListener } from './syslog-listener.ts'
import type { SyslogSink } from './syslog-sink.ts'
import { ToldPeers } from './told-peers.ts'

export interface UdpListenerOptions extends ListenerOptions {
  /** Receive buffer asked of the kernel; 8 MiB unless given. */
  readonly receiveBufferBytes?: number
}

const RECEIVE_BUFFER_BYTES = 8 * 1024 ** 2
/** Linux says the double of what it uses for data (socket(7)). */
const TOLD_FACTOR = process.platform === 'linux' ? 2 : 1

const NUL = 0
const LF = 10
const CR = 13

/** When nothing came for so long, nothing had been waiting in the kernel. */
const DRAINED_MS = 20
const DRAIN_MS = 1000

/** Syslog over UDP (RFC 5426): a datagram is a message, whatever is in it; LF, CR and NUL at its end are not part of it. */
export class UdpListener implements SyslogListener {
  readonly port: number
  readonly #address: string
  readonly #socket: Socket
  readonly #sink: SyslogSink
  readonly #senders: AllowedSenders
  readonly #counters: SyslogCounters
  readonly #peers: ToldPeers
  /** Peer text of the last sender, since most datagrams come from the same one. */
  #lastAddress = ''
  #lastPeer = ''

  private constructor(socket: Socket, options: UdpListenerOptions) {
    this.#socket = socket
    this.#address = options.address
    this.port = socket.address().port
    this.#sink = options.sink
    this.#senders = new AllowedSenders(options.allow)
    this.#counters = newSyslogCounters()
    this.#peers = new ToldPeers(options.onProblem)
    socket.on('message', (bytes, from) => this.#receive(bytes, from))
    socket.on('error', (error) => {
      this.#peers.tell(this.#endpoint, `receiving failed: ${causeOf(error)}`)
    })
    this.#checkBuffer(options.receiveBufferBytes ?? RECEIVE_BUFFER_BYTES)
  }

  /** @throws LiveError */
  static async open(options: UdpListenerOptions): Promise<UdpListener> {
    const { address, port, receiveBufferBytes = RECEIVE_BUFFER_BYTES } = options
    const type = isIPv6(address) ? 'udp6' : 'udp4'
    const socket = createSocket({ type, recvBufferSize: receiveBufferBytes })
    try {
      socket.bind({ address, port, exclusive: true })
      await once(socket, 'listening')
    } catch (error) {
      throw listenError(endpointOf('udp', address, port), error)
    }
    return new UdpListener(socket, options)
  }

  async counters(): Promise<SyslogCounters> {
    await this.#measureDrops()
    return { ...this.#counters }
  }

  async close(): Promise<void> {
    const endMs = performance.now() + DRAIN_MS
    let before = -1
    while (before !== this.#received && performance.now() < endMs) {
      before = this.#received
      await after(DRAINED_MS)
    }
    await this.#measureDrops()
    this.#socket.close()
    await once(this.#socket, 'close')
  }

  get #endpoint(): string {
    return endpointOf('udp', this.#address, this.port)
  }

  get #received(): number {
    const { messages, droppedSpoolFull, droppedNotAllowed } = this.#counters
    return messages + droppedSpoolFull + droppedNotAllowed
  }

  #receive(datagram: Buffer, { address, port }: RemoteInfo): void {
    if (address !== this.#lastAddress) {
      this.#lastAddress = address
      this.#lastPeer = `udp:${plainAddress(address)}`
    }
    if (!this.#senders.has(plainAddress(address))) {
      this.#counters.droppedNotAllowed++
      return
    }
    if (this.#sink.isFull) {
      this.#counters.droppedSpoolFull++
      this.#peers.tell(
        this.#endpoint,
        'datagrams are dropped: what came before must be processed first',
      )
      return
    }
    let end = datagram.length
    while (end > 0 && isEnding(datagram[end - 1] as number)) end--
    if (end === 0) return
    const bytes = datagram.subarray(0, end)
    this.#counters.messages++
    this.#counters.bytes += end
    // A datagram of UDP is never longer than a line may be.
    this.#sink.append({ peer: this.#lastPeer, port, bytes, tooLongBytes: null })
  }

  async #measureDrops(): Promise<void> {
    const drops = await kernelDropsOf(this.#address, this.port)
    if (drops !== null) this.#counters.kernelDrops = drops
  }

  #checkBuffer(askedBytes: number): void {
    const grantedBytes = this.#socket.getRecvBufferSize() / TOLD_FACTOR
    if (grantedBytes >= askedBytes) return
    const problem = `the kernel gives a receive buffer of ${grantedBytes} bytes instead of ${askedBytes}, so that more is lost when many lines come at once; raise net.core.rmem_max`
    this.#peers.tell(this.#endpoint, problem)
  }
}

function isEnding(byte: number): boolean {
  return byte === LF || byte === CR || byte === NUL
}
