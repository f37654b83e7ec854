import { resolve } from 'node:path'
import type { OptionValues } from '../option-values.ts'
import { UsageError } from '../usage-error.ts'
import { type ConfigFile, readConfigFile } from './config-file.ts'
import { mistakesOf, nameOf, wordsOf } from './mistakes.ts'
import { type ConfigFileContent, configSchema } from './schema.ts'
import { fieldAt, memberOf, type Path, valueAt } from './schema-at.ts'
import { SETTINGS, type Setting } from './settings.ts'

/** What flags, environment and file say together, without the defaults. */
export interface MergedSettings {
  readonly content: ConfigFileContent
  readonly file: ConfigFile | null
  /** `--http-port`, `SEKISHO_HTTP_PORT` or `sekisho.yaml:12`; null for what nobody has said. */
  originOf(path: Path): string | null
}

/**
 * Reads the file that `--config` names (else `./sekisho.yaml` if there is one) and puts flags and environment over it.
 * @throws UsageError that names every mistake with where it was made
 */
export function readSettings(values: OptionValues): MergedSettings {
  const file = readConfigFile(values.text('config'))
  let content: unknown = file?.content ?? {}
  const origins = new Map<string, string>()
  const mistakes: string[] = []
  for (const setting of SETTINGS) {
    const text = values.text(setting.option)
    if (text === null) continue
    const value = readAs(setting, text)
    const origin = values.originOf(setting.option) ?? ''
    const problem = problemOf(value, setting.path, content)
    if (problem === '') {
      content = withValue(content, setting.path, value)
      origins.set(setting.path.join('.'), origin)
    } else mistakes.push(`${origin} ${problem}`)
  }
  const merged = (mistakes.length > 0 ? {} : content) as ConfigFileContent
  const originOf = (path: Path): string | null => {
    for (let length = path.length; length > 0; length--) {
      const origin = origins.get(path.slice(0, length).map(String).join('.'))
      if (origin !== undefined && valueAt(merged, path) !== undefined) return origin
    }
    const line = file?.lineOf(path) ?? null
    return line === null ? null : `${file?.path}:${line}`
  }
  mistakes.push(...incompleteGroups(merged, originOf))
  if (mistakes.length > 0) throw new UsageError(mistakes.join('\n'))
  return { content: merged, file, originOf }
}

/** Groups that the environment began and left incomplete; the file was found to be in order before. */
function incompleteGroups(content: unknown, originOf: (path: Path) => string | null): string[] {
  const checked = configSchema.safeParse(content, { reportInput: true })
  if (checked.success) return []
  return mistakesOf(checked.error, content).map(({ path, sentence }) => {
    return `${sentence}; ${originIn(content, path.slice(0, -1), originOf)} sets another part of it`
  })
}

/** Where any value of a group comes from. */
function originIn(
  content: unknown,
  path: Path,
  originOf: (path: Path) => string | null,
): string | null {
  const group = valueAt(content, path)
  if (typeof group !== 'object' || group === null) return originOf(path)
  const first = Object.keys(group).map((key) => originOf([...path, key]))
  return first.find((origin) => origin !== null) ?? null
}

function readAs({ kind }: Setting, text: string): unknown {
  if (kind === 'list') return text.split(',').map((part) => part.trim())
  if (kind === 'number') return /^\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : text
  if (kind === 'truth') return text === 'true' ? true : text
  return kind === 'path' ? resolve(text) : text
}

function problemOf(value: unknown, path: Path, content: unknown): string {
  const checked = fieldAt(path, content)?.safeParse(value, { reportInput: true })
  const [issue] = checked?.error?.issues ?? []
  if (issue === undefined) return ''
  return issue.path.length === 0
    ? wordsOf(issue)
    : `${nameOf(issue.path).replace(/^\[(\d+)\]/, 'item $1')} ${wordsOf(issue)}`
}

/** A copy with one value set, groups on the way made where there are none. */
function withValue(content: unknown, path: Path, value: unknown): unknown {
  const [part, ...rest] = path
  if (part === undefined) {
    // `true` switches a group on; what the file says in the group holds on.
    return value === true && isGroup(content) ? content : value
  }
  const group = isGroup(content) ? content : {}
  return { ...group, [part]: withValue(memberOf(group, part), rest, value) }
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
