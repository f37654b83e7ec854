import type { Socket } from 'node:net'
import { MessageFramer } from './message-framer.ts'
import type { SyslogCounters } from './syslog-counters.ts'
import type { SyslogSink } from './syslog-sink.ts'

export interface ConnectionOptions {
  /** Transport and address. */
  readonly peer: string
  readonly port: number
  readonly sink: SyslogSink
  readonly counters: SyslogCounters
  /** Closed when nothing came for so long. */
  readonly idleMs: number
  /** Why the connection was closed by this side, or what of it is lost. */
  readonly onProblem: (problem: string) => void
}

/** Takes messages out of one connection, as long as there is room for them. */
export class SyslogConnection {
  readonly #socket: Socket
  readonly #options: ConnectionOptions
  readonly #framer: MessageFramer
  #hasEnded = false

  /** @param socket open, with TLS if there is to be any */
  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket
    this.#options = options
    this.#framer = new MessageFramer({
      message: (bytes) => this.#append(bytes, null),
      tooLong: (bytes, byteLength) => this.#append(bytes, byteLength),
    })
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.once('end', () => this.#end())
    socket.once('close', () => this.#countCut(this.#framer.unfinishedBytes))
    socket.setTimeout(options.idleMs, () => this.#expire())
    if (options.sink.isFull) socket.pause()
  }

  /** Reads on when there is room again. */
  resume(): void {
    this.#socket.resume()
  }

  /** Says that nothing more is taken; what is under way is still read. */
  finish(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #receive(chunk: Buffer): void {
    const problem = this.#framer.push(chunk)
    if (problem !== null) {
      this.#hasEnded = true
      this.#options.counters.framingErrors++
      this.#options.onProblem(`${problem}; the connection is closed`)
      this.#socket.destroy()
    } else if (this.#options.sink.isFull) this.#socket.pause()
  }

  #append(bytes: Buffer, tooLongBytes: number | null): void {
    const { peer, port, sink, counters } = this.#options
    counters.messages++
    counters.bytes += tooLongBytes ?? bytes.length
    if (tooLongBytes !== null) counters.tooLong++
    sink.append({ peer, port, bytes, tooLongBytes })
  }

  #end(): void {
    this.#countCut(this.#framer.end())
    this.#socket.end()
  }

  #countCut(bytes: number): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    if (bytes === 0) return
    this.#options.counters.cutMessages++
    this.#options.onProblem('the connection ended within a message, which is lost')
  }

  /** A connection that is not read from says nothing about its sender. */
  #expire(): void {
    if (!this.#socket.isPaused()) this.#socket.destroy()
  }
}
