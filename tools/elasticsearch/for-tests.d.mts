import type { TestElasticsearch, TestElasticsearchOptions } from './node-process.mjs'

export function whyNoTestElasticsearch(): string | null

export function testElasticsearch(options?: TestElasticsearchOptions): Promise<
  Pick<TestElasticsearch, 'url' | 'username' | 'password' | 'ca'> & {
    /** Null when the server is not ours to stop and start. */
    readonly node: TestElasticsearch | null
    stop(): Promise<void>
  }
>
