import { type Client, errors } from '@elastic/elasticsearch'
import { type InstalledOptions, installedStateOf, type Wanted, wantedOf } from './installed.ts'
import type { TemplateOptions } from './templates.ts'

export type SetupOptions = InstalledOptions & TemplateOptions

/**
 * Puts templates in place and makes the data stream. Safe to repeat: what is as it should be is left alone, and data stay.
 * @returns what was done, one sentence each
 * @throws errors of the client
 */
export async function setUpElasticsearch(client: Client, options: SetupOptions): Promise<string[]> {
  const done: string[] = []
  let hasReplaced = false
  for (const wanted of wantedOf(options)) {
    const state = await installedStateOf(client, wanted)
    const name = `the ${wanted.kind} ${wanted.name}`
    if (state === 'equal') {
      done.push(`${name} is there already`)
    } else if (wanted.kind !== 'data stream') {
      await putTemplate(client, wanted)
      hasReplaced ||= state !== 'missing'
      done.push(state === 'missing' ? `created ${name}` : `replaced ${name} (was different)`)
    } else if (state === 'missing') {
      await client.indices.createDataStream({ name: wanted.name })
      done.push(`created ${name}`)
      hasReplaced = false
    } else {
      done.push(await keepAsLongAs(client, wanted.name, options.retention))
    }
  }
  if (hasReplaced) done.push(await rollOver(client, wantedOf(options).at(-1)?.name as string))
  return done
}

async function putTemplate(client: Client, { kind, name, body }: Wanted): Promise<void> {
  // Types of the client know fewer forms than the server takes.
  if (kind === 'component template') {
    await client.cluster.putComponentTemplate({ name, ...body } as never)
  } else {
    await client.indices.putIndexTemplate({ name, ...body } as never)
  }
}

/** A stream that exists has what its template said when it was made. */
async function keepAsLongAs(client: Client, name: string, retention: string): Promise<string> {
  try {
    await client.indices.putDataLifecycle({ name, data_retention: retention })
    return `the data stream ${name} is kept for ${retention} from now on`
  } catch (error) {
    if (!(error instanceof errors.ResponseError)) throw error
    return `the data stream ${name} is kept as long as before, not for ${retention}: ${error.message.slice(0, 300)}`
  }
}

/** Templates are for what is made from now on: a new index behind the stream, and the next months. */
async function rollOver(client: Client, stream: string): Promise<string> {
  await client.indices.rollover({ alias: stream })
  return `rolled over the data stream ${stream}, so that what comes next is mapped by the new templates; months that exist keep their mapping`
}
