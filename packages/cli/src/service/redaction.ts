import type { Fields } from './logger.ts'

/** Limits on what one line of a log may hold: fields come from libraries, too. */
const DEPTH_MAX = 6
const MEMBERS_MAX = 50
const TEXT_LENGTH_MAX = 4096
const STACK_LENGTH_MAX = 4096

const NOT_SHOWN = '(not shown)'

/** Names of fields that hold secrets, whatever stands before or after: `saslPassword`, `x-api-key`. */
const SECRET_NAME =
  /pass(?:word|wd|phrase)|secret|token|authori[sz]ation|credential|api[-_]?key|private[-_]?key|hash[-_]?key|cookie|^(?:pass|pwd|key)$/i

/** Names of fields that hold personal data: a log is read by more people than an alert. */
const PERSONAL_NAME =
  /^(?:user|users|user[-_]?(?:name|id|key)|account|login|e?mail|ip|source[-_.]?ip|client[-_]?ip|line|raw|raw[-_]?line|value)$/i

/** Secrets within sentences, as errors of libraries quote them: `password=…`, `Authorization: Bearer …`. */
const NAMED_SECRET =
  /\b((?:pass(?:word|wd|phrase)?|secret|token|authorization|api[-_]?key)["']?[=:] ?["']?)(?:(?:bearer|basic) )?[^\s"',;&]+/gi
const BEARER = /\b(bearer|basic) [A-Za-z0-9+/=._~-]{4,}/gi
const URL_PASSWORD = /(:\/\/[^\s:/@]{0,256}:)[^\s/@]{1,256}@/g
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g

/**
 * Fields as they may be logged: without secrets, without personal data unless it is asked for, and of limited size.
 * @param isPersonalShown true at the level debug, which is for the operator of a test
 */
export function redacted(fields: Fields, isPersonalShown: boolean): Record<string, unknown> {
  const seen = new Set<object>()
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return redactedText(value)
    if (typeof value === 'bigint') return String(value)
    if (typeof value !== 'object' || value === null) return isPlain(value) ? value : typeof value
    if (value instanceof Error) return errorFields(value, depth)
    if (Buffer.isBuffer(value)) return `${value.length} bytes`
    const converted = (value as { toJSON?: unknown }).toJSON
    if (typeof converted === 'function') return walk(converted.call(value), depth + 1)
    if (depth >= DEPTH_MAX || seen.has(value)) return '…'
    seen.add(value)
    const result = Array.isArray(value)
      ? value.slice(0, MEMBERS_MAX).map((member) => walk(member, depth + 1))
      : members(value, depth)
    seen.delete(value)
    return result
  }
  const members = (group: object, depth: number): Record<string, unknown> => {
    const entries = Object.entries(group).slice(0, MEMBERS_MAX)
    return Object.fromEntries(
      entries.flatMap(([name, value]): [string, unknown][] => {
        if (SECRET_NAME.test(name)) return [[name, NOT_SHOWN]]
        if (!isPersonalShown && PERSONAL_NAME.test(name)) return []
        return [[name, walk(value, depth + 1)]]
      }),
    )
  }
  const errorFields = (error: Error, depth: number): Record<string, unknown> => ({
    type: error.name,
    message: redactedText(error.message),
    ...(isPersonalShown
      ? { stack: redactedText((error.stack ?? '').slice(0, STACK_LENGTH_MAX)) }
      : {}),
    ...(error.cause === undefined || depth >= DEPTH_MAX
      ? {}
      : { cause: walk(error.cause, depth + 1) }),
  })
  return members(fields, 0)
}

function isPlain(value: unknown): boolean {
  return value === null || ['number', 'boolean', 'undefined'].includes(typeof value)
}

/** A sentence without the secrets that its form gives away, cut to a length. */
export function redactedText(text: string): string {
  const cut = text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX)}…` : text
  return cut
    .replace(PRIVATE_KEY, NOT_SHOWN)
    .replace(NAMED_SECRET, `$1${NOT_SHOWN}`)
    .replace(BEARER, `$1 ${NOT_SHOWN}`)
    .replace(URL_PASSWORD, `$1${NOT_SHOWN}@`)
}
