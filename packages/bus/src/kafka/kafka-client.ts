import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import {
  CompressionTypes,
  type ISocketFactoryArgs,
  Kafka,
  type LogEntry,
  logLevel,
  type RetryOptions,
  type SASLOptions,
} from 'kafkajs'
import type { KafkaLog, KafkaSasl, KafkaSettings } from './kafka-options.ts'

/** For what somebody waits for: an answer, good or bad, within a second or so. */
const PROMPT: RetryOptions = {
  initialRetryTime: 50,
  multiplier: 2,
  factor: 0.2,
  maxRetryTime: 500,
  retries: 3,
}

/**
 * For what must survive the restart of a broker: some 40 s in all. The first retries come quickly, because every
 * transaction that follows another at once is told to wait a few milliseconds (CONCURRENT_TRANSACTIONS).
 */
const PATIENT: RetryOptions = {
  initialRetryTime: 5,
  multiplier: 1.5,
  factor: 0.2,
  maxRetryTime: 1_000,
  retries: 48,
}

const KEEP_ALIVE_MS = 60_000

export type Patience = 'prompt' | 'patient'

/** The client library, as the rest of this folder uses it. */
export function kafkaClient(settings: KafkaSettings, patience: Patience): Kafka {
  hideNegativeTimeoutWarning()
  const { tls, sasl } = settings
  return new Kafka({
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    connectionTimeout: settings.connectionTimeoutMs,
    authenticationTimeout: settings.connectionTimeoutMs,
    requestTimeout: settings.requestTimeoutMs,
    retry: patience === 'prompt' ? PROMPT : PATIENT,
    socketFactory: connectedSocket,
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => logged(entry, settings.log),
    ...(tls && {
      ssl: {
        ...(tls.ca !== undefined && { ca: tls.ca }),
        ...(tls.cert !== undefined && { cert: tls.cert, key: tls.key }),
        ...(tls.serverName !== undefined && { servername: tls.serverName }),
      },
    }),
    // Copied field by field: the library keeps in it what it made of the password.
    ...(sasl && { sasl: saslOptions(sasl) }),
  })
}

function saslOptions({ mechanism, username, password }: KafkaSasl): SASLOptions {
  return { mechanism, username, password } as SASLOptions
}

/**
 * As the library makes its sockets, but without waiting to fill a packet (its requests are small and waited for), and
 * without the warning of Node about listeners, of which the library leaves many while a broker is away.
 */
function connectedSocket({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket {
  const serverName = isIP(host) ? {} : { servername: host }
  const socket: Socket = ssl
    ? connectTls({ host, port, ...serverName, ...ssl }, onConnect)
    : connect({ host, port }, onConnect)
  socket.setMaxListeners(0)
  socket.setNoDelay(true)
  socket.setKeepAlive(true, KEEP_ALIVE_MS)
  return socket
}

export function compressionType(settings: KafkaSettings): CompressionTypes {
  return settings.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None
}

/** The writers answer for what this warns of: when the retries are over they say `uncertain` and end. */
const ANSWERED = 'Limiting retries for the idempotent producer'

/**
 * All that the library says is for those who look for a fault: it calls an error what it goes on to try again. What
 * fails in the end is thrown.
 */
function logged({ namespace, log }: LogEntry, to: KafkaLog): void {
  const { message, timestamp, logger, stack, ...fields } = log
  if (!message.startsWith(ANSWERED)) to('debug', message, { component: namespace, ...fields })
}

let isWarningHidden = false

/**
 * The library sets timers in the past, of which Node warns the user, once per process. So the one warning is
 * provoked here while nobody hears it.
 */
function hideNegativeTimeoutWarning(): void {
  if (isWarningHidden) return
  isWarningHidden = true
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    clearTimeout(setTimeout(() => {}, -1))
  } finally {
    process.emitWarning = emitWarning
  }
}
