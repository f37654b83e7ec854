import type { ElasticsearchAccess } from '@sekisho/alert-sink/elasticsearch'
import type { SyslogSettings, WebhookSettings } from '@sekisho/alert-sink/siem'
import type {
  ElasticsearchLogin,
  ElasticsearchOutputConfig,
  SyslogOutputConfig,
  WebhookOutputConfig,
} from './service-config.ts'
import { certificatesIn, clientTlsOf } from './tls-files.ts'

const REQUEST_MS_MAX = 30_000

/** Reads what a cluster asks for. Holds secrets; never log it. @throws UsageError when a file is missing or broken */
export function elasticsearchAccessOf({
  urls,
  login,
  caFile,
  caFingerprint,
}: Pick<
  ElasticsearchOutputConfig,
  'urls' | 'login' | 'caFile' | 'caFingerprint'
>): ElasticsearchAccess {
  return {
    urls,
    auth: login === null ? null : authOf(login),
    ca: caFile === null ? null : certificatesIn(caFile),
    caFingerprint,
    requestTimeoutMs: REQUEST_MS_MAX,
  }
}

function authOf(login: ElasticsearchLogin): ElasticsearchAccess['auth'] {
  if ('apiKey' in login) return { apiKey: login.apiKey.read() }
  return { username: login.username, password: login.password.read() }
}

/** @param hostname of this machine. @throws UsageError when a file is missing or broken */
export function syslogSettingsOf(
  { name, address, port, transport, format, tls }: SyslogOutputConfig,
  hostname: string,
): SyslogSettings {
  const common = { name, hostname, host: address, port, transport, payload: format }
  if (tls === null) return common
  const { ca, cert, key, serverName } = clientTlsOf(tls)
  return {
    ...common,
    tls: {
      ...(ca === undefined ? {} : { ca }),
      ...(serverName === undefined ? {} : { serverName }),
      ...(cert === undefined || key === undefined ? {} : { certificate: cert, key }),
    },
  }
}

/** Holds secrets; never log it. @throws UsageError when a file is missing or broken */
export function webhookSettingsOf({
  name,
  url,
  template,
  secret,
  token,
  caFile,
}: WebhookOutputConfig): WebhookSettings {
  return {
    ...{ name, template, url: url.read() },
    ...(secret === null ? {} : { secret: secret.read() }),
    ...(token === null ? {} : { token: token.read() }),
    ...(caFile === null ? {} : { ca: certificatesIn(caFile) }),
  }
}
