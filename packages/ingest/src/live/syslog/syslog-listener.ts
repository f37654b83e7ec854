import type { InputProblem } from '../../sources/source.ts'
import type { SyslogCounters } from './syslog-counters.ts'
import type { SyslogSink } from './syslog-sink.ts'
import { TcpListener, type TcpListenerOptions } from './tcp-listener.ts'
import { UdpListener, type UdpListenerOptions } from './udp-listener.ts'

/** Of all listeners. */
export interface ListenerOptions {
  /** Of this machine; an IP address. */
  readonly address: string
  /** 0 for any free one. */
  readonly port: number
  /** Networks that may send, in CIDR notation; null for everybody. */
  readonly allow: readonly string[] | null
  readonly sink: SyslogSink
  /** Told of senders and connections in trouble; of one address the same problem once a minute. */
  readonly onProblem: (problem: InputProblem) => void
}

export type SyslogListenerOptions =
  | ({ readonly transport: 'udp' } & UdpListenerOptions)
  | ({ readonly transport: 'tcp' } & TcpListenerOptions)
  | ({ readonly transport: 'tls' } & TcpListenerOptions & Required<Pick<TcpListenerOptions, 'tls'>>)

/** Receives syslog messages and hands them to a spool, whole and without their framing. */
export interface SyslogListener {
  /** The one asked for, or the free one that was found. */
  readonly port: number
  /** Counts until now; kernel drops are asked for anew. */
  counters(): Promise<SyslogCounters>
  /** Takes no more senders, hands over what has arrived, within a second, and ends. */
  close(): Promise<void>
}

/** Listens. @throws LiveError with a sentence for the user when that is not possible */
export async function openSyslogListener(options: SyslogListenerOptions): Promise<SyslogListener> {
  return options.transport === 'udp' ? UdpListener.open(options) : TcpListener.open(options)
}
