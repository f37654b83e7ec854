/** Something worth knowing that is no failure of a call; the fields hold no secrets. */
export type KafkaLog = (
  level: 'debug' | 'info' | 'warn' | 'error',
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void

/** TLS towards the brokers. All texts are PEM; whoever read the files hands over their contents. */
export interface KafkaTls {
  /** Certificates of the authorities that are trusted; those of Node when left out. */
  readonly ca?: string
  /** Certificate of this client, for brokers that ask for one. */
  readonly cert?: string
  readonly key?: string
  /** The host name the brokers' certificates are for, when it is not the one connected to. */
  readonly serverName?: string
}

/** `plain` sends the password as it is, so it is refused without TLS. */
export interface KafkaSasl {
  readonly mechanism: 'scram-sha-256' | 'scram-sha-512' | 'plain'
  readonly username: string
  readonly password: string
}

export interface KafkaOptions {
  /** HOST:PORT of some brokers of the cluster; the others are learned from them. */
  readonly brokers: readonly string[]
  /** The name by which the brokers' logs know this process. */
  readonly clientId: string
  readonly tls?: KafkaTls
  readonly sasl?: KafkaSasl
  readonly log?: KafkaLog
  /** Of what is written. */
  readonly compression?: 'none' | 'gzip'
  readonly connectionTimeoutMs?: number
  /** How long one request may take. */
  readonly requestTimeoutMs?: number
  /** How long a member of a group may be silent before its partitions go to others; 6,000 to 30,000. */
  readonly sessionTimeoutMs?: number
  /** How long the broker lets a transaction be open before it aborts it. */
  readonly transactionTimeoutMs?: number
  /**
   * Bytes of one partition in one request, keys and framing included; a record that is larger is `too-large`. At most
   * what the topics take (`max.message.bytes`, 1,048,588 by default).
   */
  readonly batchBytesMax?: number
}

/** Options with nothing left open. */
export type KafkaSettings = Required<Omit<KafkaOptions, 'tls' | 'sasl'>> &
  Pick<KafkaOptions, 'tls' | 'sasl'>

/** How long one call of the library may take: a request, and a little for what stands around it. */
export function callLimitMs({ requestTimeoutMs, connectionTimeoutMs }: KafkaSettings): number {
  return requestTimeoutMs + 2 * connectionTimeoutMs
}

const ADDRESS = /^[^\s:]{1,255}:\d{1,5}$/

/** @throws TypeError when the options make no sense; the message holds no secret */
export function kafkaSettings(options: KafkaOptions): KafkaSettings {
  if (options.brokers.length === 0) throw new TypeError('no Kafka broker is given')
  const wrong = options.brokers.find((broker) => !ADDRESS.test(broker))
  if (wrong !== undefined) {
    throw new TypeError(`${JSON.stringify(wrong)} is no broker: HOST:PORT is wanted`)
  }
  if (options.sasl?.mechanism === 'plain' && options.tls === undefined) {
    throw new TypeError('SASL PLAIN needs TLS, or everybody on the way could read the password')
  }
  if ((options.tls?.cert === undefined) !== (options.tls?.key === undefined)) {
    throw new TypeError('a client certificate and its key are given together or not at all')
  }
  return {
    log: () => {},
    compression: 'none',
    connectionTimeoutMs: 5_000,
    requestTimeoutMs: 30_000,
    sessionTimeoutMs: 15_000,
    transactionTimeoutMs: 60_000,
    batchBytesMax: 1_000_000,
    ...options,
  }
}
