import type { Options } from '../command.ts'
import { Secret } from '../config/secret.ts'
import type { ElasticsearchLogin, ElasticsearchOutputConfig } from '../config/service-config.ts'
import { SECRET_VARIABLES } from '../config/settings.ts'
import type { Io } from '../io.ts'
import type { OptionValues } from '../option-values.ts'
import { UsageError } from '../usage-error.ts'
import { serverUrlProblem } from './server-url.ts'

const WAIT_S = 300
const NAMESPACE = 'default'

/** Options of commands that deliver to a cluster that no configuration names. */
export const ELASTICSEARCH_OPTIONS = {
  elasticsearch: {
    kind: 'value',
    describe:
      'cluster that the alerts go to as well, https://HOST:9200, several nodes with commas; before the first time: sekisho setup elasticsearch',
  },
  'elasticsearch-api-key-file': {
    kind: 'value',
    describe: `file with the API key, readable by its owner alone (or ${SECRET_VARIABLES.elasticsearchApiKey})`,
  },
  'elasticsearch-username': { kind: 'value', describe: 'user, instead of an API key' },
  'elasticsearch-password-file': {
    kind: 'value',
    describe: `file with the password of the user (or ${SECRET_VARIABLES.elasticsearchPassword})`,
  },
  'elasticsearch-ca-file': {
    kind: 'value',
    describe: 'authorities that sign the certificates of the cluster, PEM',
  },
  'elasticsearch-ca-fingerprint': {
    kind: 'value',
    describe: 'SHA-256 of the certificate of the authority, instead of its file',
  },
  'elasticsearch-namespace': {
    kind: 'value',
    describe: `of the data stream logs-sekisho.alert-NAMESPACE (default: ${NAMESPACE})`,
  },
  'elasticsearch-wait': {
    kind: 'value',
    describe: `seconds to wait for a cluster that is away before giving up (default: ${WAIT_S})`,
  },
} satisfies Options

/** A cluster to deliver to, and how long to wait when it is away. */
export interface ElasticsearchTarget {
  readonly output: ElasticsearchOutputConfig
  readonly waitMs: number
}

/** Reads no secret. @returns null when none is named. @throws UsageError */
export function elasticsearchTargetOf(
  values: OptionValues,
  environment: Io['environment'],
): ElasticsearchTarget | null {
  const given = values.text('elasticsearch')
  if (given === null) {
    refuseLonely(values)
    return null
  }
  const urls = given.split(',').map((url) => url.trim())
  const login = elasticsearchLoginOf(values, environment)
  for (const url of urls) {
    const problem = serverUrlProblem(url, login !== null)
    if (problem !== null) throw values.wrong('elasticsearch', problem)
  }
  const caFile = values.text('elasticsearch-ca-file')
  const caFingerprint = values.text('elasticsearch-ca-fingerprint')
  if (caFile !== null && caFingerprint !== null) {
    throw new UsageError(
      '--elasticsearch-ca-file and --elasticsearch-ca-fingerprint exclude each other',
    )
  }
  const namespace = values.text('elasticsearch-namespace') ?? NAMESPACE
  if (!/^[a-z0-9_.]{1,100}$/.test(namespace)) {
    throw values.wrong(
      'elasticsearch-namespace',
      'must be 1 to 100 small letters, digits, dots and underscores',
    )
  }
  const name = urls.join(', ')
  return {
    output: { type: 'elasticsearch', name, urls, login, caFile, caFingerprint, namespace },
    waitMs: waitMsOf(values),
  }
}

/** Without the cluster the other options mean nothing, and somebody forgot something. Variables may stand there for others. */
function refuseLonely(values: OptionValues): void {
  for (const name of Object.keys(ELASTICSEARCH_OPTIONS)) {
    if (values.originOf(name) === `--${name}`) throw values.wrong(name, 'needs --elasticsearch')
  }
}

/** Who asks a cluster. Reads no secret. @returns null when nobody is named. @throws UsageError */
export function elasticsearchLoginOf(
  values: OptionValues,
  environment: Io['environment'],
): ElasticsearchLogin | null {
  const username = values.text('elasticsearch-username')
  const keyFile = values.text('elasticsearch-api-key-file')
  const secret = (variable: string, option: string): Secret | null => {
    const text = environment[variable] ?? ''
    const path = values.text(option)
    if (path !== null) {
      return Secret.inFile(path, `--${option}`, environment.CREDENTIALS_DIRECTORY ?? null)
    }
    return text === '' ? null : Secret.inVariable(variable, text)
  }
  if (username === null) {
    const apiKey = secret(SECRET_VARIABLES.elasticsearchApiKey, 'elasticsearch-api-key-file')
    return apiKey === null ? null : { apiKey }
  }
  if (keyFile !== null) {
    throw new UsageError(
      '--elasticsearch-username and --elasticsearch-api-key-file exclude each other',
    )
  }
  const password = secret(SECRET_VARIABLES.elasticsearchPassword, 'elasticsearch-password-file')
  if (password !== null) return { username, password }
  throw values.wrong(
    'elasticsearch-username',
    `needs --elasticsearch-password-file or ${SECRET_VARIABLES.elasticsearchPassword}`,
  )
}

function waitMsOf(values: OptionValues): number {
  const given = values.text('elasticsearch-wait')
  if (given === null) return WAIT_S * 1000
  if (/^\d{1,6}$/.test(given)) return Number(given) * 1000
  throw values.wrong('elasticsearch-wait', 'must be a whole number of seconds')
}
