import type { Io } from '../io.ts'
import { serverUrlProblem } from '../outputs/server-url.ts'
import type { FilledOutput } from './filled-outputs.ts'
import { Secret } from './secret.ts'
import type { ElasticsearchLogin, OutputConfig } from './service-config.ts'
import { SECRET_VARIABLES } from './settings.ts'
import { bytesOf } from './value-schemas.ts'

type Environment = Io['environment']
type FilledElasticsearch = Extract<FilledOutput, { type: 'elasticsearch' }>
type FilledWebhook = Extract<FilledOutput, { type: 'webhook' }>

/**
 * An output as services are told of it. Reads no secret.
 * @param index its place in the list, from 0
 */
export function outputConfigOf(
  output: FilledOutput,
  index: number,
  environment: Environment,
): OutputConfig {
  const keyOf = (name: string): string => `outputs[${index + 1}].${name}`
  const folder = environment.CREDENTIALS_DIRECTORY ?? null
  const secretOf: SecretOf = (path, name) =>
    path === undefined ? null : Secret.inFile(path, keyOf(name), folder)
  if (output.type === 'stdout') return output
  if (output.type === 'file') {
    const { type, path } = output
    if (!('rotate' in output)) return { type, path, rotate: null }
    const { bytes, keep } = output.rotate
    return { type, path, rotate: { keep, bytes: bytesOf(bytes) ?? 0 } }
  }
  if (output.type === 'elasticsearch') {
    const { type, name, urls, namespace, caFile = null, caFingerprint = null } = output
    const login = loginOf(output, environment, secretOf)
    return { type, name, urls, login, caFile, caFingerprint, namespace }
  }
  if (output.type === 'syslog') {
    const { tls, ...rest } = output
    if (tls === undefined) return { ...rest, tls: null }
    const { caFile = null, certFile = null, keyFile, serverName = null } = tls
    const key = secretOf(keyFile, 'tls.keyFile')
    return { ...rest, tls: { caFile, certFile, key, serverName } }
  }
  const { type, name, template, url = '', urlFile, caFile = null } = output
  return {
    ...{ type, name, template, caFile },
    // A secret either way, for what is posted to is nobody else's business.
    url:
      urlFile === undefined
        ? Secret.inVariable(keyOf('url'), url)
        : Secret.inFile(urlFile, keyOf('urlFile'), folder, secretUrlProblem),
    ...webhookSecretsOf(output, environment, secretOf),
  }
}

type SecretOf = (path: string | undefined, name: string) => Secret | null

/** The entry's own, else what the environment holds. */
function loginOf(
  { apiKeyFile, username, passwordFile }: FilledElasticsearch,
  environment: Environment,
  secretOf: SecretOf,
): ElasticsearchLogin | null {
  if (username === undefined) {
    const apiKey =
      secretOf(apiKeyFile, 'apiKeyFile') ??
      inEnvironment(SECRET_VARIABLES.elasticsearchApiKey, environment)
    return apiKey === null ? null : { apiKey }
  }
  const password =
    secretOf(passwordFile, 'passwordFile') ??
    inEnvironment(SECRET_VARIABLES.elasticsearchPassword, environment)
  return password === null ? null : { username, password }
}

/** The entry's own, else what the environment holds; each only where the template has a use for it. */
function webhookSecretsOf(
  { template, secretFile, tokenFile }: FilledWebhook,
  environment: Environment,
  secretOf: SecretOf,
): { secret: Secret | null; token: Secret | null } {
  const { webhookSecret, webhookToken } = SECRET_VARIABLES
  return {
    secret:
      template === 'json'
        ? (secretOf(secretFile, 'secretFile') ?? inEnvironment(webhookSecret, environment))
        : null,
    token:
      template === 'splunk-hec'
        ? (secretOf(tokenFile, 'tokenFile') ?? inEnvironment(webhookToken, environment))
        : null,
  }
}

/** Chat services have a part of theirs after the path; everywhere else an address ends with it. */
function secretUrlProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'holds no address such as https://hooks.example/alerts'
  const url = new URL(text)
  url.search = ''
  const problem = serverUrlProblem(url.href, true)
  return problem === null ? null : `holds an address that ${problem}`
}

function inEnvironment(variable: string, environment: Environment): Secret | null {
  const text = environment[variable] ?? ''
  return text === '' ? null : Secret.inVariable(variable, text)
}
