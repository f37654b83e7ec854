import { Document, isCollection, isScalar, type Node } from 'yaml'
import type { Io } from '../io.ts'
import type { SettingsInForce } from './read-service-config.ts'
import type { Path } from './schema-at.ts'
import { SECRET_VARIABLES } from './settings.ts'

/**
 * The values in force as a configuration file that says the same. Paths are shown, what stands in secret files is not.
 * @param isOriginShown adds to each value where it comes from
 */
export function shownSettings(
  { filled, settings }: SettingsInForce,
  environment: Io['environment'],
  isOriginShown: boolean,
): string {
  const { hashKey, ...rest } = filled
  const document = new Document(withoutEmpty(rest))
  if (isOriginShown) {
    annotate(document.contents, [], (path) => settings.originOf(path) ?? 'default')
  }
  const secrets: string[] = []
  for (const [name, variable] of Object.entries(SECRET_VARIABLES)) {
    if ((environment[variable] ?? '') === '') continue
    secrets.push(` ${PLACES[name as keyof typeof PLACES]}: (from ${variable}, not shown)`)
  }
  if (hashKey !== undefined) {
    secrets.push(` hashKey: (from ${settings.originOf(['hashKey'])}, not shown)`)
  }
  if (secrets.length > 0) document.comment = secrets.join('\n')
  return document.toString({ lineWidth: 0 })
}

const PLACES: Readonly<Record<keyof typeof SECRET_VARIABLES, string>> = {
  kafkaPassword: 'kafka.sasl.password',
  httpToken: 'http token',
  elasticsearchApiKey: 'API key of an elasticsearch output',
  elasticsearchPassword: 'password of an elasticsearch output',
  webhookSecret: 'signing secret of a webhook',
  webhookToken: 'token of a webhook for splunk-hec',
}

/** Lists and groups that hold nothing say nothing. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutEmpty)
  const members = Object.entries(value).map(([key, member]) => [key, withoutEmpty(member)] as const)
  return Object.fromEntries(members.filter(([, member]) => !isEmpty(member)))
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** Puts a comment behind every value that is no group. */
function annotate(node: unknown, path: Path, originOf: (path: Path) => string): void {
  if (isScalar(node)) node.comment = ` ${originOf(path)}`
  if (!isCollection(node)) return
  for (const [index, item] of node.items.entries()) {
    const pair = item as { key?: Node; value?: unknown }
    if (isScalar(pair.key)) annotate(pair.value, [...path, String(pair.key.value)], originOf)
    else annotate(item, [...path, index], originOf)
  }
}
