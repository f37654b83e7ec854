import { dirname, resolve } from 'node:path'
import { DEFAULT_CONFIG, type DetectConfig, type LimitOverrides, limitsOf } from '@sekisho/detect'
import { foldedOf } from '@sekisho/event'
import type { NetworkRule } from '@sekisho/locate'
import { UsageError } from '../usage-error.ts'
import { parseConfigFile, readConfigFile, textOf } from './config-file.ts'
import type { ConfigFileContent } from './schema.ts'

/** What `sekisho.yaml` and the defaults say together. */
export interface Config {
  readonly detect: DetectConfig
  readonly networks: readonly NetworkRule[]
  /** Zone of lines that carry none; null when the file names none. */
  readonly timezone: string | null
  /** The file that was read, null when there was none. */
  readonly path: string | null
}

/**
 * Reads the configuration: the file named, else `./sekisho.yaml` if there is one, else the defaults.
 * @throws UsageError that names every mistake with its line
 */
export function readConfig(path: string | null): Config {
  const file = readConfigFile(path)
  return configOf(file?.content ?? {}, file?.path ?? null)
}

/** @throws UsageError */
export function parseConfig(text: string, path: string): ConfigFileContent {
  return parseConfigFile(text, path).content
}

/** @param path of the file, which relative paths in it start from. @throws UsageError */
export function configOf(content: ConfigFileContent, path: string | null): Config {
  const { tenant, hashKey, hashKeyFile, travel, identity, gatewayGroups, limits } = content
  const fileKey =
    hashKeyFile === undefined ? undefined : keyIn(resolve(dirname(path ?? ''), hashKeyFile))
  const defaults = DEFAULT_CONFIG
  return {
    detect: {
      tenant: tenant ?? defaults.tenant,
      hashKey: hashKey ?? fileKey ?? defaults.hashKey,
      travel: { mode: travel?.mode ?? defaults.travel.mode },
      identity: {
        stripSuffixes: (identity?.stripSuffixes ?? []).map((suffix) =>
          foldedOf(suffix.startsWith('@') ? suffix.slice(1) : suffix),
        ),
        separateRealms: identity?.separateRealms ?? [],
        administratorRealms: identity?.administratorRealms ?? [],
      },
      gatewayGroups: gatewayGroups ?? {},
      limits: limitsOf((limits ?? {}) as LimitOverrides),
    },
    networks: (content.networks ?? []) as NetworkRule[],
    timezone: content.timezone ?? null,
    path,
  }
}

function keyIn(path: string): string {
  const key = (textOf(path, false) ?? '').trim()
  if (key === '') throw new UsageError(`${path} (hashKeyFile) is empty`)
  return key
}
