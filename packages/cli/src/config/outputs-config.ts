import type { Io } from '../io.ts'
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
  const secretOf = (path: string | undefined, name: string): Secret | null =>
    path === undefined
      ? null
      : Secret.inFile(path, keyOf(name), environment.CREDENTIALS_DIRECTORY ?? null)
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
  const { type, name, template, secretFile, tokenFile, caFile = null } = output
  return {
    ...{ type, name, template, caFile },
    url: urlOf(output, keyOf('url'), secretOf),
    secret: secretOf(secretFile, 'secretFile'),
    token: secretOf(tokenFile, 'tokenFile'),
  }
}

type SecretOf = (path: string | undefined, name: string) => Secret | null

/** The entry's own, else what the environment holds. */
function loginOf(
  { apiKeyFile, username, passwordFile }: FilledElasticsearch,
  environment: Environment,
  secretOf: SecretOf,
): ElasticsearchLogin | null {
  const inEnvironment = (variable: string): Secret | null => {
    const text = environment[variable] ?? ''
    return text === '' ? null : Secret.inVariable(variable, text)
  }
  if (username === undefined) {
    const apiKey =
      secretOf(apiKeyFile, 'apiKeyFile') ?? inEnvironment(SECRET_VARIABLES.elasticsearchApiKey)
    return apiKey === null ? null : { apiKey }
  }
  const password =
    secretOf(passwordFile, 'passwordFile') ?? inEnvironment(SECRET_VARIABLES.elasticsearchPassword)
  return password === null ? null : { username, password }
}

/** A secret either way, for what is posted to is nobody else's business. */
function urlOf({ url, urlFile }: FilledWebhook, key: string, secretOf: SecretOf): Secret {
  return secretOf(urlFile, 'urlFile') ?? Secret.inVariable(key, url ?? '')
}
