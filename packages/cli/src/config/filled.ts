import { dirname, join, resolve } from 'node:path'
import { CONSTANTS, type Constant, DEFAULT_CONFIG } from '@sekisho/detect'
import { filledOutputs } from './filled-outputs.ts'
import { filledSources } from './filled-sources.ts'
import { filledTls } from './filled-tls.ts'
import type { KafkaContent } from './kafka-schema.ts'
import type { MergedSettings } from './merged-settings.ts'
import type { ConfigFileContent } from './schema.ts'
import { ALERTS_FILE, DEAD_LETTERS_FILE, SERVICE_DEFAULTS } from './service-defaults.ts'

/** A configuration file in which nothing is left to a default: what is in force, in the order of the page about it. */
export type Filled = ReturnType<typeof filledOf>

/** Puts the defaults where nobody said anything, and makes every path absolute: in the file they start from its folder. */
export function filledOf({ content, file }: Pick<MergedSettings, 'content' | 'file'>) {
  const base = dirname(resolve(file?.path ?? 'sekisho.yaml'))
  const inFolder = (path: string): string => resolve(base, path)
  const { state, http, log } = SERVICE_DEFAULTS
  const { timezone, signals, kafka, hashKey, hashKeyFile } = content
  const folder = inFolder(content.state?.folder ?? state.folder)
  return {
    tenant: content.tenant ?? DEFAULT_CONFIG.tenant,
    ...(timezone === undefined ? {} : { timezone }),
    sources: filledSources(content.sources ?? [], inFolder, timezone),
    state: {
      folder,
      snapshotSeconds: content.state?.snapshotSeconds ?? state.snapshotSeconds,
      spoolBytesMax: content.state?.spoolBytesMax ?? state.spoolBytesMax,
    },
    ...(kafka === undefined ? {} : { kafka: filledKafka(kafka, inFolder) }),
    outputs: filledOutputs(
      content.outputs ?? [{ type: 'file', path: join(folder, ALERTS_FILE) }],
      inFolder,
    ),
    ...(signals === undefined ? {} : { signals: inFolder(signals) }),
    deadLetters: inFolder(content.deadLetters ?? join(folder, DEAD_LETTERS_FILE)),
    http:
      content.http === false
        ? (false as const)
        : {
            address: content.http?.address ?? http.address,
            port: content.http?.port ?? http.port,
            ...(content.http?.tokenFile === undefined
              ? {}
              : { tokenFile: inFolder(content.http.tokenFile) }),
          },
    log: {
      level: content.log?.level ?? log.level,
      format: content.log?.format ?? log.format,
    },
    ...(hashKey === undefined ? {} : { hashKey }),
    ...(hashKeyFile === undefined ? {} : { hashKeyFile: inFolder(hashKeyFile) }),
    networks: content.networks ?? [],
    travel: { mode: content.travel?.mode ?? DEFAULT_CONFIG.travel.mode },
    identity: {
      stripSuffixes: content.identity?.stripSuffixes ?? [],
      separateRealms: content.identity?.separateRealms ?? [],
      administratorRealms: content.identity?.administratorRealms ?? [],
    },
    gatewayGroups: content.gatewayGroups ?? {},
    limits: filledLimits(content),
  }
}

function filledKafka(kafka: KafkaContent, inFolder: (path: string) => string) {
  const { tls, sasl } = kafka
  return {
    brokers: kafka.brokers ?? [],
    clientId: kafka.clientId ?? SERVICE_DEFAULTS.kafka.clientId,
    prefix: kafka.prefix ?? SERVICE_DEFAULTS.kafka.prefix,
    partitions: kafka.partitions ?? SERVICE_DEFAULTS.kafka.partitions,
    replicationFactor: kafka.replicationFactor ?? SERVICE_DEFAULTS.kafka.replicationFactor,
    ...(tls === undefined ? {} : { tls: tls === true ? tls : filledTls(tls, inFolder) }),
    ...(sasl === undefined
      ? {}
      : {
          sasl: {
            ...sasl,
            ...(sasl.passwordFile === undefined
              ? {}
              : { passwordFile: inFolder(sasl.passwordFile) }),
          },
        }),
  }
}

function filledLimits({ limits }: ConfigFileContent): Record<string, Record<string, number>> {
  type Overrides = Readonly<Record<string, Readonly<Record<string, number>> | undefined>>
  const overrides = (limits ?? {}) as Overrides
  return Object.fromEntries(
    Object.entries<Readonly<Record<string, Constant>>>(CONSTANTS).map(([group, constants]) => {
      const values = Object.entries(constants).map(([name, { value }]) => {
        return [name, overrides[group]?.[name] ?? value] as const
      })
      return [group, Object.fromEntries(values)] as const
    }),
  )
}
