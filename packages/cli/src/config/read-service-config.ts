import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import { UsageError } from '../usage-error.ts'
import { type Config, configOf } from './config.ts'
import { contradictionsIn } from './contradictions.ts'
import { type Filled, filledOf } from './filled.ts'
import type { FilledSource } from './filled-sources.ts'
import { type MergedSettings, readSettings } from './merged-settings.ts'
import { outputConfigOf } from './outputs-config.ts'
import { Secret } from './secret.ts'
import type { HttpConfig, KafkaConfig, ServiceConfig, SourceConfig } from './service-config.ts'
import { SECRET_VARIABLES } from './settings.ts'
import { bytesOf } from './value-schemas.ts'

type Environment = Io['environment']

/** What is in force, and where it comes from. */
export interface SettingsInForce {
  readonly filled: Filled
  readonly settings: MergedSettings
}

/**
 * Flags, environment, file and defaults together, checked against each other. Reads no secret.
 * @throws UsageError that names every mistake with where it was made
 */
export function settingsInForce(values: OptionValues, environment: Environment): SettingsInForce {
  const settings = readSettings(values)
  const filled = filledOf(settings)
  const mistakes = contradictionsIn(filled, {
    kafkaPassword: isGiven(environment, SECRET_VARIABLES.kafkaPassword),
    httpToken: isGiven(environment, SECRET_VARIABLES.httpToken),
    elasticsearchApiKey: isGiven(environment, SECRET_VARIABLES.elasticsearchApiKey),
    elasticsearchPassword: isGiven(environment, SECRET_VARIABLES.elasticsearchPassword),
    webhookSecret: isGiven(environment, SECRET_VARIABLES.webhookSecret),
    webhookToken: isGiven(environment, SECRET_VARIABLES.webhookToken),
  })
  if (mistakes.length === 0) return { filled, settings }
  const sentences = mistakes.map(({ path, sentence }) => {
    const origin = settings.originOf(path) ?? settings.originOf(path.slice(0, -1))
    return origin === null ? sentence : `${origin}: ${sentence}`
  })
  throw new UsageError(sentences.join('\n'))
}

/**
 * Reads the configuration of a service: flags, then the environment, then the file that `--config` names (else
 * `./sekisho.yaml` if there is one), then the defaults. Secrets are read when they are used, but for the key of
 * hashes, which belongs to detection.
 * @throws UsageError that names every mistake with where it was made
 */
export function readServiceConfig(values: OptionValues, environment: Environment): ServiceConfig {
  const { filled, settings } = settingsInForce(values, environment)
  return serviceConfigOf(
    filled,
    configOf({ ...settings.content, hashKeyFile: filled.hashKeyFile }, settings.file?.path ?? null),
    environment,
  )
}

/** @param config what detection was told by the same settings */
export function serviceConfigOf(
  filled: Filled,
  config: Config,
  environment: Environment,
): ServiceConfig {
  return {
    ...config,
    sources: filled.sources.map((source, index) => sourceOf(source, index, environment)),
    state: {
      folder: filled.state.folder,
      snapshotMs: filled.state.snapshotSeconds * 1000,
      spoolBytesMax: bytesOf(filled.state.spoolBytesMax) ?? 0,
    },
    kafka: kafkaOf(filled.kafka, environment),
    outputs: filled.outputs.map((output, index) => outputConfigOf(output, index, environment)),
    signalsPath: filled.signals ?? null,
    deadLettersPath: filled.deadLetters,
    http: httpOf(filled.http, environment),
    log: filled.log,
  }
}

function sourceOf(source: FilledSource, index: number, environment: Environment): SourceConfig {
  const timezone = source.timezone ?? null
  if (source.type !== 'syslog') return { ...source, timezone }
  const allow = source.allow ?? null
  if (source.transport === 'tcp') return { ...source, timezone, allow }
  if (source.transport === 'udp') {
    const receiveBufferBytes = bytesOf(source.receiveBufferBytes) ?? 0
    return { ...source, timezone, allow, receiveBufferBytes }
  }
  const { certFile, keyFile, clientCaFile, clientCertificate } = source.tls
  const tls = {
    certFile,
    key: secretFile(keyFile, `sources[${index + 1}].tls.keyFile`, environment),
    clientCaFile: clientCaFile ?? null,
    clientCertificate: clientCertificate ?? ('none' as const),
  }
  return { ...source, timezone, allow, tls }
}

function kafkaOf(kafka: Filled['kafka'], environment: Environment): KafkaConfig | null {
  if (kafka === undefined) return null
  const { tls, sasl, ...rest } = kafka
  const files = tls === true ? {} : (tls ?? {})
  const key = files.keyFile
  return {
    ...rest,
    tls:
      tls === undefined
        ? null
        : {
            caFile: files.caFile ?? null,
            certFile: files.certFile ?? null,
            key: key === undefined ? null : secretFile(key, 'kafka.tls.keyFile', environment),
            serverName: files.serverName ?? null,
          },
    sasl:
      sasl === undefined
        ? null
        : {
            mechanism: sasl.mechanism,
            username: sasl.username,
            password: secretOf(
              SECRET_VARIABLES.kafkaPassword,
              sasl.passwordFile ?? '',
              'kafka.sasl.passwordFile',
              environment,
            ),
          },
  }
}

function httpOf(http: Filled['http'], environment: Environment): HttpConfig | null {
  if (http === false) return null
  const { address, port, tokenFile } = http
  const hasToken = tokenFile !== undefined || isGiven(environment, SECRET_VARIABLES.httpToken)
  const token = hasToken
    ? secretOf(SECRET_VARIABLES.httpToken, tokenFile ?? '', 'http.tokenFile', environment)
    : null
  return { address, port, token }
}

/** Of the environment, else of a file. */
function secretOf(variable: string, path: string, key: string, environment: Environment): Secret {
  return isGiven(environment, variable)
    ? Secret.inVariable(variable, environment[variable] ?? '')
    : secretFile(path, key, environment)
}

function secretFile(path: string, key: string, environment: Environment): Secret {
  return Secret.inFile(path, key, environment.CREDENTIALS_DIRECTORY ?? null)
}

/** An empty variable counts as none, as it does for options. */
function isGiven(environment: Environment, variable: string): boolean {
  return (environment[variable] ?? '') !== ''
}
