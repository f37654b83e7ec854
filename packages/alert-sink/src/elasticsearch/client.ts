import { Client } from '@elastic/elasticsearch'

/** How to reach a cluster. Holds secrets; never log it. */
export interface ElasticsearchAccess {
  /** `https://host:9200`, one or more nodes of one cluster. */
  readonly urls: readonly string[]
  readonly auth:
    | { readonly apiKey: string }
    | { readonly username: string; readonly password: string }
    | null
  /** Authorities that sign its certificates, PEM; those of Node when null. */
  readonly ca: string | null
  /** SHA-256 of the authority's certificate, instead of `ca`. */
  readonly caFingerprint: string | null
  readonly requestTimeoutMs: number
}

/** A client that asks what it is told to and nothing else: no sniffing, and no retries but ours. */
export function clientOf(access: ElasticsearchAccess): Client {
  const { urls, auth, ca, caFingerprint, requestTimeoutMs } = access
  return new Client({
    nodes: [...urls],
    ...(auth === null ? {} : { auth }),
    ...(ca === null ? {} : { tls: { ca } }),
    ...(caFingerprint === null ? {} : { caFingerprint }),
    maxRetries: 0,
    sniffOnStart: false,
    sniffInterval: false,
    sniffOnConnectionFault: false,
    requestTimeout: requestTimeoutMs,
    compression: true,
    redaction: { type: 'remove' },
  })
}
