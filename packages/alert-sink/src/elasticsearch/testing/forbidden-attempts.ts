/** Where the attempts go. */
export interface AttemptTargets {
  /** An index of last words, and a document of it. */
  readonly month: string
  readonly id: string
  readonly stream: string
  /** The index behind the stream, and a document of it. */
  readonly behind: string
  readonly entryId: string
}

export interface Attempt {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly body?: object
}

const DOCUMENT = { '@timestamp': 0, more: 1 }
const MAPPING = { properties: { more: { type: 'keyword' } } }

/** What a running service must not be able to do. */
export function forbiddenAttempts(targets: AttemptTargets): Attempt[] {
  const { month, id, stream, behind, entryId } = targets
  const attempt = (what: string, method: string, path: string, body?: object): Attempt => ({
    ...{ what, method, path: encodeURI(path) },
    ...(body === undefined ? {} : { body }),
  })
  return [
    attempt('search last words', 'GET', `/${month}/_search`),
    attempt('search the stream', 'GET', `/${stream}/_search`),
    attempt('search all logs', 'GET', '/logs-*/_search'),
    attempt('get a document', 'GET', `/${month}/_doc/${id}`),
    attempt('get its source', 'GET', `/${month}/_source/${id}`),
    attempt('count', 'GET', `/${month}/_count`),
    attempt('see terms', 'GET', `/${month}/_termvectors/${id}`),
    attempt('see fields', 'GET', `/${month}/_field_caps?fields=*`),
    attempt('see the mapping', 'GET', `/${month}/_mapping`),
    attempt('read by an update', 'POST', `/${month}/_update/${id}?_source=true`, { doc: DOCUMENT }),
    attempt('update the stream', 'POST', `/${behind}/_update/${entryId}`, { doc: DOCUMENT }),
    attempt(
      'replace in the stream',
      'PUT',
      `/${behind}/_doc/${entryId}?if_seq_no=0&if_primary_term=1`,
      DOCUMENT,
    ),
    attempt('delete a document', 'DELETE', `/${month}/_doc/${id}`),
    attempt('delete in the stream', 'DELETE', `/${behind}/_doc/${entryId}`),
    attempt('delete a month', 'DELETE', `/${month}`),
    attempt('delete what is behind the stream', 'DELETE', `/${behind}`),
    attempt('make another stream', 'PUT', '/_data_stream/logs-sekisho.alert-other'),
    attempt('roll over the stream', 'POST', `/${stream}/_rollover`),
    attempt('map a field', 'PUT', `/${month}/_mapping`, MAPPING),
    attempt('map a field of the stream', 'PUT', `/${stream}/_mapping`, MAPPING),
    attempt('map a field behind the stream', 'PUT', `/${behind}/_mapping`, MAPPING),
    attempt('change settings', 'PUT', `/${month}/_settings`, { index: { number_of_replicas: 1 } }),
    attempt('close', 'POST', `/${month}/_close`),
    attempt('make an alias', 'PUT', `/${month}/_alias/sekisho-alerts-x`),
    attempt('create an index', 'PUT', '/sekisho-alerts-x-2026.03'),
    attempt('write elsewhere', 'PUT', '/elsewhere/_doc/1', DOCUMENT),
    attempt('write to another stream', 'PUT', '/logs-sekisho.alert-other/_create/1', DOCUMENT),
    attempt('change an index template', 'PUT', '/_index_template/sekisho-alerts', {
      index_patterns: ['sekisho-alerts-*'],
    }),
    attempt('delete an index template', 'DELETE', '/_index_template/sekisho-alerts'),
    attempt('change a component', 'PUT', '/_component_template/sekisho-ecs', { template: {} }),
    attempt('make a pipeline', 'PUT', '/_ingest/pipeline/x', { processors: [] }),
    attempt('make a key', 'POST', '/_security/api_key', { name: 'more' }),
    attempt('see keys of others', 'GET', '/_security/api_key'),
    attempt('make a user', 'PUT', '/_security/user/x', { password: 'more-secret', roles: [] }),
    attempt('make a role', 'PUT', '/_security/role/x', { cluster: ['all'] }),
    attempt('see the cluster', 'GET', '/_cluster/health'),
    attempt('see nodes', 'GET', '/_nodes'),
    attempt('change settings of the cluster', 'PUT', '/_cluster/settings', {
      persistent: { 'cluster.max_shards_per_node': 1000 },
    }),
  ]
}
