import { serverUrlProblem } from '../outputs/server-url.ts'
import type { FilledOutput } from './filled-outputs.ts'
import { type Mistake, mistakeAt } from './mistakes.ts'
import type { Path } from './schema-at.ts'

/** Secrets of outputs that the environment holds. */
export interface OutputSecretsGiven {
  readonly elasticsearchApiKey: boolean
  readonly elasticsearchPassword: boolean
  readonly webhookSecret: boolean
  readonly webhookToken: boolean
}

/** What cannot be together in outputs that are servers. */
export function contradictionsInServers(
  outputs: readonly FilledOutput[],
  given: OutputSecretsGiven,
): Mistake[] {
  return [
    ...inNames(outputs),
    ...outputs.flatMap((output, index) => {
      const at = (...path: Path): Path => ['outputs', index, ...path]
      if (output.type === 'elasticsearch') return inElasticsearch(output, given, at)
      if (output.type === 'syslog') return inSyslog(output, at)
      return output.type === 'webhook' ? inWebhook(output, given, at) : []
    }),
  ]
}

type At = (...path: Path) => Path

const NEEDS_HTTPS = 'is for https: over http no server shows a certificate'

function inNames(outputs: readonly FilledOutput[]): Mistake[] {
  const indexOf = new Map<string, number>()
  return outputs.flatMap((output, index) => {
    if (!('name' in output)) return []
    const other = indexOf.get(output.name)
    indexOf.set(output.name, index)
    if (other === undefined) return []
    return [mistakeAt(['outputs', index, 'name'], `is that of outputs[${other + 1}] as well`)]
  })
}

function inElasticsearch(
  output: Extract<FilledOutput, { type: 'elasticsearch' }>,
  given: OutputSecretsGiven,
  at: At,
): Mistake[] {
  const { urls, apiKeyFile, username, passwordFile, caFile, caFingerprint } = output
  const found: Mistake[] = []
  if (username !== undefined && apiKeyFile !== undefined) {
    found.push(mistakeAt(at('username'), 'and apiKeyFile exclude each other'))
  }
  if (passwordFile !== undefined && username === undefined) {
    found.push(mistakeAt(at('passwordFile'), 'needs username'))
  }
  if (username !== undefined && passwordFile === undefined && !given.elasticsearchPassword) {
    const remedy = 'name a file with passwordFile or set SEKISHO_ELASTICSEARCH_PASSWORD'
    found.push(mistakeAt(at('username'), `has no password: ${remedy}`))
  }
  if (caFile !== undefined && caFingerprint !== undefined) {
    found.push(mistakeAt(at('caFingerprint'), 'and caFile exclude each other'))
  }
  const isPlain = urls.every((url) => isHttp(url))
  for (const [key, value] of Object.entries({ caFile, caFingerprint })) {
    if (isPlain && value !== undefined) found.push(mistakeAt(at(key), NEEDS_HTTPS))
  }
  const hasSecret = apiKeyFile !== undefined || username !== undefined || given.elasticsearchApiKey
  for (const [index, url] of urls.entries()) {
    const problem = serverUrlProblem(url, hasSecret)
    if (problem !== null) found.push(mistakeAt(at('urls', index), problem))
  }
  return found
}

function inSyslog(output: Extract<FilledOutput, { type: 'syslog' }>, at: At): Mistake[] {
  const { tls = {} } = output
  if ((tls.certFile === undefined) === (tls.keyFile === undefined)) return []
  return [mistakeAt(at('tls'), 'needs certFile and keyFile, or neither of them')]
}

function inWebhook(
  output: Extract<FilledOutput, { type: 'webhook' }>,
  given: OutputSecretsGiven,
  at: At,
): Mistake[] {
  const { url, urlFile, template, secretFile, tokenFile, caFile } = output
  const hasToken = tokenFile !== undefined || given.webhookToken
  const found: Mistake[] = []
  if ((url === undefined) === (urlFile === undefined)) {
    found.push(mistakeAt(at(), 'needs url or urlFile, one of them'))
  }
  if (url !== undefined && (template === 'slack' || template === 'teams')) {
    const why = `is a password where template is ${template}: put it into a file, and name that with urlFile`
    found.push(mistakeAt(at('url'), why))
  }
  if (url !== undefined) {
    const isSigned = template === 'json' && (secretFile !== undefined || given.webhookSecret)
    const hasSecret = isSigned || (template === 'splunk-hec' && hasToken)
    const problem = serverUrlProblem(url, hasSecret)
    if (problem !== null) found.push(mistakeAt(at('url'), problem))
    if (caFile !== undefined && isHttp(url)) found.push(mistakeAt(at('caFile'), NEEDS_HTTPS))
  }
  if (template === 'splunk-hec' && !hasToken) {
    const remedy = 'needs a token: name its file with tokenFile or set SEKISHO_WEBHOOK_TOKEN'
    found.push(mistakeAt(at('template'), `splunk-hec ${remedy}`))
  }
  if (template !== 'json' && secretFile !== undefined) {
    const why = `is for template: json; a receiver of ${template} checks no signature`
    found.push(mistakeAt(at('secretFile'), why))
  }
  if (template !== 'splunk-hec' && tokenFile !== undefined) {
    found.push(mistakeAt(at('tokenFile'), 'is for template: splunk-hec'))
  }
  return found
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'http:'
}
