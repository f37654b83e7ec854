/** What a listener has seen since it was opened. */
export interface SyslogCounters {
  /** Handed over, too long ones included. */
  messages: number
  /** Of the messages, without their framing. */
  bytes: number
  /** Longer than `LINE_BYTES_MAX`: only their beginning was handed over. */
  tooLong: number
  /** Now. */
  connectionsOpen: number
  connectionsAccepted: number
  /** Closed at once: too many, in all or from one address. */
  connectionsRefused: number
  /** TLS connections that did not come about, by whatever side. */
  handshakeFailures: number
  /** Connections that were closed since no message could be found in what came. */
  framingErrors: number
  /** Messages that were cut by the end of their connection, and not handed over. */
  cutMessages: number
  /** Datagrams that the kernel dropped since nobody took them in time; null where it does not tell. */
  kernelDrops: number | null
  /** Datagrams dropped while the spool was full. */
  droppedSpoolFull: number
  /** Datagrams and connections from addresses that may not send. */
  droppedNotAllowed: number
}

export function newSyslogCounters(): SyslogCounters {
  return {
    messages: 0,
    bytes: 0,
    tooLong: 0,
    connectionsOpen: 0,
    connectionsAccepted: 0,
    connectionsRefused: 0,
    handshakeFailures: 0,
    framingErrors: 0,
    cutMessages: 0,
    kernelDrops: null,
    droppedSpoolFull: 0,
    droppedNotAllowed: 0,
  }
}
