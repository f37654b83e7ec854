import type { Options } from '../command.ts'
import { variableOf } from '../option-values.ts'

/** A value of the configuration that the environment may set, too, and for some a flag. */
export interface Setting {
  /** Name of the option: `kafka-brokers` for `--kafka-brokers` and `SEKISHO_KAFKA_BROKERS`. */
  readonly option: string
  /** Its place in the file. */
  readonly path: readonly string[]
  /** How its text is read. A list is separated by commas; a path starts from the working folder. */
  readonly kind: 'text' | 'number' | 'path' | 'list' | 'truth'
  /** Text of the help; null when there is no flag. */
  readonly flag: string | null
}

function setting(place: string, kind: Setting['kind'], flag: string | null = null): Setting {
  const path = place.split('.')
  const words = path.map((part) => part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
  return { option: words.join('-'), path, kind, flag }
}

/** Every such value. The order is that of the file. */
export const SETTINGS: readonly Setting[] = [
  setting('tenant', 'text'),
  setting('timezone', 'text', 'zone of lines that carry none: Asia/Tokyo, +09:00'),
  setting(
    'state.folder',
    'path',
    'folder for snapshots, spool and positions (default: ./sekisho-state)',
  ),
  setting('state.snapshotSeconds', 'number'),
  setting('state.spoolBytesMax', 'text'),
  setting('kafka.brokers', 'list', 'HOST:PORT of some brokers of Kafka, separated by commas'),
  setting('kafka.clientId', 'text'),
  setting('kafka.prefix', 'text', 'begins the names of topics and groups (default: sekisho)'),
  setting('kafka.partitions', 'number'),
  setting('kafka.replicationFactor', 'number'),
  setting('kafka.tls', 'truth'),
  setting('kafka.tls.caFile', 'path'),
  setting('kafka.tls.certFile', 'path'),
  setting('kafka.tls.keyFile', 'path'),
  setting('kafka.tls.serverName', 'text'),
  setting('kafka.sasl.mechanism', 'text'),
  setting('kafka.sasl.username', 'text'),
  setting('kafka.sasl.passwordFile', 'path'),
  setting('http.address', 'text', 'address for health and metrics (default: 127.0.0.1)'),
  setting('http.port', 'number', 'port for health and metrics (default: 9464)'),
  setting('http.tokenFile', 'path'),
  setting('log.level', 'text', 'debug, info, warn or error (default: info)'),
  setting('log.format', 'text', 'json or text (default: json)'),
]

/** Options of every command that reads the whole configuration. */
export const SERVICE_OPTIONS: Options = {
  config: {
    kind: 'value',
    describe: 'configuration file (default: ./sekisho.yaml if there is one)',
  },
  ...Object.fromEntries(
    SETTINGS.flatMap(({ option, flag }) => {
      return flag === null ? [] : [[option, { kind: 'value', describe: flag }] as const]
    }),
  ),
}

/** Secrets that the environment may hold. There is no flag: every user of a machine sees the flags of its processes. */
export const SECRET_VARIABLES = {
  kafkaPassword: variableOf('kafka-password'),
  httpToken: variableOf('http-token'),
  elasticsearchApiKey: 'SEKISHO_ELASTICSEARCH_API_KEY',
  elasticsearchPassword: 'SEKISHO_ELASTICSEARCH_PASSWORD',
  webhookSecret: 'SEKISHO_WEBHOOK_SECRET',
  webhookToken: 'SEKISHO_WEBHOOK_TOKEN',
} as const
