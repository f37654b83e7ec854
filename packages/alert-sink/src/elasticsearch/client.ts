import { Client } from '@elastic/elasticsearch'
import { pinnedConnector } from './pinned-authority.ts'

/** How to reach a cluster. Holds secrets; never log it. */
export interface ElasticsearchAccess {
  /** `https://host:9200`, one or more nodes of one cluster. */
  readonly urls: readonly string[]
  readonly auth: /** Either `id:key` or what `Authorization: ApiKey` takes, the base64 of it. */
  { readonly apiKey: string } | { readonly username: string; readonly password: string } | null
  /** Authorities that sign its certificates, PEM; those of Node when null. */
  readonly ca: string | null
  /** SHA-256 of the authority's certificate, instead of `ca`. */
  readonly caFingerprint: string | null
  readonly requestTimeoutMs: number
}

/**
 * A client that asks what it is told to and nothing else: no sniffing, and no retries but ours.
 * @throws RangeError when the fingerprint is none
 */
export function clientOf(access: ElasticsearchAccess): Client {
  const { urls, auth, ca, caFingerprint, requestTimeoutMs } = access
  return new Client({
    nodes: [...urls],
    ...(auth === null ? {} : { auth: loginOf(auth) }),
    ...(ca === null ? {} : { tls: { ca } }),
    ...(caFingerprint === null ? {} : { agent: agentOf(caFingerprint, requestTimeoutMs) }),
    maxRetries: 0,
    sniffOnStart: false,
    sniffInterval: false,
    sniffOnConnectionFault: false,
    requestTimeout: requestTimeoutMs,
    compression: true,
    redaction: { type: 'remove' },
  })
}

/** Base64 has no colon, so the two ways to write a key are told apart by it. */
function loginOf(auth: NonNullable<ElasticsearchAccess['auth']>) {
  if (!('apiKey' in auth)) return auth
  const apiKey = auth.apiKey.trim()
  return { apiKey: apiKey.includes(':') ? Buffer.from(apiKey).toString('base64') : apiKey }
}

/** Options that the client hands to its HTTP library (undici), whose `connect` its own types leave out. */
function agentOf(caFingerprint: string, timeoutMs: number): object {
  return { connect: pinnedConnector(caFingerprint, timeoutMs) }
}
