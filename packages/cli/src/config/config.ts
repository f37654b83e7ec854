import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DEFAULT_CONFIG, type DetectConfig, type LimitOverrides, limitsOf } from '@sekisho/detect'
import { foldedOf } from '@sekisho/event'
import type { NetworkRule } from '@sekisho/locate'
import { LineCounter, parseDocument } from 'yaml'
import { shownStart } from '../terminal/shown-text.ts'
import { UsageError } from '../usage-error.ts'
import { mistakesOf } from './mistakes.ts'
import { type ConfigFileContent, configSchema } from './schema.ts'

/** What `sekisho.yaml` and the defaults say together. */
export interface Config {
  readonly detect: DetectConfig
  readonly networks: readonly NetworkRule[]
  /** Zone of lines that carry none; null when the file names none. */
  readonly timezone: string | null
  /** The file that was read, null when there was none. */
  readonly path: string | null
}

const DEFAULT_PATH = 'sekisho.yaml'

/** A configuration is written by hand; anything larger was named by mistake. */
const FILE_BYTES_MAX = 16 * 1024 * 1024

/**
 * Reads the configuration: the file named, else `./sekisho.yaml` if there is one, else the defaults.
 * @throws UsageError that names every mistake with its line
 */
export function readConfig(path: string | null): Config {
  const text = path === null ? textOf(DEFAULT_PATH, true) : textOf(path, false)
  if (text === null) return configOf({}, null)
  const used = path ?? DEFAULT_PATH
  return configOf(parseConfig(text, used), used)
}

/** @throws UsageError */
export function parseConfig(text: string, path: string): ConfigFileContent {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const broken = document.errors.map(({ pos, message }) => {
    return `line ${lines.linePos(pos[0]).line}: ${shownStart(message, 400)}`
  })
  if (broken.length > 0) throw mistaken(path, broken)
  let content: unknown
  try {
    content = document.toJS() ?? {}
  } catch (error) {
    // Aliases that would unfold into more than memory holds.
    throw mistaken(path, [shownStart((error as Error).message, 400)])
  }
  const checked = configSchema.safeParse(content, { reportInput: true })
  if (checked.success) return checked.data
  throw mistaken(path, mistakesOf(checked.error, document.contents, lines))
}

function mistaken(path: string, mistakes: readonly string[]): UsageError {
  return new UsageError(mistakes.map((mistake) => `${path}: ${mistake}`).join('\n'))
}

function configOf(content: ConfigFileContent, path: string | null): Config {
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

/** @returns null when the file is not there and need not be */
function textOf(path: string, isOptional: boolean): string | null {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && isOptional) return null
    const why = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'it is a folder' : message
    throw new UsageError(`${path} cannot be read: ${why}`)
  }
  if (bytes.length > FILE_BYTES_MAX) throw new UsageError(`${path} is no configuration: too large`)
  return bytes.toString('utf8')
}
