import type { Client } from '@elastic/elasticsearch'
import { INDEX_PREFIX, streamOf } from './targets.ts'
import { componentTemplates, indexTemplates, type TemplateOptions } from './templates.ts'

export interface SetupOptions extends TemplateOptions {
  readonly namespace: string
}

/**
 * Puts templates in place and makes the data stream. Safe to repeat: what is there is replaced by the same, and data stay.
 * @returns what was done, one sentence each
 */
export async function setUpElasticsearch(client: Client, options: SetupOptions): Promise<string[]> {
  const done: string[] = []
  for (const [name, body] of Object.entries(componentTemplates(options))) {
    await client.cluster.putComponentTemplate({ name, ...body } as never)
    done.push(`put the component template ${name}`)
  }
  for (const [name, body] of Object.entries(indexTemplates(options))) {
    await client.indices.putIndexTemplate({ name, ...body } as never)
    done.push(`put the index template ${name}`)
  }
  const stream = streamOf(options.namespace)
  const { data_streams: streams } = await client.indices.getDataStream({ name: `${stream}*` })
  if (!streams.some(({ name }) => name === stream)) {
    await client.indices.createDataStream({ name: stream })
    done.push(`created the data stream ${stream}`)
  }
  return done
}

/**
 * What a running service needs and no more: to write its two targets. `auto_configure` lets a write make the index of a new month by
 * the template; it gives no right to read, delete or change templates.
 */
export function runningPrivileges(namespace: string) {
  return {
    cluster: [],
    indices: [
      { names: [`${INDEX_PREFIX}-*`], privileges: ['index', 'auto_configure'] },
      { names: [streamOf(namespace)], privileges: ['create_doc', 'auto_configure'] },
    ],
  }
}

/** Makes a key for a running service. @returns what `Authorization: ApiKey` takes, base64 of `id:key` */
export async function createRunningKey(
  client: Client,
  namespace: string,
  name: string,
): Promise<string> {
  const { encoded } = await client.security.createApiKey({
    name,
    role_descriptors: { running: runningPrivileges(namespace) },
  } as never)
  return encoded
}
