/** A real Elasticsearch node on 127.0.0.1. */
export interface TestElasticsearch {
  readonly url: string
  /** A superuser. */
  readonly username: string
  readonly password: string
  /** Its own certificate, PEM; null without TLS. */
  readonly ca: string | null
  readonly folder: string
  readonly pid: number
  /** Ends the process; data stay. */
  end(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same data, with further settings. */
  start(settings?: Readonly<Record<string, string | number | boolean>>): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

export interface TestElasticsearchOptions {
  readonly port?: number
  /** Over elasticsearch.yml. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>
  readonly isTls?: boolean
  readonly isDetached?: boolean
}

export function startElasticsearch(options?: TestElasticsearchOptions): Promise<TestElasticsearch>
