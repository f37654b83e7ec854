import type { Config } from './config.ts'
import type { Secret } from './secret.ts'

/** What a service was told: flags, environment, `sekisho.yaml` and defaults. Paths are absolute. */
export interface ServiceConfig extends Config {
  readonly sources: readonly SourceConfig[]
  readonly state: StateConfig
  /** Null when no broker is named. */
  readonly kafka: KafkaConfig | null
  readonly outputs: readonly OutputConfig[]
  /** File for what is too weak for an alert; null when it is only counted. */
  readonly signalsPath: string | null
  /** File for lines that could not be read, of `sekisho run`. */
  readonly deadLettersPath: string
  /** Null when neither health nor metrics are served. */
  readonly http: HttpConfig | null
  readonly log: LogConfig
}

export type SourceConfig = SyslogSourceConfig | FilesSourceConfig | KafkaSourceConfig

interface CommonSourceConfig {
  /** Unique among the sources. */
  readonly name: string
  /** Zone of lines that carry none: the source's own or the configuration's; null where neither names one. */
  readonly timezone: string | null
}

export type SyslogSourceConfig = UdpSyslogConfig | TcpSyslogConfig | TlsSyslogConfig

interface CommonSyslogConfig extends CommonSourceConfig {
  readonly type: 'syslog'
  /** IPv4 or IPv6. */
  readonly address: string
  readonly port: number
  /** Networks that may send; null for everybody. */
  readonly allow: readonly string[] | null
}

export interface UdpSyslogConfig extends CommonSyslogConfig {
  readonly transport: 'udp'
  readonly receiveBufferBytes: number
}

export interface TcpSyslogConfig extends CommonSyslogConfig {
  readonly transport: 'tcp'
  readonly connectionsMax: number
  readonly connectionsPerAddressMax: number
}

export interface TlsSyslogConfig extends CommonSyslogConfig {
  readonly transport: 'tls'
  readonly connectionsMax: number
  readonly connectionsPerAddressMax: number
  readonly tls: ServerTlsConfig
}

/** `tls-files.ts` reads and checks what is named here. */
export interface ServerTlsConfig {
  readonly certFile: string
  readonly key: Secret
  readonly clientCaFile: string | null
  readonly clientCertificate: 'none' | 'optional' | 'required'
}

export interface FilesSourceConfig extends CommonSourceConfig {
  readonly type: 'files'
  /** Paths and globs, absolute. */
  readonly paths: readonly string[]
  readonly pollMs: number
}

/** A topic whose values are raw lines. */
export interface KafkaSourceConfig extends CommonSourceConfig {
  readonly type: 'kafka'
  readonly topic: string
}

export interface StateConfig {
  readonly folder: string
  readonly snapshotMs: number
  readonly spoolBytesMax: number
}

export interface KafkaConfig {
  /** `host:port` */
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly prefix: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly tls: ClientTlsConfig | null
  readonly sasl: SaslConfig | null
}

/** `tls-files.ts` reads and checks what is named here. All null: TLS with the authorities that Node trusts. */
export interface ClientTlsConfig {
  readonly caFile: string | null
  readonly certFile: string | null
  readonly key: Secret | null
  readonly serverName: string | null
}

export interface SaslConfig {
  readonly mechanism: 'scram-sha-256' | 'scram-sha-512' | 'plain'
  readonly username: string
  readonly password: Secret
}

export type OutputConfig =
  | FileOutputConfig
  | { readonly type: 'stdout' }
  | ElasticsearchOutputConfig
  | SyslogOutputConfig
  | WebhookOutputConfig

export interface FileOutputConfig {
  readonly type: 'file'
  readonly path: string
  /** Null when the file grows for ever, or somebody else rotates it. */
  readonly rotate: RotateConfig | null
}

export interface RotateConfig {
  /** A file that has grown to this is put aside. */
  readonly bytes: number
  /** Files that are kept beside the one that is written. */
  readonly keep: number
}

/** Alerts to somebody else's server. */
interface CommonDestinationConfig {
  /** Unique among the outputs. */
  readonly name: string
}

export interface ElasticsearchOutputConfig extends CommonDestinationConfig {
  readonly type: 'elasticsearch'
  readonly urls: readonly string[]
  readonly caFile: string | null
  /** SHA-256 of the authority's certificate, instead of `caFile`. */
  readonly caFingerprint: string | null
  /** Null: no login, which only a server without security takes. */
  readonly login: ElasticsearchLogin | null
  readonly namespace: string
}

export type ElasticsearchLogin =
  | { readonly apiKey: Secret }
  | { readonly username: string; readonly password: Secret }

export interface SyslogOutputConfig extends CommonDestinationConfig {
  readonly type: 'syslog'
  /** Name or address. */
  readonly address: string
  readonly port: number
  readonly transport: 'udp' | 'tcp' | 'tls'
  readonly format: 'cef' | 'leef' | 'json'
  /** Null unless the transport is tls. */
  readonly tls: ClientTlsConfig | null
}

export interface WebhookOutputConfig extends CommonDestinationConfig {
  readonly type: 'webhook'
  /** A secret for chat services, whose addresses are their passwords. */
  readonly url: Secret
  readonly template: 'json' | 'slack' | 'teams' | 'splunk-hec'
  /** Signs each request. */
  readonly secret: Secret | null
  /** Of Splunk's collector. */
  readonly token: Secret | null
  readonly caFile: string | null
}

export interface HttpConfig {
  readonly address: string
  readonly port: number
  /** Bearer token of every request; null on loopback without one. */
  readonly token: Secret | null
}

export interface LogConfig {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly format: 'json' | 'text'
}
