/** A user of the listener with TLS and SCRAM-SHA-512. */
export interface KafkaUser {
  readonly username: string
  readonly password: string
}

export interface StartKafkaOptions {
  /** Where it listens on 127.0.0.1 without TLS; a free one by default. */
  readonly port?: number
  readonly heapMb?: number
  readonly sasl?: KafkaUser
  /** Whether it outlives this process. */
  readonly isDetached?: boolean
}

export interface KafkaServer {
  /** HOST:PORT without TLS. */
  readonly brokers: string[]
  /** HOST:PORT with TLS and SCRAM-SHA-512, and the certificate (PEM) of the authority; for the host `localhost`. */
  readonly sasl: (KafkaUser & { readonly brokers: string[]; readonly ca: string }) | null
  readonly folder: string
  readonly pid: number
  /** Ends it and starts it again with what it has on disk, `downMs` later. */
  restart(options?: { signal?: 'SIGTERM' | 'SIGKILL'; downMs?: number }): Promise<void>
  /** Sends it a signal, such as SIGSTOP. */
  signal(name: NodeJS.Signals): void
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

export function startKafka(options?: StartKafkaOptions): Promise<KafkaServer>
