import type { Client } from '@elastic/elasticsearch'
import { INDEX_PREFIX, streamOf } from './targets.ts'

const LAST_WORDS = `${INDEX_PREFIX}-*`

/**
 * Actions that last words need: to be indexed with a version, in bulk, in an index that the first of a month makes by the template.
 * The named privilege `index` has them, too, and more than that: an update, which answers with the document and so reads, and changes
 * of the mapping. `create_doc` may not replace.
 */
const LAST_WORD_ACTIONS = [
  'indices:data/write/index',
  'indices:data/write/bulk*',
  'indices:admin/auto_create',
]

/** What a running service needs and no more: to write its two targets. */
export function runningPrivileges(namespace: string) {
  return {
    cluster: [],
    indices: [
      { names: [LAST_WORDS], privileges: LAST_WORD_ACTIONS },
      // The stream is made by the set-up; nothing makes another.
      { names: [streamOf(namespace)], privileges: ['create_doc'] },
    ],
  }
}

/**
 * Makes a key for a running service. Older ones stay, so that services can change over (`invalidateOlderKeys`).
 * @returns what `Authorization: ApiKey` takes, base64 of `id:key`
 * @throws errors of the client; a login by a key cannot make keys with privileges (400)
 */
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

/**
 * Invalidates other keys of the same name that the same user made.
 * @param current the key that stays, as `createRunningKey` gave it
 * @returns ids of those that were valid until now
 */
export async function invalidateOlderKeys(
  client: Client,
  name: string,
  current: string,
): Promise<string[]> {
  const [currentId] = Buffer.from(current, 'base64').toString().split(':')
  const { api_keys: keys } = await client.security.getApiKey({
    name,
    owner: true,
    active_only: true,
  })
  // A star in a name would match names of others.
  const ids = keys.filter((key) => key.name === name && key.id !== currentId).map(({ id }) => id)
  if (ids.length === 0) return []
  const { invalidated_api_keys: invalidated } = await client.security.invalidateApiKey({
    ids,
    owner: true,
  })
  return [...invalidated].sort()
}

/** Of the cluster, what a running service must not have. */
const CLUSTER_TOO_MUCH = [
  'all',
  'manage',
  'manage_security',
  'manage_api_key',
  'manage_own_api_key',
  'manage_index_templates',
  'manage_ingest_pipelines',
  'monitor',
]

/** On its own targets; the last two are what `index` gives beside what is needed. */
const TARGETS_TOO_MUCH = [
  'all',
  'manage',
  'read',
  'delete',
  'delete_index',
  'create_index',
  'indices:data/write/update',
  'indices:admin/mapping/put',
]

/** Names that stand for everything else: all, all logs, and one index that nobody has. */
const ELSEWHERE = ['*', 'logs-*', 'sekisho-elsewhere']
const ELSEWHERE_TOO_MUCH = ['read', 'create_doc', 'write', 'manage']

/** What is needed, by whichever of these privileges: a role that somebody wrote may have named ones. */
interface Need {
  readonly on: string
  readonly anyOf: readonly string[]
}

function needsOf(namespace: string): Need[] {
  return [
    { on: LAST_WORDS, anyOf: ['indices:data/write/index', 'index'] },
    { on: LAST_WORDS, anyOf: ['indices:data/write/bulk*', 'index'] },
    { on: LAST_WORDS, anyOf: ['indices:admin/auto_create', 'auto_configure'] },
    { on: streamOf(namespace), anyOf: ['create_doc'] },
  ]
}

export interface PrivilegeReport {
  /** Without which nothing is delivered: `create_doc on logs-sekisho.alert-default`. */
  readonly missing: string[]
  /** What a stolen key could do beside writing alerts: `read on logs-*`, `manage_security of the cluster`. */
  readonly tooMuch: string[]
}

/**
 * Compares what a login may do to what a running service needs. Every login may ask this of itself.
 * @throws errors of the client
 */
export async function checkPrivileges(client: Client, namespace: string): Promise<PrivilegeReport> {
  const needs = needsOf(namespace)
  const unwanted = [
    { names: [LAST_WORDS, streamOf(namespace)], privileges: TARGETS_TOO_MUCH },
    { names: ELSEWHERE, privileges: ELSEWHERE_TOO_MUCH },
  ]
  const { cluster, index } = await client.security.hasPrivileges({
    cluster: CLUSTER_TOO_MUCH,
    index: [...needs.map(({ on, anyOf }) => ({ names: [on], privileges: anyOf })), ...unwanted],
  } as never)
  const has = (on: string, privilege: string) => index[on]?.[privilege] === true
  const tooMuch = CLUSTER_TOO_MUCH.filter((each) => cluster[each] === true).map(
    (each) => `${each} of the cluster`,
  )
  for (const { names, privileges } of unwanted) {
    for (const on of names) {
      const had = privileges.filter((privilege) => has(on, privilege))
      tooMuch.push(...had.map((privilege) => `${privilege} on ${on}`))
    }
  }
  const missing = needs.filter(({ on, anyOf }) => !anyOf.some((each) => has(on, each)))
  return { missing: missing.map(({ on, anyOf }) => `${anyOf[0]} on ${on}`), tooMuch }
}
