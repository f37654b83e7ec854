import { type Client, errors } from '@elastic/elasticsearch'
import { streamOf } from './targets.ts'
import { componentTemplates, indexTemplates, type SomeTemplateOptions } from './templates.ts'

export interface InstalledOptions extends SomeTemplateOptions {
  /** Of the data stream, `logs-sekisho.alert-NAMESPACE`. */
  readonly namespace: string
}

/** How something on the server compares to what this version puts there. */
export type InstalledState =
  | 'equal'
  /** Something of ours is missing in it or is different. What others added does not count. */
  | 'changed'
  | 'missing'
  /** The login may not look. */
  | 'unknown'

export interface Installed {
  readonly kind: 'component template' | 'index template' | 'data stream'
  readonly name: string
  readonly state: InstalledState
}

/** Something that belongs on the server, and how to look at what is there. */
export interface Wanted {
  readonly kind: Installed['kind']
  readonly name: string
  readonly body: object
  /** What is there, in the form of `body`; undefined when nothing is. */
  read(client: Client): Promise<unknown>
}

/** What belongs on the server, in the order in which it can be put there. */
export function wantedOf({ namespace, ...options }: InstalledOptions): Wanted[] {
  const { retention } = options
  const stream = streamOf(namespace)
  return [
    ...Object.entries(componentTemplates(options)).map(([name, body]): Wanted => {
      const read = async (client: Client) => {
        const { component_templates: all } = await client.cluster.getComponentTemplate({ name })
        return all[0]?.component_template
      }
      return { kind: 'component template', name, body, read }
    }),
    ...Object.entries(indexTemplates(options)).map(([name, body]): Wanted => {
      const read = async (client: Client) => {
        const { index_templates: all } = await client.indices.getIndexTemplate({ name })
        return all[0]?.index_template
      }
      return { kind: 'index template', name, body, read }
    }),
    {
      kind: 'data stream',
      name: stream,
      body: retention === undefined ? {} : { lifecycle: { data_retention: retention } },
      read: async (client) => {
        const { data_streams: all } = await client.indices.getDataStream({ name: stream })
        return all.find(({ name }) => name === stream)
      },
    },
  ]
}

/** Looks at one thing. @throws errors of the client, but for 403 and 404 */
export async function installedStateOf(client: Client, wanted: Wanted): Promise<InstalledState> {
  try {
    const there = await wanted.read(client)
    if (there === undefined) return 'missing'
    return holds(there, wanted.body) ? 'equal' : 'changed'
  } catch (error) {
    const status = error instanceof errors.ResponseError ? error.statusCode : undefined
    if (status === 404) return 'missing'
    if (status === 403) return 'unknown'
    throw error
  }
}

/**
 * Whether templates and stream are there and as this version makes them. Options that are not given are not compared.
 * @throws errors of the client, when the server does not answer or knows not who asks
 */
export async function isSetUp(
  client: Client,
  options: InstalledOptions,
): Promise<{ readonly isSetUp: boolean; readonly things: readonly Installed[] }> {
  const things: Installed[] = []
  for (const wanted of wantedOf(options)) {
    const { kind, name } = wanted
    things.push({ kind, name, state: await installedStateOf(client, wanted) })
  }
  return { isSetUp: things.every(({ state }) => state === 'equal'), things }
}

/** Whether everything that is asked for is there. Elasticsearch gives back numbers of settings as texts. */
function holds(there: unknown, asked: unknown): boolean {
  if (typeof asked !== 'object' || asked === null) return String(there) === String(asked)
  if (typeof there !== 'object' || there === null) return false
  if (Array.isArray(asked)) {
    const isSameLength = Array.isArray(there) && there.length === asked.length
    return isSameLength && asked.every((each, i) => holds(there[i], each))
  }
  return Object.entries(asked).every(([name, value]) =>
    holds((there as Record<string, unknown>)[name], value),
  )
}
