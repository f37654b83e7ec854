/** What holds where neither flag nor environment nor file says otherwise. Sizes may be written as in the file. */
export const SERVICE_DEFAULTS = {
  state: { folder: './sekisho-state', snapshotSeconds: 5, spoolBytesMax: '1GiB' },
  kafka: { clientId: 'sekisho', prefix: 'sekisho', partitions: 12, replicationFactor: 3 },
  http: { address: '127.0.0.1', port: 9464 },
  log: { level: 'info', format: 'json' },
} as const

/**
 * Of a syslog listener. 5514 needs no privilege, unlike 514; 6514 is the port of syslog over TLS (RFC 5425, section 4.1). The kernel
 * grants a receive buffer only up to `net.core.rmem_max`.
 */
export const SYSLOG_DEFAULTS = {
  udp: { address: '127.0.0.1', port: 5514, receiveBufferBytes: '8MiB' },
  tcp: { address: '127.0.0.1', port: 5514, connectionsMax: 1000, connectionsPerAddressMax: 100 },
  tls: { address: '127.0.0.1', port: 6514, connectionsMax: 1000, connectionsPerAddressMax: 100 },
} as const

/** Of followed files: how often they are looked at. */
export const FILES_DEFAULTS = { pollMs: 250 } as const

/**
 * Of outputs. 514 is the port of syslog over UDP (RFC 5426, section 3.3) and the usual one over TCP, 6514 that over TLS.
 */
export const OUTPUT_DEFAULTS = {
  keep: 10,
  namespace: 'default',
  port: { udp: 514, tcp: 514, tls: 6514 },
  format: 'cef',
  template: 'json',
} as const

/** Files that are named after nothing else, in the state folder: what a service may write is there. */
export const ALERTS_FILE = 'alerts.ndjson'
export const DEAD_LETTERS_FILE = 'dead-letters.ndjson'
