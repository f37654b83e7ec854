export type { SyslogCounters } from './syslog-counters.ts'
export {
  type ListenerOptions,
  openSyslogListener,
  type SyslogListener,
  type SyslogListenerOptions,
} from './syslog-listener.ts'
export type { SyslogSink } from './syslog-sink.ts'
export type { TcpListenerOptions } from './tcp-listener.ts'
export type { TlsOptions } from './tls-handshakes.ts'
export type { UdpListenerOptions } from './udp-listener.ts'
